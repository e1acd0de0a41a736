"""A small network in the middle of its year: something for every operation to work on."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from attendance.certificates import statements
from attendance.certificates.models import Certificate
from attendance.exports import commands as exports
from attendance.exports.models import Batch
from attendance.presence import commands as presence
from attendance.presence import imports, queries
from attendance.recognition import commands as recognition
from config.demo import cast
from config.demo.network import Network
from events.backstage import jobs, sweep
from events.backstage.models import Job, Letter
from events.kernel.actors import Role
from events.networks import commands as networks
from events.networks.imports import commands as lists
from events.networks.models import Cluster, Community, Country, School, Term
from events.people import commands as people
from events.people.models import Grant, Person
from events.planner import series as planned
from events.planner.commands import Wish
from events.programme import commands as programme
from events.programme import families, series
from events.programme import parts as more_parts
from events.programme.models import Event
from events.programme.queries import parts_of
from events.programme.recurrence import Repeat
from events.registration import commands as registration
from events.registration import links, wishing
from integrations.accounts import commands as accounts
from integrations.sync import questions as asked
from integrations.sync.models import Link, Question
from tests.api import filmed
from tests.factories import world as factory
from tests.factories.world import AT, SYSTEM, World

NOW = AT + timedelta(days=12)
REPORTS = Path(__file__).resolve().parents[1] / "payloads" / "reports"
SECRET = "s3cret-of-the-connection"  # noqa: S105  invented
CLEAR, ASKING = "teams_sections_hr.csv", "teams_sections_ambiguous_padded.csv"


@dataclass
class Filled:
    """The network, who calls, and the ids that operations can be called with."""

    world: World
    coordinator: Person
    officer: Person
    administrator: Person
    ids: dict[str, object] = field(default_factory=dict)


def fill() -> Filled:
    """Make it all through the commands; the present is NOW."""
    recognition.load_first_scheme()
    world = factory.make_world()
    officer, administrator = factory.make_person("Officer"), factory.make_person("Administrator")
    country = world.country.pk
    for person, role, scope, scope_id in (
        (world.coordinator, Role.NATIONAL_COORDINATOR, "country", country),
        (officer, Role.MINISTRY_OFFICER, "country", country),
        (administrator, Role.ADMINISTRATOR, "world", 0),
    ):
        people.grant(
            person_id=person.pk, role=role, scope=scope, scope_id=scope_id, by=SYSTEM, at=AT
        )
    term = networks.add_term(
        country_id=country, name="Autumn", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 20),
        by=SYSTEM, at=AT,
    )  # fmt: skip
    networks.add_programme(code="mensi", name="MenSI", by=SYSTEM, at=AT)
    Community.objects.create(code="physics", names={"en": "Physics"}, country=world.country)
    return _filled(Filled(world, world.coordinator, officer, administrator), term)


def fill_demo(network: Network) -> Filled:
    """The same things to work on amid the demo network: its first Croatian cluster and its people."""
    realm = network.realms[cast.STAR]
    ring = realm.rings[0]
    schools = [School.objects.get(pk=house.school_id) for house in ring.houses]
    staff = [house.staff for house in ring.houses]
    world = World(
        Country.objects.get(pk=realm.country_id), Cluster.objects.get(pk=ring.cluster_id), schools,
        realm.national, [staff[number % 5][4 + number // 5] for number in range(6)],
    )  # fmt: skip
    term = Term.objects.get(
        country=world.country, starts_on__lte=NOW.date(), ends_on__gte=NOW.date()
    )
    Community.objects.get_or_create(
        code="physics", country=world.country, defaults={"names": {"en": "Physics"}}
    )
    administrator = Person.objects.get(email=cast.ADMINISTRATOR[0])
    return _filled(Filled(world, realm.national, realm.officer, administrator), term)


def _filled(made: Filled, term: Term) -> Filled:
    _events(made)
    _attendance(made)
    _papers(made, term)
    _network(made)
    _connections(made)
    made.ids |= filmed.record(made.ids, made.world.teachers[0], at=NOW)
    return made


def _register(made: Filled, event: Event, person: Person, way: str = "room") -> None:
    registration.register(
        event.pk, person_id=person.pk, way=way, by=made.world.actor(person), at=AT
    )


def _events(made: Filled) -> None:
    world, by = made.world, made.world.actor(made.coordinator)
    coming = factory.make_event(
        world, title="Coming", places={"room": 20, "online": 1}, recorded=True
    )
    for teacher in world.teachers[:2]:
        _register(made, coming, teacher)
    _register(made, coming, made.coordinator)
    links.link_for(event_id=coming.pk, person_id=made.coordinator.pk, at=AT)
    draft = factory.make_event(world, title="Draft", publish=False)
    fresh = factory.make_event(world, title="Fresh", publish=False, recorded=True)
    programme.publish(fresh.pk, by=by, at=NOW)
    wishing.ask(fresh.pk, person_id=made.coordinator.pk, by=by, at=AT)
    days = factory.make_event(world, title="Two days", publish=False)
    extra = more_parts.add(
        days.pk, more_parts.PartWish(datetime(2026, 11, 27, 9), "Europe/Zagreb", 90, "room"),
        by=by, at=AT,
    )  # fmt: skip
    weekly = Repeat("weekly", number=3)
    wish = Wish(plan=factory.wish(world, mode="online"), places={})
    rows = [planned.plan(wish, repeat=weekly, publish=False, by=by, at=AT) for _ in range(2)]
    series.publish(rows[1].pk, by=by, at=NOW)
    family = families.found(
        families.FamilyWish("course", "Course", world.country.pk, "en", cluster_id=world.cluster.pk),
        by=by, at=AT,
    )  # fmt: skip
    families.join(draft.pk, family.pk, by=by, at=AT)
    made.ids |= {
        "family": family.pk,
        "fresh_date": rows[1].events.order_by("starts_at")[0].pk,
        "series": rows[0].pk,
        "fresh_series": rows[1].pk,
        "date": rows[0].events.order_by("starts_at")[0].pk,
        "coming": coming.pk, "draft": draft.pk, "fresh": fresh.pk, "days": days.pk,
        "coming_part": parts_of(coming.pk)[0].pk, "extra_part": extra.pk,
        "teacher": world.teachers[0].pk, "other": world.teachers[5].pk,
    }  # fmt: skip


def _attendance(made: Filled) -> None:
    """A closed event with certificates, and one that is over but not closed."""
    world, by = made.world, made.world.actor(made.coordinator)
    closed = factory.make_event(world, title="Closed", starts=datetime(2026, 11, 5, 16))
    held = factory.make_event(world, title="Held", starts=datetime(2026, 11, 12, 16))
    for event in (closed, held):
        for person in (*world.teachers[:4], made.coordinator):
            _register(made, event, person)
    after = closed.ends_at + timedelta(hours=1)
    there = [world.teachers[0].pk, world.teachers[1].pk, made.coordinator.pk]
    presence.attest(closed.pk, person_ids=there, by=by, at=after)
    programme.close(closed.pk, by=by, at=after)
    for person, minutes in ((world.teachers[0], 150), (world.teachers[1], 119)):
        presence.check_in(
            held.pk, person_id=person.pk, by=by, at=held.starts_at, seen_at=held.starts_at
        )
        left = held.starts_at + timedelta(minutes=minutes)
        presence.check_out(held.pk, person_id=person.pk, by=by, at=left, seen_at=left)
    rows = [
        imports.hand_in(
            held.pk, content=(REPORTS / name).read_bytes(), file_name=name, by=by, at=held.ends_at
        )
        for name in (CLEAR, ASKING)
    ]
    taken = imports.hand_in(
        held.pk, content=(REPORTS / "teams_list_hr.csv").read_bytes(), file_name="list.csv", by=by,
        at=held.ends_at,
    )  # fmt: skip
    imports.take_over(held.pk, taken.pk, by=by, at=held.ends_at)
    _work(made)
    made.ids |= {
        "closed": closed.pk, "held": held.pk, "report": rows[0].pk, "asking": rows[1].pk,
        "unnamed": queries.unmatched(held.pk)[0].pk, "borderline": world.teachers[1].pk,
        "there": world.teachers[0].pk,
    }  # fmt: skip


def _work(made: Filled) -> None:
    for _ in range(3):
        sweep.drain(at=NOW)
        jobs.run_due(at=NOW)


def _papers(made: Filled, term: Term) -> None:
    world = made.world
    exports.freeze(term_id=term.pk, by=world.actor(made.officer), at=NOW)
    _work(made)
    stated = statements.state(
        person_id=made.coordinator.pk, first=date(2026, 9, 1), last=date(2026, 12, 20),
        by=world.actor(made.coordinator), at=NOW,
    )  # fmt: skip
    certificate = Certificate.objects.get(
        person=world.teachers[0], event_id=made.ids["closed"], state="issued"
    )
    made.ids |= {
        "term": term.pk, "batch": Batch.objects.latest("pk").pk, "statement": stated.number,
        "certificate": certificate.number,
        "job": str(Job.objects.create(
            kind="papers", key="x", owner=made.coordinator, due_at=NOW, created_at=NOW,
        ).pk),
    }  # fmt: skip


def _school_coordinator(world: World) -> Grant:
    """Who coordinates the second school; it has one at a time."""
    school = world.schools[1].pk
    there = Grant.objects.filter(role=Role.SCHOOL_COORDINATOR, scope_id=school, ended_at=None)
    return there.first() or people.grant(
        person_id=world.teachers[1].pk, role=Role.SCHOOL_COORDINATOR, scope="school",
        scope_id=school, by=SYSTEM, at=AT,
    )  # fmt: skip


def _network(made: Filled) -> None:
    world = made.world
    letter = Letter.objects.filter(person=world.teachers[0], kind="receipt").first()
    letter = letter or Letter.objects.filter(person=world.teachers[0]).exclude(text="").first()
    role = _school_coordinator(world)
    roster = lists.carry_out(
        [], kind="people", country_id=world.country.pk, school_id=None, digest="0" * 64,
        by=world.actor(made.coordinator), at=NOW,
    )  # fmt: skip
    spare = networks.add_school(
        country_id=world.country.pk, name="Spare school", national_code="S-1", by=SYSTEM, at=AT
    )
    made.ids |= {
        "letter": letter.pk if letter else 0, "role": role.pk, "roster": roster.pk, "spare": spare.pk,
        "school": world.schools[0].pk, "second_school": world.schools[1].pk,
        "cluster": world.cluster.pk, "country": world.country.pk,
        "handle": world.teachers[0].handle, "keeper": role.person.handle,
        "heir": world.teachers[2].handle,
    }  # fmt: skip


def _connections(made: Filled) -> None:
    """A calendar of the coordinator in which somebody moved the entry of an event."""
    wish = accounts.Wish(
        "google", "person", made.coordinator.pk, name="Team", calendar="team@example.org",
        subject="team@example.org", makes_meetings=False,
    )  # fmt: skip
    by = made.world.actor(made.coordinator)
    secrets = {"service_account": json.dumps({"private_key": SECRET})}
    account = accounts.connect(wish=wish, secrets=secrets, by=by, at=NOW)
    part = parts_of(int(str(made.ids["coming"])))[0]
    entry = Link.objects.create(
        part=part, account=account, key=f"{part.pk:032x}", remote_id="r", state="question",
        seen_title=part.event.title, seen_starts_at=part.starts_at, seen_ends_at=part.ends_at,
        made_at=NOW, pushed_at=NOW,
    )  # fmt: skip
    question = Question.objects.create(
        link=entry, kind="moved", found_title=part.event.title, asked_at=NOW, found_remote_id="r",
        found_starts_at=part.starts_at + timedelta(hours=1),
        found_ends_at=part.ends_at + timedelta(hours=1),
    )  # fmt: skip
    made.ids |= {
        "connection": account.pk, "question": question.pk, "question_seen": asked.digest(question),
    }  # fmt: skip
