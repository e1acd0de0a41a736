"""Operations on visits: which schools come, and what the host sees to."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from events.backstage import edge
from events.interface.operations import Operations
from events.interface.shapes import BodyId, Day, Flag, Id, List, Shape, Wanted
from events.networks import queries as networks
from events.networks.building import require_open_schools
from events.programme import policies as may
from events.programme import queries as programme
from events.programme.models import Event
from events.registration.seeking import PersonUnknown
from events.visits import commands, policies, queries
from events.visits.commands import Ticked

router = Operations(tags=["events"])
READ, WRITE = "events:read", "events:write"
VISITORS = "/events/{event_id}/visiting-schools"
CHECKS = "/events/{event_id}/checklist"


class VisitorWanted(Wanted):
    """A school that comes, and how many people it may send (null: no limit)."""

    school_id: BodyId
    places: Annotated[int, Field(strict=True, ge=1, le=500)] | None = None


class VisitorsWanted(Wanted):
    """All schools that come; what is not named no longer comes."""

    items: Annotated[list[VisitorWanted], Field(max_length=200)]


class VisitorShape(Shape):
    """A school that comes; `people` have a place, `waiting` wait for one."""

    school_id: int
    school: str
    place: str
    country: str
    places: int | None
    people: int
    waiting: int


class CheckWanted(Wanted):
    """What the host says about one thing to see to."""

    code: Literal["room", "wifi", "lunch", "access", "photos"]
    done: Flag = False
    note: Annotated[str, Field(max_length=300)] = ""
    due_on: Day | None = None
    owner_id: BodyId | None = None


class ChecksWanted(Wanted):
    """Things to see to; what is not named stays as it is."""

    items: Annotated[list[CheckWanted], Field(max_length=20)]


class CheckItemShape(Shape):
    """One thing the host school sees to."""

    code: str
    note: str
    due_on: date | None
    owner: str
    done_at: datetime | None


def _visitors(event_id: int) -> List[VisitorShape]:
    return List(
        items=[
            VisitorShape(
                school_id=row.school_id, school=row.school, place=row.place, country=row.country,
                places=row.places, people=len(row.names), waiting=row.waiting,
            )
            for row in queries.visitors_of(event_id)
        ]
    )  # fmt: skip


def _checks(event_id: int) -> List[CheckItemShape]:
    return List(
        items=[
            CheckItemShape(
                code=row.code, note=row.note, due_on=row.due_on,
                owner=row.owner.name if row.owner else "", done_at=row.done_at,
            )
            for row in queries.checklist(event_id)
        ]
    )  # fmt: skip


@router.read(VISITORS, List[VisitorShape], scope=READ)
def list_visiting_schools(request: HttpRequest, event_id: Id) -> List[VisitorShape]:
    """The schools that come to a visit."""
    programme.seen(event_id, by=edge.actor(request))
    return _visitors(event_id)


@router.change("PUT", VISITORS, List[VisitorShape], scope=WRITE)
def set_visiting_schools(
    request: HttpRequest, event_id: Id, body: VisitorsWanted
) -> List[VisitorShape]:
    """Choose the schools that come; new ones of a published visit are told."""
    by, at = edge.actor(request), edge.moment(request)
    may.require_may_run(by, programme.seen(event_id, by=by))
    wanted = {one.school_id: one.places for one in body.items}
    require_open_schools(list(wanted))
    commands.set_schools(event_id, wanted, by=by, at=at)
    return _visitors(event_id)


def _hosted(request: HttpRequest, event_id: int) -> Event:
    by = edge.actor(request)
    event = programme.seen(event_id, by=by)
    policies.require_may_host(by, event)
    return event


@router.read(CHECKS, List[CheckItemShape], scope=READ)
def get_checklist(request: HttpRequest, event_id: Id) -> List[CheckItemShape]:
    """What the host school has to see to, as it falls due."""
    _hosted(request, event_id)
    return _checks(event_id)


@router.change("PUT", CHECKS, List[CheckItemShape], scope=WRITE)
def save_checklist(request: HttpRequest, event_id: Id, body: ChecksWanted) -> List[CheckItemShape]:
    """Keep what the host ticked, noted and handed to whom."""
    by, at = edge.actor(request), edge.moment(request)
    event = _hosted(request, event_id)
    owners = [one.owner_id for one in body.items if one.owner_id]
    schools = networks.school_at(owners, on=at.date())
    if any(pk not in schools or schools[pk].school_id != event.host_school_id for pk in owners):
        raise PersonUnknown(field="items")
    answers: dict[str, Ticked] = {
        one.code: Ticked(one.done, one.note, one.due_on, one.owner_id) for one in body.items
    }
    commands.save_checklist(event_id, answers, by=by, at=at)
    return _checks(event_id)
