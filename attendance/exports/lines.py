"""Makes the lines of a batch from certificates as they stood at its instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from attendance.certificates import facts, states
from attendance.certificates import queries as certificates
from attendance.recognition import queries as recognition
from events.networks import queries as networks
from events.people import queries as people
from events.programme import queries as programme

if TYPE_CHECKING:
    from attendance.certificates.models import Certificate


@dataclass(frozen=True)
class Draft:
    """One line before it is frozen."""

    certificate_id: int
    ready: bool
    body: dict[str, Any]


def make(
    rows: "list[Certificate]",
    *,
    as_of: datetime,
    country: str,
    before: Mapping[int, Mapping[str, Any]],
) -> list[Draft]:
    """Lines for certificates, `before` holding the lines of the batch before by certificate id."""
    person_ids = [row.person_id for row in rows]
    found = people.identifiers_of(person_ids, country=country)
    identifiers = {item.person_id: item for item in reversed(found)}
    schools = networks.school_records(person_ids)
    outlines = programme.outlines([row.event_id for row in rows])
    awards = recognition.awards_of([row.pk for row in rows])
    drafts = []
    for row in rows:
        says = certificates.record_of(row)
        body = _body(row, says, outlines[row.event_id], as_of=as_of) | _credit(awards.get(row.pk))
        body |= _person(
            identifiers.get(row.person_id),
            networks.school_on(schools, row.person_id, says.starts_at.date()),
        )
        drafts.append(_finished(row.pk, body, before.get(row.pk)))
    return drafts


@dataclass(frozen=True)
class Missing:
    """What a line lacks, by name of the column, and who can mend it."""

    missing: tuple[str, ...]
    owner: str


def missing_of(rows: "list[Certificate]", *, country: str) -> dict[int, Missing]:
    """What the lines of certificates would lack, by certificate id; opens no identifier."""
    person_ids = list({row.person_id for row in rows})
    known = people.with_identifier(person_ids, country=country)
    schools = networks.school_records(person_ids)
    by_person: dict[int, list[networks.SchoolRecord]] = {}
    for record in schools:
        by_person.setdefault(record.person_id, []).append(record)
    found = {}
    for row in rows:
        says = certificates.record_of(row)
        on = says.starts_at.astimezone(ZoneInfo(says.zone)).date()
        school = networks.school_on(by_person.get(row.person_id, []), row.person_id, on)
        lacks = {
            "identifier": row.person_id in known,
            "school_code": bool(school and school.national_code),
        }
        missing = tuple(name for name, there in lacks.items() if not there)
        found[row.pk] = Missing(missing, school.owner if school else "")
    return found


def _body(
    row: "Certificate", says: facts.CertificateFacts, outline: programme.Outline, *, as_of: datetime
) -> dict[str, Any]:
    ended = row.ended_at is not None and row.ended_at <= as_of
    return {
        "certificate_number": row.number,
        "certificate_state": row.state if ended else states.ISSUED,
        "name": says.holder_name, "school": says.holder_school,
        "event": outline.slug, "event_title": says.title, "kind": outline.kind,
        "role": says.role, "mode": "+".join(says.modes),
        "date": says.counts_from.astimezone(ZoneInfo(says.zone)).date().isoformat(),
        "minutes_counted": says.minutes_counted, "minutes_planned": says.minutes_planned,
        "evidence": says.evidence, "rule_version": says.rule_version,
        "issued_at": _stamp(row.issued_at),
        "ended_at": _stamp(row.ended_at) if ended and row.ended_at else "",
        "end_reason": row.end_reason if ended else "",
        "replaced_by": row.successor.number if ended and row.successor else "",
    }  # fmt: skip


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _credit(award: recognition.Credit | None) -> dict[str, Any]:
    if award is None:
        return {"hours": "0.00", "unit_minutes": 60, "scheme": "", "scheme_version": ""}
    return {
        "hours": f"{award.hours:.2f}", "unit_minutes": award.unit_minutes,
        "scheme": award.scheme, "scheme_version": award.version,
    }  # fmt: skip


def _person(
    identifier: people.OfficialIdentifier | None, school: networks.SchoolRecord | None
) -> dict[str, Any]:
    return {
        "identifier_scheme": identifier.scheme if identifier else "",
        "identifier": identifier.value if identifier else "",
        "school_code": school.national_code if school else "",
        "owner": school.owner if school else "",
    }


def _finished(pk: int, body: dict[str, Any], former: Mapping[str, Any] | None) -> Draft:
    missing = [name for name in ("identifier", "school_code") if not body[name]]
    body["missing"] = "+".join(missing)
    if former is None:
        body["change"] = "new"
    else:
        same = all(former.get(name) == value for name, value in body.items())
        body["change"] = "unchanged" if same else "changed"
    return Draft(pk, not missing, body)
