"""The month as a table of days."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from events.programme.models import Part

FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTHS = 12


@dataclass(frozen=True)
class Day:
    """A day of the table with its events in order."""

    day: date
    outside: bool
    weekend: bool
    today: bool
    parts: list[Part]


@dataclass(frozen=True)
class Month:
    """The weeks of a month, Monday first, and its neighbours as 2026-11."""

    first: date
    weeks: list[list[Day]]

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The first day of the month after."""
        return (self.first + timedelta(days=32)).replace(day=1)


def first_of(text: str, today: date) -> date:
    """The first day of a month written as 2026-11; this month for anything else."""
    year, _, number = text.partition("-")
    if year.isascii() and number.isascii() and year.isdigit() and number.isdigit():
        y, m = int(year[:4]), int(number[:2])
        if FIRST_YEAR <= y <= LAST_YEAR and 1 <= m <= MONTHS:
            return date(y, m, 1)
    return today.replace(day=1)


def around(first: date) -> tuple[datetime, datetime]:
    """Instants that surely hold every day of the month's table in every zone."""
    begin = datetime(first.year, first.month, 1, tzinfo=UTC)
    return begin - timedelta(days=8), begin + timedelta(days=40)


def table(first: date, parts: Iterable[Part], *, today: date) -> Month:
    """The month with each event on the day of its own wall clock."""
    by_day: dict[date, list[Part]] = {}
    for part in parts:
        by_day.setdefault(part.wall.date(), []).append(part)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return Month(
        first, [[_day(day, first, today, by_day.get(day, [])) for day in week] for week in weeks]
    )


def _day(day: date, first: date, today: date, parts: list[Part]) -> Day:
    friday = 4
    return Day(day, day.month != first.month, day.weekday() > friday, day == today, parts)
