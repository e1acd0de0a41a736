"""What a calendar entry is made of: plain values, no tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from string import ascii_letters, ascii_uppercase, digits
from typing import Literal

from events.kernel import zones

_TAG_LETTERS = frozenset(ascii_letters + digits + "-")
_RULE_LETTERS = frozenset(ascii_uppercase + digits + ",+-")

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


class PartRefused(ValueError):
    """A value that cannot stand in a calendar; the message says which."""


class RuleRefused(PartRefused):
    """Not a recurrence rule of RFC 5545 §3.3.10."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarPart:
    """One entry. `start_local`, `end_local` and `recurrence_id` are naive wall clocks in `zone`.

    `created_at` and `changed_at` are aware. `sequence` is raised by the caller with every change
    of time, place, link or status, and for a cancellation. `recurrence_id` is the original start
    of this date in its series, for ever. `alarm_minutes` before the start, None for no alarm.
    `join_url` is empty for a part without an online side; `url` is the page of the event.
    """

    uid: str
    sequence: int
    summary: str
    description: str
    start_local: datetime
    end_local: datetime
    zone: str
    location: str
    url: str
    join_url: str
    organizer_name: str
    organizer_address: str
    status: Status
    created_at: datetime
    changed_at: datetime
    language: str
    alarm_minutes: int | None = None
    recurrence_id: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse clocks of the wrong sort, a span that does not last, and an unknown zone."""
        walls = (self.start_local, self.end_local, self.recurrence_id or self.start_local)
        if any(wall.tzinfo is not None for wall in walls):
            raise PartRefused("start_local, end_local and recurrence_id are naive wall clocks")
        if self.created_at.tzinfo is None or self.changed_at.tzinfo is None:
            raise PartRefused("created_at and changed_at are aware instants")
        if self.end_local <= self.start_local:
            raise PartRefused("end_local is after start_local")
        if (self.alarm_minutes or 0) < 0:
            raise PartRefused("alarm_minutes is before the start")
        if not set(self.language) <= _TAG_LETTERS:
            raise PartRefused("language is a BCP 47 tag")
        zones.zone(self.zone)


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarSeries:
    """A rule and its exceptions: one calendar object with one UID.

    `rrule` is the value of an RRULE; its UNTIL may be a wall clock in the master's zone or a date
    and is written in UTC, as RFC 5545 §3.3.10 asks. `exdates` are original wall-clock starts that
    do not take place; `overrides` are changed dates, each with its `recurrence_id`.
    """

    master: CalendarPart
    rrule: str
    overrides: tuple[CalendarPart, ...] = ()
    exdates: tuple[datetime, ...] = ()

    def __post_init__(self) -> None:
        """Refuse overrides of another series and a rule that is none."""
        if self.master.recurrence_id is not None:
            raise PartRefused("the master of a series has no recurrence_id")
        for override in self.overrides:
            if override.uid != self.master.uid or override.recurrence_id is None:
                raise PartRefused("an override has the master's uid and a recurrence_id")
        if any(exdate.tzinfo is not None for exdate in self.exdates):
            raise PartRefused("exdates are naive wall clocks")
        rule_in_utc(self.rrule, self.master.zone)


Entry = CalendarPart | CalendarSeries


def master_of(entry: Entry) -> CalendarPart:
    """The part itself, or the master of a series."""
    return entry.master if isinstance(entry, CalendarSeries) else entry


def parts_of(entries: Iterable[Entry]) -> Iterator[CalendarPart]:
    """Every part, masters before their overrides."""
    for entry in entries:
        yield master_of(entry)
        if isinstance(entry, CalendarSeries):
            yield from entry.overrides


def rule_in_utc(rrule: str, zone: str) -> str:
    """The rule with UNTIL as a UTC instant; raises RuleRefused."""
    values: dict[str, str] = {}
    for piece in rrule.upper().split(";"):
        name, _, value = piece.partition("=")
        values[name] = value
        if not (value and name.isascii() and name.isalpha() and set(value) <= _RULE_LETTERS):
            raise RuleRefused(rrule)
    if "FREQ" not in values:
        raise RuleRefused(rrule)
    if "UNTIL" in values:
        values["UNTIL"] = _until(values["UNTIL"], zone)
    return ";".join(f"{name}={value}" for name, value in values.items())


def _until(text: str, zone: str) -> str:
    if text.endswith("Z"):
        return text
    try:
        wall = datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a wall clock has no zone
    except ValueError:
        wall = _end_of_day(text)
    return wall.replace(tzinfo=zones.zone(zone)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _end_of_day(text: str) -> datetime:
    try:
        day = datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone
    except ValueError as error:
        raise RuleRefused(text) from error
    return datetime.combine(day, time(23, 59, 59))
