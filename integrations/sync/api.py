"""Operations on the entries of an event in a calendar, and on the questions about them."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from events.backstage import edge
from events.interface.operations import Operations
from events.interface.shapes import Id, Moment, Note, Shape, Wanted, link
from events.kernel.errors import Missing
from events.programme import policies
from events.programme import queries as programme
from events.registration import queries as registration
from integrations.sync import commands, queries, showing
from integrations.sync.showing import Asked, Line

router = Operations(tags=["connections"])
READ, WRITE = "events:read", "events:write"
WHERE = "/events/{event_id}/calendar"


class CalendarEntry(Shape):
    """The entry of one part. State: ok, pending, late, question, detached, failed, paused, off.

    Meeting: none, pending, ready, failed, own (a person pasted a link), or empty where people meet
    in a room. `question` is its kind while one is open.
    """

    part_id: int
    connection_id: int
    calendar: str
    state: str
    meeting: str
    question: str


class EntryFace(Shape):
    """How an entry reads; times are null where nothing stands."""

    title: str
    place: str
    starts: Moment | None
    ends: Moment | None


class EntryQuestion(Shape):
    """An entry that was moved, changed or removed over there. `found` is how it stands there now.

    `seen` goes back with the answer, which counts for what was read and for nothing that came later.
    """

    id: int
    part_id: int
    kind: str
    asked_at: datetime
    ours: EntryFace
    found: EntryFace
    seen: str
    answers: list[str]
    links: dict[str, str]


class EventCalendar(Shape):
    """Where an event stands in calendars, and what is asked about it."""

    event_id: int
    left_out: bool
    entries: list[CalendarEntry]
    questions: list[EntryQuestion]
    links: dict[str, str]


class Answering(Wanted):
    """What shall count: what is there, ours, or neither from now on.

    Accepting a move takes on the time, and a title that differs; a place is never taken on.
    """

    seen: Annotated[str, Field(max_length=64, description="As read with the question.")]
    answer: Literal["accept", "restore", "detach"]
    reason: Annotated[Note, Field(description="Told to people where accepting cancels.")] = ""


def _shape(request: HttpRequest, event_id: int) -> EventCalendar:
    by, at = edge.actor(request), edge.moment(request)
    policies.require_may_run(by, programme.seen(event_id, by=by))
    parts = programme.all_parts_for_work(event_id)
    found = showing.lines(parts, at=at)
    registered = sum(registration.held(event_id).values())
    return EventCalendar(
        event_id=event_id, entries=[_entry(one) for one in found],
        left_out=bool(found) and all(one.state == "detached" for one in found),
        questions=[_question(one, event_id) for one in showing.asked(parts, registered=registered)],
        links={"self": link("events", event_id, "calendar"), "event": link("events", event_id)},
    )  # fmt: skip


def _entry(line: Line) -> CalendarEntry:
    return CalendarEntry(
        part_id=line.part.pk, connection_id=line.link.account_id, calendar=line.calendar,
        state=line.state, meeting=line.meeting, question=line.asked,
    )  # fmt: skip


def _question(asked: Asked, event_id: int) -> EntryQuestion:
    row, part = asked.question, asked.part
    zone = part.zone
    where = link("events", event_id, "calendar", "questions", row.pk, "answer")
    return EntryQuestion(
        id=row.pk, part_id=part.pk, kind=row.kind, asked_at=row.asked_at,
        ours=_face(row.link.seen_title, row.link.seen_place, part.starts_at, part.ends_at, zone),
        found=_face(row.found_title, row.found_place, row.found_starts_at, row.found_ends_at, zone),
        seen=asked.seen, answers=list(asked.answers), links={"answer": where},
    )  # fmt: skip


def _face(
    title: str, place: str, starts: datetime | None, ends: datetime | None, zone: str
) -> EntryFace:
    return EntryFace(
        title=title, place=place, starts=Moment.of(starts, zone) if starts else None,
        ends=Moment.of(ends, zone) if ends else None,
    )  # fmt: skip


@router.read(WHERE, EventCalendar, scope=READ)
def get_event_calendar(request: HttpRequest, event_id: Id) -> EventCalendar:
    """The entries of an event in calendars, and the questions about them."""
    return _shape(request, event_id)


@router.act(WHERE + "/questions/{question_id}/answer", EventCalendar, scope=WRITE, refusals=(409,))
def answer_calendar_question(
    request: HttpRequest, event_id: Id, question_id: Id, body: Answering
) -> EventCalendar:
    """Accept what was found over there, restore ours, or detach the entry for good."""
    by, at = edge.actor(request), edge.moment(request)
    if question_id not in {one.id for one in _shape(request, event_id).questions}:
        _require_of(event_id, question_id)
    commands.answer(
        question_id, seen=body.seen, answer=body.answer, reason=body.reason, by=by, at=at
    )
    return _shape(request, event_id)


def _require_of(event_id: int, question_id: int) -> None:
    """A question of another event is missing; one of this event that was answered is told so."""
    found = queries.question_for_work(question_id)
    part = programme.find_part(found.link.part_id) if found is not None else None
    if part is None or part.event_id != event_id:
        raise Missing


@router.act(WHERE + "/leave-out", EventCalendar, scope=WRITE, refusals=(409,))
def leave_event_out(request: HttpRequest, event_id: Id) -> EventCalendar:
    """Never touch the entries of an event again; those there stay as they are."""
    by, at = edge.actor(request), edge.moment(request)
    _shape(request, event_id)
    commands.leave_out(event_id, by=by, at=at)
    return _shape(request, event_id)


@router.act(WHERE + "/take-in", EventCalendar, scope=WRITE)
def take_event_in(request: HttpRequest, event_id: Id) -> EventCalendar:
    """Keep the entries of an event right again."""
    by, at = edge.actor(request), edge.moment(request)
    _shape(request, event_id)
    commands.take_in(event_id, by=by, at=at)
    return _shape(request, event_id)


@router.act(WHERE + "/parts/{part_id}/video-link", EventCalendar, scope=WRITE, refusals=(409,))
def ask_for_video_link(request: HttpRequest, event_id: Id, part_id: Id) -> EventCalendar:
    """Let the calendar make a video link for a part that has none, or try once more."""
    by, at = edge.actor(request), edge.moment(request)
    _shape(request, event_id)
    part = programme.find_part(part_id)
    if part is None or part.event_id != event_id:
        raise Missing
    commands.ask_for_meeting(part_id, by=by, at=at)
    return _shape(request, event_id)
