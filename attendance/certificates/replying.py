"""The shape of an answer of the check page, and what all answers say alike."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from attendance.certificates import states
from attendance.certificates.models import Certificate
from attendance.certificates.wording import reasons
from attendance.certificates.wording.tongue import day

CERTIFICATE, STATEMENT = "certificate", "statement"
CHANGED, DAMAGED = "changed", "damaged"


@dataclass(frozen=True)
class Line:
    """One stored fact: what it is, what it says, and the language of what it says if that is its own."""

    label: str
    value: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, and how it came out."""

    good: bool
    text: str
    detail: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a statement; `change` says what became of its certificate since."""

    on: date
    title: str
    language: str
    role: str
    minutes: int
    unit_minutes: int
    number: str
    change: str


@dataclass(frozen=True)
class Told:
    """The same for programs: what it is, the state by code, days, and whole minutes of the clock.

    `minutes` holds for each length of an hour of instruction (`unit`, in minutes) what was counted
    and planned; statements do not say what was planned.
    """

    kind: str
    state: str
    issued_on: date
    first: date | None = None
    last: date | None = None
    minutes: tuple[tuple[int, int, int | None], ...] = ()


@dataclass(frozen=True)
class Answer:
    """The whole page. `good` is what the first line says in shape; `zone` is for the time of the check."""

    number: str
    good: bool
    heading: str
    advice: str
    compare: str
    zone: str
    lines: tuple[Line, ...]
    checks: tuple[Check, ...]
    told: Told
    rows: tuple[Row, ...] = field(default=())


def known(number: str, issued_at: datetime, zone: str) -> Check:
    """That the number was looked up and found."""
    return Check(
        good=True,
        text=gettext("It was issued here, under this number"),
        detail=gettext("%(number)s, on %(day)s") % {"number": number, "day": on(issued_at, zone)},
    )


def unchanged() -> Check:
    """That the digest was worked out anew and is the stored one; say it only after doing so."""
    return Check(
        good=True,
        text=gettext("What we have stored is what was issued"),
        detail=gettext("Its SHA-256, worked out just now, is the one stored with it."),
    )


def ending(row: Certificate, zone: str) -> str:
    """When and why a certificate ended."""
    texts = {
        states.REVOKED: gettext("Withdrawn on %(day)s. %(reason)s"),
        states.SUPERSEDED: gettext("Replaced on %(day)s. %(reason)s"),
    }
    at = on(row.ended_at, zone) if row.ended_at else ""
    return texts[row.state] % {"day": at, "reason": reasons.ended(row.end_reason)}


def broken(number: str, issued_at: datetime, *, kind: str) -> Answer:
    """Stored facts that no longer have their digest are not shown: they may say anything."""
    return Answer(
        number=number,
        good=False,
        heading=gettext("We cannot vouch for this paper"),
        advice=gettext("Our own record of it is damaged. Do not rely on it, and write to us."),
        compare="",
        zone="UTC",
        lines=(),
        checks=(
            known(number, issued_at, "UTC"),
            Check(
                good=False,
                text=gettext("What we have stored is not what was issued"),
                detail=gettext("Its SHA-256 is another one than the one stored with it."),
            ),
        ),
        told=Told(kind, DAMAGED, day_in(issued_at, "UTC")),
    )


def on(at: datetime, zone: str) -> str:
    """The day of an instant in a zone."""
    return day(day_in(at, zone))


def day_in(at: datetime, zone: str) -> date:
    """The date of an instant in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()
