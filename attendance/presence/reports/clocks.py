"""The clock of a file: turns all its stamps into instants, or asks how to read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

from attendance.presence.reports.dateorder import DAY_FIRST, choose, day_of, next_to, possible
from attendance.presence.reports.shapes import Asked, NeedsAnswer, Notice, ReportRefused
from attendance.presence.reports.stamps import Stamp


@dataclass(frozen=True)
class Clock:
    """Turns the stamps of one file into instants."""

    order: str
    zone: ZoneInfo
    hint: date | None
    utc: bool = False

    def day(self, stamp: Stamp) -> date:
        """The day of a stamp; bare times take the day the reader gave."""
        day = self.hint if stamp.numbers is None else day_of(stamp.numbers, self.order)
        if day is None:
            raise ReportRefused("date_unreadable", {"text": stamp.text})
        return day

    def instant(self, stamp: Stamp, *, after: datetime | None = None) -> datetime:
        """The instant in UTC; `after` decides the hour that a clock change repeats."""
        naive = datetime.combine(self.day(stamp), stamp.clock)
        if stamp.offset is not None:
            return naive.replace(tzinfo=timezone(stamp.offset)).astimezone(UTC)
        if self.utc:
            return naive.replace(tzinfo=UTC)
        first = naive.replace(tzinfo=self.zone).astimezone(UTC)
        second = naive.replace(tzinfo=self.zone, fold=1).astimezone(UTC)
        if after is not None and stamp.numbers is None and first < after:
            return first + timedelta(days=1)
        return second if after is not None and first < after <= second else first

    def repeated(self, stamp: Stamp) -> bool:
        """Whether the clock showed this time twice, or never, that day."""
        if stamp.offset is not None or self.utc:
            return False
        naive = datetime.combine(self.day(stamp), stamp.clock)
        one, two = (naive.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        return one.utcoffset() != two.utcoffset()


def read_clock(
    meeting: Sequence[Stamp],
    *,
    other: Sequence[Stamp] = (),
    asked: Asked,
    several: bool = False,
    habit: str = "",
    utc: bool = False,
) -> tuple[Clock, list[Notice]]:
    """The clock of a file from all its stamps; several readings are a question, never a guess.

    `other` are stamps that are not of the meeting (printed on, registered on): they help to tell
    day from month but may lie weeks away.
    """
    if not meeting:
        raise ReportRefused("no_dates")
    _same_shape([*meeting, *other])
    if any(stamp.numbers is None for stamp in meeting):
        if asked.hint_date is None:
            raise NeedsAnswer("meeting_date")
        return Clock(DAY_FIRST, asked.zone, asked.hint_date, utc), []
    orders = list(possible(meeting, other, several=several))
    if not orders:
        raise ReportRefused("dates_contradict", {"text": meeting[0].text})
    order, notices = choose(orders, meeting, asked, habit)
    clock = Clock(order, asked.zone, asked.hint_date, utc)
    if asked.hint_date and not next_to({clock.day(one) for one in meeting}, asked.hint_date):
        notices.append(Notice("date_differs", {"date": str(clock.day(meeting[0]))}))
    if any(clock.repeated(stamp) for stamp in meeting):
        notices.append(Notice("clock_change", {"zone": asked.zone.key}))
    return clock, notices


def _same_shape(found: Sequence[Stamp]) -> None:
    for one, two in pairwise(found):
        if one.shape != two.shape:
            raise ReportRefused("dates_mixed", {"one": one.text, "two": two.text})
