"""The last three days, one deed after the other, with the mails they bring."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from attendance.certificates import commands as certificates
from attendance.certificates import queries as issued
from config.demo import cast
from config.demo.events import QUIET, Happening, Stage
from config.demo.ideas import CLOSED, FRESH, TO_CLOSE
from config.demo.story import follow, follow_with_letters, follow_with_questions
from events.people import signin
from events.programme import commands as programme
from events.registration import commands as registration
from events.visits import commands as visits
from events.visits.commands import Ticked

if TYPE_CHECKING:
    from events.people.models import Person

Deed = Callable[[datetime], object]
SOON = timedelta(seconds=30)
NEXT = 24  # days to the next visit in Albania
LOOKS = (timedelta(hours=2), timedelta(days=2))  # after the end, in `attendance.presence`


def tell(stages: Mapping[str, Stage]) -> None:
    """Do the deeds of the last days in their order; letters about them wait to be sent."""
    deeds = [*_star(stages["HR"]), *_others(stages), *_evidence(stages["HR"])]
    deeds += _visit(stages["AL"])
    at = stages["HR"].network.at
    for hours, deed in sorted(deeds, key=lambda pair: -pair[0]):
        moment = at - timedelta(hours=hours)
        follow(moment - SOON)
        deed(moment)
        follow_with_letters(moment + SOON)


def _others(stages: Mapping[str, Stage]) -> list[tuple[float, Deed]]:
    """A change and a cancellation in Albania, sign-ins, and a look that is asked for."""
    coming = stages["AL"].find(5)
    visit = stages["AL"].find(38)
    return [
        (20.5, lambda at: _move(coming, at)),
        (17.2, lambda at: _call_off(visit, at)),
        (9.1, lambda at: _sign_in(cast.CLUSTER_COORDINATOR[0], "hr", at)),
        (6.4, lambda at: _sign_in(coming.people[1].email, "sq", at)),
        (4.7, lambda at: _sign_in(cast.HELPDESK[0], "en", at)),
    ]


def _star(stage: Stage) -> list[tuple[float, Deed]]:
    """The coming TeachMeet fills up; a webinar is planned and invites one school."""
    star, fresh = stage.find(6), stage.find(FRESH)
    houses = stage.realm.rings[0].houses
    free = [p for house in houses for p in house.staff[3:] if p not in star.people and p.email]
    first, second, third, fourth = free[:4]
    keep = star.room[0]
    return [
        (52.0, fresh.plan),
        (51.5, fresh.publish),
        (46.0, lambda at: _fill(star, at)),
        (44.3, lambda at: _register(star, fourth, "online", at)),
        (41.0, lambda at: _register(star, first, "room", at)),
        (38.7, lambda at: _register(star, second, "room", at)),
        (30.2, lambda at: _give_back(star, keep, at)),
        (28.4, lambda at: _register(star, third, "room", at)),
        (12.6, lambda at: _register(star, star.room[1], "online", at)),
    ]


def _evidence(stage: Stage) -> list[tuple[float, Deed]]:
    """An event is closed and its certificates go out; one is withdrawn, one replaced."""
    closing = stage.find(CLOSED)
    return [
        (_asked(stage.find(TO_CLOSE)), follow_with_questions),
        (26.0, closing.close),
        (15.0, lambda at: _replace_one(closing, at)),
    ]


def _asked(open_still: Happening) -> float:
    """How many hours ago the organiser was asked for a look: after two hours, again after two days."""
    network = open_still.stage.network
    asked = [open_still.end + wait for wait in LOOKS]
    last = next((at for at in asked if at > network.at - QUIET), asked[-1])
    return (network.at - last) / timedelta(hours=1)


def _visit(stage: Stage) -> list[tuple[float, Deed]]:
    """The host of the next visit has seen to the first things."""
    coming = stage.find(NEXT)
    return [(33.3, lambda at: _tick(coming, at))]


def _tick(visit: Happening, at: datetime) -> None:
    host = visit.idea.host
    if host is None:
        return
    keeper = host.coordinator
    room = Ticked(done=True, note=visit.stage.realm.land.room, owner_id=keeper.pk)
    answers = {"room": room, "access": Ticked(done=True)}
    by = visit.stage.network.actor(keeper)
    visits.save_checklist(visit.event_id, answers, by=by, at=at)


def _fill(event: Happening, at: datetime) -> None:
    """As many places in the room as are taken."""
    taken = max(2, len(event.room))
    registration.set_places(event.event_id, places={"room": taken}, by=event.by, at=at)


def _register(event: Happening, person: "Person", way: str, at: datetime) -> None:
    by = event.stage.network.actor(person)
    registration.register(event.event_id, person_id=person.pk, way=way, by=by, at=at)


def _give_back(event: Happening, person: "Person", at: datetime) -> None:
    by = event.stage.network.actor(person)
    registration.cancel(event.event_id, person_id=person.pk, by=by, at=at)


def _move(event: Happening, at: datetime) -> None:
    row = event.event
    if row is not None:
        plan = programme.present_plan(row, row.parts.get())
        later = replace(plan, starts=plan.starts + timedelta(hours=1))
        programme.change(row.pk, later, by=event.by, at=at)


def _call_off(event: Happening, at: datetime) -> None:
    reason = event.stage.realm.land.reasons[0]
    programme.cancel(event.event_id, reason=reason, by=event.by, at=at)


def _sign_in(address: str, language: str, at: datetime) -> None:
    signin.send(address, next_path="/", language=language, at=at)


def _replace_one(event: Happening, at: datetime) -> None:
    rows = sorted(issued.of_event(event.event_id).values(), key=lambda row: row.pk)
    certificates.reissue(rows[0].number, reason="name_corrected", note="", by=event.by, at=at)
    certificates.revoke(rows[-1].number, reason="duplicate", note="", by=event.by, at=at)
