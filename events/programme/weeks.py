"""A list of parts under the weeks they fall in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.paginator import Paginator

from events.kernel.zones import wall
from events.programme.models import Part

if TYPE_CHECKING:
    Listing = Paginator[Part]
else:
    Listing = Paginator


@dataclass(frozen=True)
class Week:
    """The events of one week; `ahead` says how many weeks after the present one."""

    monday: date
    ahead: int
    parts: list[Part]

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)


def weeks(parts: Iterable[Part], *, at: datetime) -> list[Week]:
    """The parts under the Monday of their own wall clock, in the order given."""
    found: dict[date, list[Part]] = {}
    ahead: dict[date, int] = {}
    for part in parts:
        monday = _monday(part.wall.date())
        found.setdefault(monday, []).append(part)
        ahead[monday] = (monday - _monday(wall(at, part.zone).date())).days // 7
    return [Week(monday, ahead[monday], rows) for monday, rows in found.items()]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
