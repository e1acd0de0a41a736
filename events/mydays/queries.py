"""One person's events: as a list, and as a calendar to subscribe to."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.backstage import addresses
from events.invitations import entries
from events.invitations.parts import CalendarPart, Entry
from events.mydays.models import FeedToken
from events.people.models import Person
from events.programme import states
from events.programme.models import Event, Part
from events.registration import queries as registration
from events.registration.models import Registration, Way
from events.registration.series import calendars

BEHIND = timedelta(days=90)
AHEAD = timedelta(days=548)
KEPT_CANCELLED = timedelta(days=60)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def owner_of(token: str) -> Person | None:
    """Whose calendar a token opens; None for a wrong or ended one, or a person no longer active."""
    row = (
        FeedToken.objects.filter(
            token_hash=hash_of(token), revoked_at__isnull=True, person__is_active=True
        )
        .select_related("person")
        .first()
    )
    return row.person if row else None


def feed_in_force(person_id: int) -> FeedToken | None:
    """The address a person made, if it still works."""
    return FeedToken.objects.filter(person_id=person_id, revoked_at__isnull=True).first()


def calendar_of(person_id: int, *, at: datetime) -> list[Entry]:
    """A person's places from 90 days ago to 18 months ahead, the dates of a series as one object.

    What was cancelled, by the organiser or the person, stays as cancelled for 60 days, because some
    programs keep an entry that only vanishes.
    """
    rows = registration.of_person_between(person_id, at - BEHIND, at + AHEAD)
    found = calendars.by_series(row for row in rows if _is_shown(row, at))
    single = found.get(None, [])
    series = [calendars.series_of(row, held) for row, held in found.items() if row is not None]
    return [*(entry for row in single for entry in _entries(row, at)), *series]


def _entries(row: Registration, at: datetime) -> list[CalendarPart]:
    return [
        entries.entry_of(
            row.event,
            part,
            raised=row.sequence,
            changed_at=row.changed_at,
            online=registration.way_in(part, row.way) == Way.ONLINE,
            cancelled=row.state == Registration.State.CANCELLED,
        )
        for part in row.event.parts.all()
        if _still_tells(part, at)
    ]


def _still_tells(part: Part, at: datetime) -> bool:
    return part.cancelled_at is None or part.cancelled_at > at - KEPT_CANCELLED


def _is_shown(row: Registration, at: datetime) -> bool:
    if row.state == Registration.State.WAITING:
        return False
    gone = row.state == Registration.State.CANCELLED or row.event.state == states.CANCELLED
    return not gone or max(row.changed_at, row.event.changed_at) > at - KEPT_CANCELLED


@dataclass(frozen=True)
class MyEvent:
    """One line of "My events"."""

    event: Event
    part: Part
    state: str
    way: str
    other: str
    open: bool
    page: str


def my_events(person_id: int, *, at: datetime) -> tuple[list[MyEvent], list[MyEvent]]:
    """What is coming, soonest first, and what has been in the last three years, latest first."""
    rows = registration.of_person_between(person_id, at - timedelta(days=1096), at + AHEAD)
    mine = [_line(row, at) for row in rows.exclude(state="cancelled")]
    coming = [line for line in mine if line.event.ends_at > at]
    return coming, [line for line in reversed(mine) if line.event.ends_at <= at]


def _line(row: Registration, at: datetime) -> MyEvent:
    part = row.event.parts.all()[0]
    hybrid = any(each.mode == "hybrid" for each in row.event.parts.all() if not each.cancelled_at)
    other = {Way.ROOM: Way.ONLINE, Way.ONLINE: Way.ROOM}[Way(row.way)] if hybrid else ""
    is_open = row.event.state == states.PUBLISHED and row.event.ends_at > at
    page = addresses.page_of(row.event.slug)
    return MyEvent(row.event, part, row.state, row.way, other, is_open, page)
