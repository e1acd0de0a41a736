"""Operations on who was there: doors, signed lists, corrections, the board."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from attendance.presence import answers, commands, deciding, marking, naming, policies, queries
from attendance.presence import board as boards
from attendance.presence.answers import BoardShape, Marked, SightingShape
from events.backstage import edge
from events.interface.operations import Operations
from events.interface.shapes import BodyId, Done, Id, Instant, List, Wanted
from events.kernel.actors import Actor
from events.programme import queries as programme

if TYPE_CHECKING:
    from events.programme.models import Event

router = Operations(tags=["attendance"])
READ, WRITE = "attendance:read", "attendance:write"
Reason = Annotated[str, Field(max_length=300)]
People = Annotated[list[BodyId], Field(max_length=5000)]


class Coming(Wanted):
    """Who came or left, and when if it was not just now."""

    person_id: BodyId
    seen_at: Instant | None = None


class Signed(Wanted):
    """Who is on a signed list; without times for the whole plan."""

    person_ids: People
    starts_at: Instant | None = None
    ends_at: Instant | None = None


class Correction(Wanted):
    """When somebody was there, and why this is known better; equal times: not there."""

    person_id: BodyId
    mode: Literal["room", "online"]
    starts_at: Instant
    ends_at: Instant
    reason: Reason


class Marking(Wanted):
    """One answer for several people, and why."""

    person_ids: People
    answer: Literal["room", "online", "excused", "absent"]
    reason: Reason


class Deciding(Wanted):
    """Credit somebody borderline, or not, and why."""

    verdict: Literal["credit", "refuse"]
    reason: Reason


class Named(Wanted):
    """Who somebody in a report is."""

    person_id: BodyId


def _who(request: HttpRequest) -> tuple[Actor, datetime]:
    return edge.actor(request), edge.moment(request)


def kept(request: HttpRequest, event_id: int) -> "Event":
    """An event whose attendance the caller keeps; raises Missing, NotAllowed."""
    by = edge.actor(request)
    event = programme.seen(event_id, by=by)
    policies.require_may_keep(by, event)
    return event


@router.read("/events/{event_id}/board", BoardShape, scope=READ)
def get_board(request: HttpRequest, event_id: Id) -> BoardShape:
    """Everybody of an event with the verdict as the evidence stands now."""
    kept(request, event_id)
    return answers.board(event_id, boards.board(event_id, at=edge.moment(request)))


@router.act("/events/{event_id}/check-ins", Done, scope=WRITE, status=201)
def check_in(request: HttpRequest, event_id: Id, body: Coming) -> Done:
    """Somebody registered came through the door."""
    by, at = _who(request)
    commands.check_in(event_id, person_id=body.person_id, by=by, at=at, seen_at=body.seen_at or at)
    return Done()


@router.act("/events/{event_id}/check-outs", Done, scope=WRITE, status=201)
def check_out(request: HttpRequest, event_id: Id, body: Coming) -> Done:
    """Somebody left before the end."""
    by, at = _who(request)
    commands.check_out(event_id, person_id=body.person_id, by=by, at=at, seen_at=body.seen_at or at)
    return Done()


@router.change("DELETE", "/events/{event_id}/check-ins/{person_id}", Done, scope=WRITE)
def undo_check_in(request: HttpRequest, event_id: Id, person_id: Id) -> Done:
    """Take somebody's check-in back; the record stays, withdrawn."""
    by, at = _who(request)
    commands.undo_check_in(event_id, person_id=person_id, by=by, at=at)
    return Done()


@router.act("/events/{event_id}/signed-lists", Marked, scope=WRITE, status=201)
def attest_list(request: HttpRequest, event_id: Id, body: Signed) -> Marked:
    """Take a signed list over: these people were in the room."""
    by, at = _who(request)
    people = commands.attest(event_id, by=by, at=at, **body.model_dump())
    return Marked(people=people)


@router.act("/events/{event_id}/corrections", Done, scope=WRITE, status=201)
def correct_presence(request: HttpRequest, event_id: Id, body: Correction) -> Done:
    """Say when somebody was there; first records are kept."""
    by, at = _who(request)
    commands.correct(event_id, by=by, at=at, **body.model_dump())
    return Done()


@router.change("DELETE", "/events/{event_id}/corrections/{person_id}", Done, scope=WRITE)
def drop_corrections(request: HttpRequest, event_id: Id, person_id: Id) -> Done:
    """Let the first records of somebody count again."""
    by, at = _who(request)
    commands.drop_corrections(event_id, person_id=person_id, by=by, at=at)
    return Done()


@router.act("/events/{event_id}/people/{person_id}/decide", Done, scope=WRITE)
def decide_borderline(request: HttpRequest, event_id: Id, person_id: Id, body: Deciding) -> Done:
    """Decide about somebody whose time is just at the limit."""
    by, at = _who(request)
    deciding.decide(event_id, person_id=person_id, by=by, at=at, **body.model_dump())
    return Done()


@router.act("/events/{event_id}/marks", Marked, scope=WRITE, status=201)
def mark_people(request: HttpRequest, event_id: Id, body: Marking) -> Marked:
    """Give several people one answer: there all the time, not there, or excused."""
    by, at = _who(request)
    return Marked(people=marking.mark(event_id, by=by, at=at, **body.model_dump()))


@router.change("DELETE", "/events/{event_id}/excuses/{person_id}", Done, scope=WRITE)
def drop_excuse(request: HttpRequest, event_id: Id, person_id: Id) -> Done:
    """Take somebody's excuse back."""
    by, at = _who(request)
    marking.drop_excuse(event_id, person_id=person_id, by=by, at=at)
    return Done()


UNNAMED = "/events/{event_id}/unnamed"


@router.read(UNNAMED, List[SightingShape], scope=READ)
def list_unnamed(request: HttpRequest, event_id: Id) -> List[SightingShape]:
    """People of reports whom nobody has named yet; they count for nobody."""
    kept(request, event_id)
    return List(items=[answers.sighting(row) for row in queries.unmatched(event_id)])


@router.act(f"{UNNAMED}/match-exact", Marked, scope=WRITE)
def match_exact_names(request: HttpRequest, event_id: Id) -> Marked:
    """Match those whose whole name is that of exactly one registered person."""
    by, at = _who(request)
    return Marked(people=naming.match_exact_names(event_id, by=by, at=at))


@router.act(f"{UNNAMED}/{{sighting_id}}/match", Done, scope=WRITE)
def match_sighting(request: HttpRequest, event_id: Id, sighting_id: Id, body: Named) -> Done:
    """Say who somebody in a report is."""
    by, at = _who(request)
    naming.match(event_id, sighting_id, person_id=body.person_id, by=by, at=at)
    return Done()


@router.act(f"{UNNAMED}/{{sighting_id}}/set-aside", Done, scope=WRITE)
def set_sighting_aside(request: HttpRequest, event_id: Id, sighting_id: Id) -> Done:
    """Say that somebody in a report is not one of yours."""
    by, at = _who(request)
    naming.set_aside(event_id, sighting_id, by=by, at=at)
    return Done()


@router.act(f"{UNNAMED}/{{sighting_id}}/forget", Done, scope=WRITE)
def forget_match(request: HttpRequest, event_id: Id, sighting_id: Id) -> Done:
    """Take a match or a setting aside back."""
    by, at = _who(request)
    naming.forget(event_id, sighting_id, by=by, at=at)
    return Done()
