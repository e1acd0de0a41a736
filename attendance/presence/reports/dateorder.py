"""Which of the printed numbers is the day: proof first, then an answer, then the habit."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from attendance.presence.reports.shapes import Asked, NeedsAnswer, Notice, Option
from attendance.presence.reports.stamps import Stamp

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day_first", "month_first", "year_first"
_LONGEST_MEETING = timedelta(hours=36)
_CENTURY, _SHORT_YEARS = 2000, 100
_YEARS = range(2005, 2100)


def day_of(numbers: tuple[int, int, int], order: str) -> date | None:
    """The day the three numbers mean in this order, or None where there is no such day."""
    one, two, three = numbers
    parts = {YEAR_FIRST: (one, two, three), DAY_FIRST: (three, two, one)}
    year, month, day = parts.get(order, (three, one, two))
    year += _CENTURY if year < _SHORT_YEARS else 0
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def possible(meeting: Sequence[Stamp], other: Sequence[Stamp], *, several: bool) -> Iterator[str]:
    """The orders in which every date exists and the meeting is not too long."""
    separator, first, last = meeting[0].shape[:3]
    for order in _orders(separator, first, last):
        days = [day_of(stamp.numbers, order) for stamp in (*meeting, *other) if stamp.numbers]
        if any(day is None for day in days):
            continue
        moments = [
            datetime.combine(day, stamp.clock)
            for stamp in meeting
            if stamp.numbers and (day := day_of(stamp.numbers, order))
        ]
        if several or max(moments) - min(moments) <= _LONGEST_MEETING:
            yield order


def _orders(separator: str, first: str, last: str) -> tuple[str, ...]:
    if separator == "named" or first == "4":
        return (YEAR_FIRST,)
    if first != "2" or last not in {"2", "4"}:
        return ()
    return (DAY_FIRST,) if separator == "." else (DAY_FIRST, MONTH_FIRST)


def choose(
    orders: list[str], meeting: Sequence[Stamp], asked: Asked, padded_habit: str
) -> tuple[str, list[Notice]]:
    """Proof first, then the answer given, the known day of the event, and last the habit."""
    days = {order: {day_of(s.numbers, order) for s in meeting if s.numbers} for order in orders}
    if len(orders) == 1 or days[orders[0]] == days[orders[1]]:
        return orders[0], []
    if asked.date_order in orders:
        return asked.date_order, []
    near = [order for order in orders if next_to(days[order], asked.hint_date)]
    if len(near) == 1:
        return near[0], []
    habit = _habit(meeting, padded_habit)
    if habit in orders and asked.hint_date is None:
        sample = min(str(day) for day in days[habit])
        return habit, [Notice("date_order_assumed", {"order": habit, "date": sample})]
    raise NeedsAnswer(
        "date_order", (Option(order, min(str(day) for day in days[order])) for order in orders)
    )


def next_to(days: Iterable[date | None], hint: date | None) -> bool:
    """Whether one of the days is the expected one or next to it."""
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
