"""Certificates and statements as the API answers them."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from attendance.certificates import queries
from attendance.certificates.models import Certificate, Statement
from attendance.certificates.replying import Answer, Told
from events.interface.shapes import Moment, Shape, link


class CertificateShape(Shape):
    """A certificate with the facts it was issued with. State: issued, superseded, revoked."""

    number: str
    event_id: int
    person_id: int
    holder: str
    title: str
    starts: Moment
    minutes_counted: int
    minutes_planned: int
    unit_minutes: int
    rule_version: str
    evidence: str
    state: str
    issued_at: datetime
    ended_at: datetime | None
    end_reason: str
    successor: str | None
    links: dict[str, str]


class StatementShape(Shape):
    """One paper for all hours of a period."""

    number: str
    first: date
    last: date
    certificates: list[str]
    issued_at: datetime
    links: dict[str, str]


class CheckLine(Shape):
    """One thing that was looked at, and how it came out."""

    good: bool
    text: str
    detail: str


class FactLine(Shape):
    """One stored fact as the check page tells it."""

    label: str
    value: str
    note: str


class MinutesShape(Shape):
    """Whole minutes of the clock in one unit."""

    unit: int = Field(description="How many minutes are one hour of instruction: 45 or 60.")
    counted: int = Field(description="Minutes counted as attended.")
    planned: int | None = Field(description="Minutes planned; null on a statement.")


class CheckShape(Shape):
    """What stands under a number; `good` only when everything that was looked at holds."""

    number: str
    good: bool
    kind: Literal["certificate", "statement"]
    state: Literal["issued", "superseded", "revoked", "changed", "damaged"] = Field(
        description="In force; replaced; withdrawn; a statement with lines that no longer hold;"
        " our own record is not what was issued."
    )
    issued_on: date
    first: date | None = Field(description="First day; null when the record is damaged.")
    last: date | None = Field(description="Last day; null when the record is damaged.")
    minutes: list[MinutesShape]
    heading: str
    advice: str
    facts: list[FactLine]
    checks: list[CheckLine]


class HeldBackShape(Shape):
    """A certificate that is due but cannot be made, and what to do."""

    name: str
    why: str


def certificate(row: Certificate) -> CertificateShape:
    """A certificate; its facts are those stored, whatever became of event and person since."""
    says: dict[str, Any] = row.facts
    starts = datetime.fromisoformat(says["starts_at"])
    own = link("certificates", row.number)
    return CertificateShape(
        number=row.number, event_id=row.event_id, person_id=row.person_id,
        holder=says["holder_name"], title=says["title"],
        starts=Moment.of(starts, says["zone"]), minutes_counted=says["minutes_counted"],
        minutes_planned=says["minutes_planned"], unit_minutes=says["unit_minutes"],
        rule_version=says["rule_version"], evidence=says["evidence"], state=row.state,
        issued_at=row.issued_at, ended_at=row.ended_at, end_reason=row.end_reason,
        successor=row.successor.number if row.successor else None,
        links={"self": own, "pdf": f"{own}/pdf", "check": f"/v/{row.number}/"},
    )  # fmt: skip


def statement(row: Statement) -> StatementShape:
    """A statement."""
    says = queries.statement_record(row)
    own = link("statements", row.number)
    return StatementShape(
        number=row.number, first=says.period_from, last=says.period_to,
        certificates=[one.number for one in says.rows], issued_at=row.issued_at,
        links={"self": own, "pdf": f"{own}/pdf", "check": f"/v/{row.number}/"},
    )  # fmt: skip


def _of(told: Told) -> dict[str, Any]:
    rows = [
        MinutesShape(unit=unit, counted=counted, planned=planned)
        for unit, counted, planned in told.minutes
    ]
    return {
        "kind": told.kind, "state": told.state, "issued_on": told.issued_on,
        "first": told.first, "last": told.last, "minutes": rows,
    }  # fmt: skip


def checked(answer: Answer) -> CheckShape:
    """What the check page answers."""
    return CheckShape(
        number=answer.number, good=answer.good, **_of(answer.told), heading=answer.heading, advice=answer.advice,
        facts=[
            FactLine(label=one.label, value=one.value, note=one.note) for one in answer.lines
        ],
        checks=[
            CheckLine(good=one.good, text=one.text, detail=one.detail) for one in answer.checks
        ],
    )  # fmt: skip
