"""Deeds after which everybody has been written to about everything.

The making of the places writes the rest: invitations, receipts, certificates.
"""

from datetime import datetime, timedelta

import time_machine
from django.db import transaction

from attendance.certificates import commands as certificates
from attendance.presence import commands as presence
from events.backstage import jobs, post, sweep
from events.networks.setup import commands as setup
from events.people import signin
from events.people.models import Person
from events.programme import commands as programme
from events.programme import parts, queries
from events.programme.parts import PartWish
from events.programme.plans import present_plan
from events.registration import commands as registration
from events.visits import commands as visits
from integrations.accounts import commands as accounts
from integrations.accounts import watching
from integrations.harvest import letters
from integrations.harvest.models import HarvestRow
from integrations.ports import Denied
from recordings.library import commands as library
from tests.everypage import filmdeeds, seriesdeeds
from tests.everypage.cases import ADMINISTRATOR, OFFICER, ORGANISER
from tests.everypage.scene import Scene
from tests.factories.recordings import make_recording
from tests.factories.sessions import with_app
from tests.factories.world import SYSTEM, join, make_event, make_person, wish
from tests.matrix.places import NOW, Place


def do_everything(scene: Scene) -> None:
    place = scene.place
    _waiting(place)
    _short(place)
    _withdrawn(place)
    _unreached(place)
    _drawn_in(place)
    _two_parts(place)
    _called_off(place)
    _visit(place)
    seriesdeeds.do(place, work)
    filmdeeds.do(place)
    _at_the_desks(scene)
    work(NOW + timedelta(minutes=5))
    _connections(scene)
    _fetched(place)
    _reminded(place)
    _recorded(place)
    _changed(place)
    work(NOW + timedelta(days=10))


def work(at: datetime) -> None:
    """Everything that is due at a moment."""
    with time_machine.travel(at, tick=False):
        for _ in range(3):
            sweep.drain(at=at)
            jobs.run_due(at=at)


def _register(place: Place, event_id: int, person: Person, way: str = "room") -> None:
    by = place.world.actor(person, NOW)
    registration.register(event_id, person_id=person.pk, way=way, by=by, at=NOW)


def _give_back(place: Place, event_id: int, person: Person) -> None:
    by = place.world.actor(person, NOW)
    registration.cancel(event_id, person_id=person.pk, by=by, at=NOW)


def _waiting(place: Place) -> None:
    """One place for two: one waits, one gives the place back."""
    event = make_event(
        place.world, title="Small", starts=datetime(2026, 12, 20, 16), places={"room": 1},
        mode="room", join_url="",
    )  # fmt: skip
    for person in (place.teacher, place.other):
        _register(place, event.pk, person)
    work(NOW + timedelta(minutes=1))
    _give_back(place, event.pk, place.teacher)


def _short(place: Place) -> None:
    """Somebody was there for ten minutes."""
    event = place.events["ended"]
    starts = queries.parts_of(event.pk)[0].starts_at
    presence.correct(
        event.pk, person_id=place.teacher.pk, mode="room", starts_at=starts,
        ends_at=starts + timedelta(minutes=10), reason="Left", by=place.by, at=NOW,
    )  # fmt: skip
    programme.close(event.pk, by=place.by, at=NOW)


def _withdrawn(place: Place) -> None:
    number = str(place.made["certificate"])
    certificates.revoke(number, reason="issued_in_error", note="", by=place.by, at=NOW)


def _unreached(place: Place) -> None:
    join(make_person("Silent Colleague", email=""), place.school)
    programme.publish(place.events["draft"].pk, by=place.by, at=NOW)


def _drawn_in(place: Place) -> None:
    """A place becomes free for somebody whom no mail reaches."""
    event = make_event(
        place.world, title="Smaller", starts=datetime(2026, 12, 22, 16), places={"room": 1},
        mode="room", join_url="",
    )  # fmt: skip
    silent = make_person("Silent Guest", email="")
    join(silent, place.school)
    for person in (place.teacher, silent):
        _register(place, event.pk, person)
    by = place.world.actor(place.teacher, NOW)
    later = NOW + timedelta(minutes=1)
    registration.cancel(event.pk, person_id=place.teacher.pk, by=by, at=later)


def _connections(scene: Scene) -> None:
    """A connection breaks, works again, and its credentials end soon."""
    account_id = int(str(scene.place.made["account_id"]))
    accounts.note_trouble(account_id, Denied("secret_expired"), at=NOW)
    accounts.note_good(account_id, at=NOW + timedelta(minutes=1))
    watching.look_after(at=NOW + timedelta(minutes=2))


def _two_parts(place: Place) -> None:
    """Calendar entries of a second part, made and cleared."""
    event = place.events["fresh"]
    second = PartWish(datetime(2026, 12, 18, 16), "Europe/Zagreb", 60, "room")
    parts.add(event.pk, second, by=place.by, at=NOW)
    _register(place, event.pk, place.teacher)
    work(NOW + timedelta(minutes=2))
    _give_back(place, event.pk, place.teacher)


def _called_off(place: Place) -> None:
    """A part is called off, and right after it the whole event, before anybody was told."""
    event = make_event(
        place.world, title="Two evenings", starts=datetime(2026, 12, 15, 16), mode="room",
        join_url="",
    )  # fmt: skip
    second = PartWish(datetime(2026, 12, 16, 16), "Europe/Zagreb", 60, "room")
    parts.add(event.pk, second, by=place.by, at=NOW)
    _register(place, event.pk, place.teacher)
    later = NOW + timedelta(minutes=2)
    work(later)
    last = queries.parts_of(event.pk)[1].pk
    parts.remove(last, reason="Storm", by=place.by, at=later)
    programme.cancel(event.pk, reason="Snow", by=place.by, at=later)


def _visit(place: Place) -> None:
    """The leader of the host school and those of the schools that come are told."""
    day = PartWish(datetime(2026, 12, 21, 9), "Europe/Zagreb", 240, "room")
    plan = wish(
        place.world, kind="exchange-visit", title="Open doors", audience="schools", mode="room",
        minutes=240, starts=datetime(2026, 12, 20, 9), join_url="",
        host_school_id=place.school.pk,
    )  # fmt: skip
    event = visits.plan_visit(
        plan, visiting={place.world.schools[1].pk: 2}, days=[day], publish=True, by=place.by,
        at=NOW,
    )  # fmt: skip
    work(NOW + timedelta(minutes=2))
    second = queries.parts_of(event.pk)[1]
    noon = PartWish(datetime(2026, 12, 21, 12), "Europe/Zagreb", 240, "room")
    parts.change(second.pk, noon, by=place.by, at=NOW + timedelta(minutes=3))
    work(NOW + timedelta(minutes=4))
    programme.cancel(event.pk, reason="Storm", by=place.by, at=NOW + timedelta(minutes=5))


def _at_the_desks(scene: Scene) -> None:
    """Roles, a test mail, links to sign in, an address, a second step, a new password."""
    place, admin = scene.place, scene.client(ADMINISTRATOR)
    given = {"role": f"school_leader:school:{place.school.pk}"}
    scene.client(ORGANISER).post(f"/people/{place.teacher.handle}/", given)
    moved = {"email": "moved@example.org"}
    scene.client(ORGANISER).post(f"/people/{place.guest.handle}/address/", moved)
    officer = scene.people[OFFICER]
    with_app(officer)
    admin.post(f"/people/{officer.handle}/second-step/", {"reason": "Lost the phone"})
    setup.send_test(to=scene.people[ADMINISTRATOR], by=SYSTEM, at=NOW)
    setup.invite_coordinator(
        cluster_id=place.world.cluster.pk, name="New Coordinator", email="new@example.org",
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    signin.send(place.other.email, next_path="/", language="en", at=NOW)
    place.other.set_password("four small green boats")
    place.other.save()
    scene.client("anybody").post("/account/password/reset/", {"email": place.other.email})


def _fetched(place: Place) -> None:
    """A service will forget a meeting, and tells of another one after its attendance was closed."""
    calls = {"ended": "harvest_loss", "closed": "harvest_late"}
    for name, kind in calls.items():
        part = queries.parts_of(place.events[name].pk)[0]
        row = HarvestRow.objects.filter(part=part).first()
        assert row is not None, name
        draft = (
            letters.loss(row) if kind == "harvest_loss" else letters.late(part.event_id, part.pk, 1)
        )
        assert draft is not None, kind
        with transaction.atomic():
            post.queue(draft, at=NOW)


def _reminded(place: Place) -> None:
    """A day before, and a quarter of an hour before to who comes online."""
    event = place.events["coming"]
    _register(place, event.pk, place.guest, "online")
    starts = queries.parts_of(event.pk)[0].starts_at
    for before in (timedelta(hours=23), timedelta(minutes=14)):
        work(starts - before)


def _recorded(place: Place) -> None:
    """A recording comes up; one who was registered lacks all minutes of it."""
    at = NOW + timedelta(minutes=10)
    event = make_event(
        place.world, kind="webinar", title="Heard again", starts=datetime(2026, 12, 19, 16),
        mode="online",
    )  # fmt: skip
    _register(place, event.pk, place.teacher, "online")
    made = make_recording(event, publish=False)
    library.publish(made.pk, by=SYSTEM, at=at)
    work(at + timedelta(minutes=1))


def _changed(place: Place) -> None:
    later = NOW + timedelta(days=9)
    event = place.events["coming"]
    part = queries.parts_of(event.pk)[0]
    wanted = present_plan(event, part)
    moved = type(wanted)(**{**vars(wanted), "starts": datetime(2026, 12, 13, 17)})
    programme.change(event.pk, moved, by=place.by, at=later)
    work(later + timedelta(minutes=5))
    programme.cancel(event.pk, reason="Snow", by=place.by, at=later + timedelta(minutes=6))
