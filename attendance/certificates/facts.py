"""What a certificate says, frozen when it is issued.

The three renderings of a record (paper, check page, signed credential) are made from these facts
alone, never from profiles or events as they are today. Facts are stored as JSON: `to_dict` and
`from_dict` are inverse, and `digest` names one content for ever.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

from attendance.certificates import numbers
from attendance.certificates.hours import HoursStatementFacts, StatementRow, UnitTotal
from attendance.certificates.stored import (
    ROLES,
    UNITS,
    FactsWrong,
    Json,
    Stored,
    aware,
    built,
    days_in,
    demand,
    instant_in,
    opened,
)
from events.kernel import zones
from events.kernel.words import Words

__all__ = [
    "EVIDENCE",
    "MODES",
    "MOST_DOTS",
    "ROLES",
    "UNITS",
    "CertificateEnded",
    "CertificateFacts",
    "CertificateIssued",
    "Facts",
    "FactsWrong",
    "HoursStatementFacts",
    "StatementRow",
    "UnitTotal",
    "canonical",
    "digest",
]

MODES = ("in_person", "online", "recorded")
EVIDENCE = ("measured", "presumed", "attested", "corrected")
MOST_DOTS = 12


@dataclass(frozen=True, kw_only=True)
class CertificateFacts(Stored):
    """One person's certificate for one event.

    Instants are aware UTC; `zone` is the IANA zone of the event, in which they are printed.
    `minutes_counted` and `minutes_planned` are whole minutes of the clock; `unit_minutes` is how
    many of them the rule `rule_version` calls one hour (45 or 60). Nothing is rounded here.
    `kind`, `field` and `issuer_name` are texts by language; `title_english` may be empty.
    `dots` is the number of schools around the mentor school in the printed figure (0: no figure).
    `language` is the national language of the paper, `country` an ISO 3166 code. `days` are the
    local dates of an event that leaves days out between its first and last; else it is empty.
    `completed_at` is when watching a recording made it enough, None where being there did: in that
    term it counts.
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
    days: tuple[date, ...] = ()
    completed_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse facts that contradict themselves."""
        demand(numbers.is_number(self.number), "number")
        demand(0 < self.minutes_counted <= self.minutes_planned, "minutes_counted")
        demand(self.unit_minutes in UNITS, "unit_minutes")
        demand(self.role in ROLES, "role")
        demand(self.modes and set(self.modes) <= set(MODES), "modes")
        demand(self.evidence in EVIDENCE, "evidence")
        demand(aware(self.starts_at, self.ends_at, self.issued_at), "time without a zone")
        demand(self.starts_at < self.ends_at, "ends_at")
        demand(0 <= self.dots <= MOST_DOTS, "dots")
        demand(self.days == tuple(sorted(set(self.days))), "days")
        zones.zone(self.zone)

    def to_dict(self) -> Json:
        """The facts as plain JSON values; what a record does not have leaves its digest as it was."""
        stored = super().to_dict()
        without = {"days": not self.days, "completed_at": self.completed_at is None}
        return {key: stored[key] for key in stored if not without.get(key)}

    @property
    def counts_from(self) -> datetime:
        """The instant by which it belongs to a term and a school year."""
        return self.completed_at or self.starts_at

    @property
    def percent(self) -> int:
        """Counted of planned minutes in whole percent, half up; 100 only when nothing is missing."""
        rounded = (200 * self.minutes_counted + self.minutes_planned) // (2 * self.minutes_planned)
        return rounded if self.minutes_counted == self.minutes_planned else min(rounded, 99)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """The facts that `to_dict` wrote; raises FactsWrong for any other shape."""
        values = opened(stored, cls.KIND)
        for name in ("starts_at", "ends_at", "issued_at"):
            values[name] = instant_in(values, name)
        values["modes"] = tuple(values.get("modes", ()))
        values["days"] = days_in(values, "days")
        if "completed_at" in values:
            values["completed_at"] = instant_in(values, "completed_at")
        return built(cls, values)


Facts = CertificateFacts | HoursStatementFacts


def canonical(facts: Facts) -> bytes:
    """The facts as UTF-8 JSON with sorted keys and no spaces: the same facts, the same bytes."""
    text = json.dumps(facts.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(facts: Facts) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(facts)).hexdigest()


@dataclass(frozen=True)
class CertificateIssued:
    """A certificate came into force."""

    certificate_id: int


@dataclass(frozen=True)
class CertificateEnded:
    """A certificate was replaced or withdrawn."""

    certificate_id: int
