"""What a report of a video service says, whichever service wrote it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Notice:
    """Something a person should know about what was read: a code and its plain values."""

    code: str
    values: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Interval:
    """One stay, instants in UTC, half-open; `end` None where nobody recorded the leaving.

    Flags: `end_unknown` (no leaving recorded), `stated_differs` (the file states another length),
    `unmatched_join` (joined twice, left once).
    """

    start: datetime
    end: datetime | None
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SeenPerson:
    """Somebody the service saw. `key` is unique in the report and stable for the same bytes.

    `stated_seconds` is the sum the service itself printed; it is evidence to compare with, the
    intervals are what counts.
    """

    key: str
    name: str
    email: str | None
    external_id: str | None
    role: str
    intervals: tuple[Interval, ...]
    stated_seconds: int | None = None

    @property
    def seconds(self) -> float:
        """Length of the union of the closed intervals."""
        return covered(self.intervals).total_seconds()


@dataclass(frozen=True)
class Meeting:
    """One meeting of the file; a usage report holds several."""

    title: str
    started: datetime | None
    ended: datetime | None


@dataclass(frozen=True)
class Report:
    """A whole report; `started` and `ended` span all its meetings where the file says so."""

    format: str
    title: str
    started: datetime | None
    ended: datetime | None
    people: tuple[SeenPerson, ...]
    warnings: tuple[Notice, ...] = ()
    meetings: tuple[Meeting, ...] = ()


class ReportRefused(Exception):
    """The file cannot be read with certainty; nothing of it was taken over."""

    def __init__(self, code: str, values: Mapping[str, int | str] | None = None) -> None:
        """`code` names the reason, `values` fill its sentence."""
        super().__init__(code)
        self.code = code
        self.values = dict(values or {})


@dataclass(frozen=True)
class Option:
    """One possible answer and what it would mean for this file."""

    value: str
    sample: str


class NeedsAnswer(Exception):
    """The file has two readings and only a person can tell which one is meant."""

    def __init__(self, question: str, options: Iterable[Option] = ()) -> None:
        """`question` is `date_order`, `meeting_date` or `waiting_column`."""
        super().__init__(question)
        self.question = question
        self.options = tuple(options)


@dataclass(frozen=True)
class Asked:
    """What the reader knows besides the file: the zone of its clock and answers given."""

    zone: ZoneInfo
    hint_date: date | None = None
    date_order: str | None = None
    waiting_column: str | None = None


def covered(spans: Iterable[Interval]) -> timedelta:
    """Time covered by the closed intervals, overlaps once."""
    total, reached = timedelta(0), None
    closed = sorted((one.start, one.end) for one in spans if one.end is not None)
    for start, end in closed:
        begin = start if reached is None else max(start, reached)
        if end > begin:
            total += end - begin
            reached = end
    return total
