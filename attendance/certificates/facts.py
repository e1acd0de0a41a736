"""What a certificate says, frozen when it is issued.

The three renderings of a record (paper, check page, signed credential) are made from these facts
alone, never from profiles or events as they are today. Facts are stored as JSON: `to_dict` and
`from_dict` are inverse, and `digest` names one content for ever.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Self, TypeVar

from attendance.certificates import numbers
from events.kernel import zones
from events.kernel.words import Words

UNITS = (45, 60)
MODES = ("in_person", "online", "recorded")
ROLES = (
    "participant",
    "presenter",
    "organiser",
    "host",
    "observer",
    "observed",
    "mentor",
    "mentee",
    "facilitator",
)
EVIDENCE = ("measured", "presumed", "attested", "corrected")
MOST_DOTS = 12

Json = dict[str, Any]
_Built = TypeVar("_Built")


class FactsWrong(ValueError):
    """Facts that contradict themselves or cannot be read; a bug of the caller, not of a person."""


@dataclass(frozen=True, kw_only=True)
class _Stored:
    """Facts that go into a JSON column and come back equal; `KIND` tells one shape from another."""

    KIND: ClassVar[str]

    def to_dict(self) -> Json:
        """The facts as plain JSON values, with their kind and version under `format`."""
        values = {each.name: _plain(getattr(self, each.name)) for each in fields(self)}
        return {"format": self.KIND, **values}


@dataclass(frozen=True, kw_only=True)
class CertificateFacts(_Stored):
    """One person's certificate for one event.

    Instants are aware UTC; `zone` is the IANA zone of the event, in which they are printed.
    `minutes_counted` and `minutes_planned` are whole minutes of the clock; `unit_minutes` is how
    many of them the rule `rule_version` calls one hour (45 or 60). Nothing is rounded here.
    `kind`, `field` and `issuer_name` are texts by language; `title_english` may be empty.
    `dots` is the number of schools around the mentor school in the printed figure (0: no figure).
    `language` is the national language of the paper, `country` an ISO 3166 code.
    """

    KIND: ClassVar[str] = "certificate/1"

    number: str
    holder_name: str
    holder_school: str
    title: str
    title_language: str
    title_english: str = ""
    kind: Words
    role: str
    modes: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    minutes_counted: int
    minutes_planned: int
    unit_minutes: int
    rule_version: str
    evidence: str
    show_percent: bool = False
    field: Words
    issuer_name: Words
    accreditation: str = ""
    signatory_name: str
    signatory_title: str
    signatory_school: str = ""
    issued_at: datetime
    country: str
    language: str
    check_url: str
    term: str = ""
    dots: int = 4

    def __post_init__(self) -> None:
        """Refuse facts that contradict themselves."""
        _demand(numbers.is_number(self.number), "number")
        _demand(0 < self.minutes_counted <= self.minutes_planned, "minutes_counted")
        _demand(self.unit_minutes in UNITS, "unit_minutes")
        _demand(self.role in ROLES, "role")
        _demand(self.modes and set(self.modes) <= set(MODES), "modes")
        _demand(self.evidence in EVIDENCE, "evidence")
        _demand(_aware(self.starts_at, self.ends_at, self.issued_at), "time without a zone")
        _demand(self.starts_at < self.ends_at, "ends_at")
        _demand(0 <= self.dots <= MOST_DOTS, "dots")
        zones.zone(self.zone)

    @property
    def percent(self) -> int:
        """Counted of planned minutes in whole percent, half up; 100 only when nothing is missing."""
        rounded = (200 * self.minutes_counted + self.minutes_planned) // (2 * self.minutes_planned)
        return rounded if self.minutes_counted == self.minutes_planned else min(rounded, 99)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """The facts that `to_dict` wrote; raises FactsWrong for any other shape."""
        values = _opened(stored, cls.KIND)
        for name in ("starts_at", "ends_at", "issued_at"):
            values[name] = _instant(values, name)
        values["modes"] = tuple(values.get("modes", ()))
        return _built(cls, values)


@dataclass(frozen=True, kw_only=True)
class StatementRow(_Stored):
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
        _demand(numbers.is_number(self.number), "number")
        _demand(self.minutes_counted > 0, "minutes_counted")
        _demand(self.unit_minutes in UNITS, "unit_minutes")
        _demand(self.role in ROLES, "role")

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """The row that `to_dict` wrote; raises FactsWrong for any other shape."""
        values = _opened(stored, cls.KIND)
        values["on"] = _day(values, "on")
        return _built(cls, values)


@dataclass(frozen=True, kw_only=True)
class UnitTotal:
    """All minutes counted in one unit: `minutes` of the clock, `hours` whole units, `rest` minutes."""

    unit_minutes: int
    minutes: int
    hours: int
    rest: int


@dataclass(frozen=True, kw_only=True)
class HoursStatementFacts(_Stored):
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
        _demand(numbers.is_number(self.number), "number")
        _demand(self.period_from <= self.period_to, "period_to")
        _demand(self.rows, "rows")
        inside = (self.period_from <= row.on <= self.period_to for row in self.rows)
        _demand(all(inside), "row outside the period")
        _demand(len({row.number for row in self.rows}) == len(self.rows), "row twice")
        _demand(_aware(self.issued_at), "time without a zone")
        zones.zone(self.zone)

    @property
    def totals(self) -> tuple[UnitTotal, ...]:
        """One total per unit that occurs, smaller unit first; units are never added together."""
        units = sorted({row.unit_minutes for row in self.rows})
        return tuple(_total(self.rows, unit) for unit in units)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """The statement that `to_dict` wrote; raises FactsWrong for any other shape."""
        values = _opened(stored, cls.KIND)
        values["period_from"] = _day(values, "period_from")
        values["period_to"] = _day(values, "period_to")
        values["issued_at"] = _instant(values, "issued_at")
        values["rows"] = tuple(StatementRow.from_dict(row) for row in values.get("rows", ()))
        return _built(cls, values)


Facts = CertificateFacts | HoursStatementFacts


def canonical(facts: Facts) -> bytes:
    """The facts as UTF-8 JSON with sorted keys and no spaces: the same facts, the same bytes."""
    text = json.dumps(facts.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(facts: Facts) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(facts)).hexdigest()


def _demand(holds: object, what: str) -> None:
    if not holds:
        raise FactsWrong(what)


def _aware(*instants: datetime) -> bool:
    return all(each.tzinfo is not None for each in instants)


def _total(rows: tuple[StatementRow, ...], unit: int) -> UnitTotal:
    minutes = sum(row.minutes_counted for row in rows if row.unit_minutes == unit)
    hours, rest = divmod(minutes, unit)
    return UnitTotal(unit_minutes=unit, minutes=minutes, hours=hours, rest=rest)


def _plain(value: object) -> object:
    if isinstance(value, _Stored):
        return value.to_dict()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def _opened(stored: Mapping[str, Any], kind: str) -> Json:
    _demand(stored.get("format") == kind, "format")
    return {name: value for name, value in stored.items() if name != "format"}


def _instant(values: Json, name: str) -> datetime:
    try:
        return datetime.fromisoformat(values[name]).astimezone(UTC)
    except (KeyError, TypeError, ValueError) as error:
        raise FactsWrong(name) from error


def _day(values: Json, name: str) -> date:
    try:
        return date.fromisoformat(values[name])
    except (KeyError, TypeError, ValueError) as error:
        raise FactsWrong(name) from error


def _built(cls: type[_Built], values: Json) -> _Built:
    try:
        return cls(**values)
    except TypeError as error:
        raise FactsWrong("fields") from error


@dataclass(frozen=True)
class CertificateIssued:
    """A certificate came into force."""

    certificate_id: int


@dataclass(frozen=True)
class CertificateEnded:
    """A certificate was replaced or withdrawn."""

    certificate_id: int
