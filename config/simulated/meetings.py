"""Meetings that take place at the simulators: who was in them, as far as anybody there can know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.simulated.board import Board
from events.programme import queries as programme
from events.registration import queries as registration
from integrations.simulators.google import hand as google
from integrations.simulators.microsoft import hand as microsoft
from integrations.sync import standing

EARLY, LATE = timedelta(minutes=2), timedelta(minutes=1)
STRANGER = "Galaxy A52"
LEFT_EARLY, LOST_THE_LINE = 1, 2  # by their place in the list
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Guest:
    """Somebody in a meeting; strangers have no address."""

    name: str
    email: str
    spans: tuple[Span, ...]


def guests_of(event_id: int, *, starts_at: datetime, ends_at: datetime) -> list[Guest]:
    """Those who registered online: one leaves early, one loses the line; and a device without name."""
    rows = [
        row.person
        for row in registration.holding(event_id).select_related("person").order_by("pk")
        if row.way == "online"
    ]
    found = [
        Guest(one.name, one.email, _spans(number, starts_at, ends_at))
        for number, one in enumerate(rows)
    ]
    return [*found, Guest(STRANGER, "", ((starts_at, ends_at),))]


def _spans(number: int, starts_at: datetime, ends_at: datetime) -> tuple[Span, ...]:
    length = ends_at - starts_at
    if number == LEFT_EARLY:
        return ((starts_at - EARLY, starts_at + length / 2),)
    if number == LOST_THE_LINE:
        gone = starts_at + length / 3
        return ((starts_at, gone), (gone + timedelta(minutes=4), ends_at))
    return ((starts_at - EARLY, ends_at + LATE),)


def is_held(board: Board, link: str) -> bool:
    """Whether the meeting behind a link of Teams or Meet took place."""
    there = board.microsoft.world.meetings
    if any(one.join_url == link and one.reports for one in there):
        return True
    return any(one.code == _code(link) for one in board.google.world.records.values())


def hold(
    board: Board, link: str, guests: Sequence[Guest], *, start: datetime, end: datetime
) -> None:
    """Let the meeting behind a link take place; raises KeyError or StopIteration for no meeting."""
    if _code(link) in {one["meetingCode"] for one in board.google.world.spaces.values()}:
        seats = [google.Guest(one.name, one.spans, _kind(one)) for one in guests]
        board.google.hand.hold(_code(link), seats, started=start, ended=end)
        return
    people = [microsoft.Guest(one.name, one.spans, email=one.email) for one in guests]
    board.microsoft.hand.hold(link, start, end, people)


def _kind(guest: Guest) -> str:
    return "signedinUser" if guest.email else "anonymousUser"


def _code(link: str) -> str:
    return link.rpartition("/")[2]


@dataclass(frozen=True)
class Occasion:
    """The part of an event that a meeting belongs to; instants in UTC, its own zone for showing."""

    event_id: int
    title: str
    language: str
    zone: str
    starts_at: datetime
    ends_at: datetime


def occasion_at(link: str) -> Occasion | None:
    """The part whose meeting has this link; None when there is none (any more)."""
    part_id = standing.part_of_meeting(link)
    part = programme.find_part(part_id) if part_id is not None else None
    if part is None or part.cancelled_at is not None:
        return None
    event = part.event
    return Occasion(
        part.event_id, event.title, event.language, part.zone, part.starts_at, part.ends_at
    )
