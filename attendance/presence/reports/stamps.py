"""Dates with times as services print them, and the order of day and month of a whole file."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

from attendance.presence.reports import labels
from attendance.presence.reports.shapes import Asked, NeedsAnswer, Notice, Option, ReportRefused

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day_first", "month_first", "year_first"
_LONGEST_MEETING = timedelta(hours=36)
_LARGEST_OFFSET = timedelta(hours=14)
_NOON = 12
_DATE_DIGITS = {(4, 1), (4, 2), (1, 2), (2, 2), (1, 4), (2, 4)}
_CENTURY, _SHORT_YEARS = 2000, 100
_LONGEST_TEXT = 60
_YEARS = range(2005, 2100)

_DATE = re.compile(r"(?<!\d)(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?!\d)")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})(?:[:.h])(\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?(?!\d)"
    r"\s*(z$|[+-]\d{2}:?\d{2}$)?"
)
_WORD = r"([^\W\d_]+)\.?"
_NAMED = (
    (
        re.compile(rf"(?<!\d)(\d{{1,2}})\.?\s+(?:de\s+)?{_WORD},?\s+(?:de\s+)?(\d{{4}})(?!\d)"),
        "dmy",
    ),
    (re.compile(rf"{_WORD}\s+(\d{{1,2}}),?\s+(\d{{4}})(?!\d)"), "mdy"),
)


@dataclass(frozen=True)
class Stamp:
    """A printed instant. `numbers` are the three parts of the date as printed, None without one."""

    text: str
    numbers: tuple[int, int, int] | None
    clock: time
    marker: str
    offset: timedelta | None
    shape: tuple[str, ...]
    padded: bool

    @property
    def coarse(self) -> bool:
        """Whether no seconds are printed, as after saving from a spreadsheet."""
        return "s" not in self.shape


def parse(text: str, *, bare: bool = False) -> Stamp | None:
    """The stamp in a cell, or None where it is anything else; `bare` accepts a time alone."""
    if not any(character.isdecimal() for character in text) or len(text) > _LONGEST_TEXT:
        return None
    folded = labels.fold(text)
    numbers, rest, shape = _date_of(folded)
    found = _TIME.search(rest)
    if found is None or (numbers is None and not (bare and _bare_time(rest))):
        return None
    words = rest[: found.start()] + " " + rest[found.end() :]
    marker = _marker(words)
    clock = _clock(found, marker)
    offset = _offset(found[5])
    if clock is None or marker is None or (offset and abs(offset) > _LARGEST_OFFSET):
        return None
    shape = (*shape, "12" if marker else "24", "s" if found[3] else "", "z" if found[5] else "")
    return Stamp(text, numbers, clock, marker, offset, shape, _padded(folded))


def _bare_time(rest: str) -> bool:
    return bool(re.fullmatch(r"\D{0,14}\d{1,2}:\d{2}(:\d{2})?\D{0,14}", rest))


def _date_of(folded: str) -> tuple[tuple[int, int, int] | None, str, tuple[str, ...]]:
    """The three numbers, the text without them, and the shape every stamp of a file shares."""
    found = _DATE.search(folded)
    if found:
        one, two, three = found[1], found[3], found[4]
        if (len(one), len(three)) not in _DATE_DIGITS:
            return None, folded, ()
        rest = folded[: found.start()] + " " + folded[found.end() :].removeprefix("t").lstrip(".")
        rest = f" {rest.strip(' ,')}"
        shape = (found[2], str(max(len(one), 2)), str(max(len(three), 2)))
        return (int(one), int(two), int(three)), rest, shape
    for pattern, order in _NAMED:
        named = pattern.search(folded)
        if named and (named[2] if order == "dmy" else named[1]) in labels.MONTHS:
            day, word = (named[1], named[2]) if order == "dmy" else (named[2], named[1])
            numbers = (int(named[3]), labels.MONTHS[word], int(day))
            rest = folded[: named.start()] + " " + folded[named.end() :]
            return numbers, rest, ("named", "4", "2")
    return None, folded, ("time",)


def _marker(words: str) -> str | None:
    """am, pm or nothing; None where a word is not understood."""
    joined = re.sub(r"[.,()|]", "", words).split()
    together = "".join(joined)
    for spoken in (together, *joined):
        if spoken in labels.AM and spoken not in labels.DATE_FILLERS:
            return "am"
        if spoken in labels.PM and spoken not in labels.DATE_FILLERS:
            return "pm"
    unknown = [word for word in joined if word not in labels.DATE_FILLERS | {"utc", "gmt", "e"}]
    return None if unknown else ""


def _clock(found: "re.Match[str]", marker: str | None) -> time | None:
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if marker == "pm" and hour < _NOON:
        hour += _NOON
    elif marker == "am":
        if hour > _NOON:
            return None
        hour %= _NOON
    try:
        return time(hour, minute, second, int((found[4] or "0").ljust(6, "0")[:6]))
    except ValueError:
        return None


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text == "z":
        return timedelta(0)
    digits = text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -shift if text[0] == "-" else shift


def _padded(folded: str) -> bool:
    return not re.search(r"(?<!\d)\d(?!\d)\s*[./-]|[./-]\s*\d(?!\d)", folded)


def _day(numbers: tuple[int, int, int], order: str) -> date | None:
    one, two, three = numbers
    parts = {YEAR_FIRST: (one, two, three), DAY_FIRST: (three, two, one)}
    year, month, day = parts.get(order, (three, one, two))
    year += _CENTURY if year < _SHORT_YEARS else 0
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Clock:
    """Turns the stamps of one file into instants."""

    order: str
    zone: ZoneInfo
    hint: date | None
    utc: bool = False

    def day(self, stamp: Stamp) -> date:
        """The day of a stamp; bare times take the day the reader gave."""
        day = self.hint if stamp.numbers is None else _day(stamp.numbers, self.order)
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
    orders = list(_possible(meeting, other, several=several))
    if not orders:
        raise ReportRefused("dates_contradict", {"text": meeting[0].text})
    order, notices = _choose(orders, meeting, asked, habit)
    clock = Clock(order, asked.zone, asked.hint_date, utc)
    if asked.hint_date and not _near({clock.day(one) for one in meeting}, asked.hint_date):
        notices.append(Notice("date_differs", {"date": str(clock.day(meeting[0]))}))
    if any(clock.repeated(stamp) for stamp in meeting):
        notices.append(Notice("clock_change", {"zone": asked.zone.key}))
    return clock, notices


def _same_shape(found: Sequence[Stamp]) -> None:
    for one, two in pairwise(found):
        if one.shape != two.shape:
            raise ReportRefused("dates_mixed", {"one": one.text, "two": two.text})


def _possible(meeting: Sequence[Stamp], other: Sequence[Stamp], *, several: bool) -> Iterator[str]:
    separator, first, last = meeting[0].shape[:3]
    for order in _orders(separator, first, last):
        days = [_day(stamp.numbers, order) for stamp in (*meeting, *other) if stamp.numbers]
        if any(day is None for day in days):
            continue
        moments = [
            datetime.combine(day, stamp.clock)
            for stamp in meeting
            if stamp.numbers and (day := _day(stamp.numbers, order))
        ]
        if several or max(moments) - min(moments) <= _LONGEST_MEETING:
            yield order


def _orders(separator: str, first: str, last: str) -> tuple[str, ...]:
    if separator == "named" or first == "4":
        return (YEAR_FIRST,)
    if first != "2" or last not in {"2", "4"}:
        return ()
    return (DAY_FIRST,) if separator == "." else (DAY_FIRST, MONTH_FIRST)


def _choose(
    orders: list[str], meeting: Sequence[Stamp], asked: Asked, padded_habit: str
) -> tuple[str, list[Notice]]:
    """Proof first, then the answer given, the known day of the event, and last the habit."""
    days = {order: {_day(s.numbers, order) for s in meeting if s.numbers} for order in orders}
    if len(orders) == 1 or days[orders[0]] == days[orders[1]]:
        return orders[0], []
    if asked.date_order in orders:
        return asked.date_order, []
    near = [order for order in orders if _near(days[order], asked.hint_date)]
    if len(near) == 1:
        return near[0], []
    habit = _habit(meeting, padded_habit)
    if habit in orders and asked.hint_date is None:
        sample = min(str(day) for day in days[habit])
        return habit, [Notice("date_order_assumed", {"order": habit, "date": sample})]
    raise NeedsAnswer(
        "date_order", (Option(order, min(str(day) for day in days[order])) for order in orders)
    )


def _near(days: Iterable[date | None], hint: date | None) -> bool:
    return hint is not None and any(day and abs((day - hint).days) <= 1 for day in days)


def _habit(meeting: Sequence[Stamp], padded_habit: str) -> str:
    """What the shape suggests where nothing proves it; it is always said in a notice.

    Month first with a 24-hour clock is used nowhere. Without padding and with capital AM or PM it
    is the American form whatever the language of the labels. For padded dates with AM or PM the
    service decides (Zoom follows the language of its labels).
    """
    if not any(stamp.marker for stamp in meeting):
        return DAY_FIRST
    if all(stamp.padded for stamp in meeting):
        return padded_habit
    capitals = all(stamp.text.rstrip().endswith(("AM", "PM")) for stamp in meeting)
    return MONTH_FIRST if capitals else ""
