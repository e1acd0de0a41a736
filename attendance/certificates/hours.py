"""What a statement of hours says: the certificates of one person in a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

from attendance.certificates import numbers
from attendance.certificates.stored import (
    ROLES,
    UNITS,
    Stored,
    aware,
    built,
    day_in,
    demand,
    instant_in,
    opened,
)
from events.kernel import zones
from events.kernel.words import Words


@dataclass(frozen=True, kw_only=True)
class StatementRow(Stored):
    """One certificate as a line of a statement; `on` is the local date of the event."""

    KIND: ClassVar[str] = "row/1"

    number: str
    title: str
    title_language: str
    kind: Words
    role: str
    on: date
    minutes_counted: int
    unit_minutes: int
    rule_version: str

    def __post_init__(self) -> None:
        """Refuse facts that contradict themselves."""
        demand(numbers.is_number(self.number), "number")
        demand(self.minutes_counted > 0, "minutes_counted")
        demand(self.unit_minutes in UNITS, "unit_minutes")
        demand(self.role in ROLES, "role")

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """The row that `to_dict` wrote; raises FactsWrong for any other shape."""
        values = opened(stored, cls.KIND)
        values["on"] = day_in(values, "on")
        return built(cls, values)


@dataclass(frozen=True, kw_only=True)
class UnitTotal:
    """All minutes counted in one unit: `minutes` of the clock, `hours` whole units, `rest` minutes."""

    unit_minutes: int
    minutes: int
    hours: int
    rest: int


@dataclass(frozen=True, kw_only=True)
class HoursStatementFacts(Stored):
    """All certificates of one person in a period (both dates included), as of `issued_at`.

    `zone` is the zone in which `issued_at` is printed. Rows are in the order they are printed in.
    """

    KIND: ClassVar[str] = "statement/1"

    number: str
    holder_name: str
    holder_school: str
    period_from: date
    period_to: date
    rows: tuple[StatementRow, ...]
    issuer_name: Words
    issued_at: datetime
    zone: str
    country: str
    language: str
    check_url: str

    def __post_init__(self) -> None:
        """Refuse facts that contradict themselves."""
        demand(numbers.is_number(self.number), "number")
        demand(self.period_from <= self.period_to, "period_to")
        demand(self.rows, "rows")
        inside = (self.period_from <= row.on <= self.period_to for row in self.rows)
        demand(all(inside), "row outside the period")
        demand(len({row.number for row in self.rows}) == len(self.rows), "row twice")
        demand(aware(self.issued_at), "time without a zone")
        zones.zone(self.zone)

    @property
    def totals(self) -> tuple[UnitTotal, ...]:
        """One total per unit that occurs, smaller unit first; units are never added together."""
        units = sorted({row.unit_minutes for row in self.rows})
        return tuple(_total(self.rows, unit) for unit in units)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """The statement that `to_dict` wrote; raises FactsWrong for any other shape."""
        values = opened(stored, cls.KIND)
        values["period_from"] = day_in(values, "period_from")
        values["period_to"] = day_in(values, "period_to")
        values["issued_at"] = instant_in(values, "issued_at")
        values["rows"] = tuple(StatementRow.from_dict(row) for row in values.get("rows", ()))
        return built(cls, values)


def _total(rows: tuple[StatementRow, ...], unit: int) -> UnitTotal:
    minutes = sum(row.minutes_counted for row in rows if row.unit_minutes == unit)
    hours, rest = divmod(minutes, unit)
    return UnitTotal(unit_minutes=unit, minutes=minutes, hours=hours, rest=rest)
