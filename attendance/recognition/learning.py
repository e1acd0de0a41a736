"""What one person sees of the own hours: the account, what falls short, what still waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from attendance.certificates import queries as certificates
from attendance.certificates import states
from attendance.certificates.facts import CertificateFacts
from attendance.certificates.wording import certificate, reasons, shortfalls
from attendance.presence import queries as presence
from attendance.recognition import queries
from events.programme import queries as programme
from events.registration import queries as registration
from events.templatetags.numbers import number

if TYPE_CHECKING:
    from attendance.certificates.models import Certificate
    from attendance.presence.models import VerdictRow
    from attendance.recognition.models import Entry

YEAR_BEGINS = 9
# How a set of modes is drawn: the classes of the figures.
DRAWN = {
    frozenset({"in_person"}): "room",
    frozenset({"online"}): "onl",
    frozenset({"recorded"}): "vod",
}
BOTH = "hyb"


@dataclass(frozen=True)
class Line:
    """One line of the ledger, or an event that earned nothing or still waits."""

    on: date
    slug: str
    title: str
    language: str
    how: str
    hours: Decimal | None
    status: str
    tone: str
    number: str = ""

    @property
    def shown(self) -> float:
        """The hours without trailing zeros; steps of a quarter are exact."""
        return float(self.hours or 0)


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included; `year` is that of its beginning, 0 for all."""

    year: int
    first: date
    last: date

    @property
    def name(self) -> str:
        """As in "2026/27"."""
        return f"{self.year}/{(self.year + 1) % 100:02}"


@dataclass(frozen=True)
class Account:
    """Everything the page shows, in a period."""

    hours: Decimal
    minutes: int
    bar: tuple[tuple[str, float], ...]
    lines: tuple[Line, ...]
    certificates: tuple["Certificate", ...]

    @property
    def shown(self) -> float:
        """The hours without trailing zeros."""
        return float(self.hours)


def periods(person_id: int, *, today: date) -> list[Period]:
    """School years (September to August) in which the ledger has entries, newest first."""
    years = {_year(entry.occurred_on) for entry in queries.ledger(person_id)} | {_year(today)}
    return [_school_year(year) for year in sorted(years, reverse=True)]


def everything(person_id: int, *, today: date) -> Period:
    """From the first entry until today."""
    days = [entry.occurred_on for entry in queries.ledger(person_id)]
    return Period(0, min([*days, today]), max([*days, today]))


def _year(on: date) -> int:
    return on.year if on.month >= YEAR_BEGINS else on.year - 1


def _school_year(year: int) -> Period:
    return Period(year, date(year, YEAR_BEGINS, 1), date(year + 1, YEAR_BEGINS - 1, 31))


def account(person_id: int, period: Period, *, at: datetime) -> Account:
    """A person's hours in a period, every line explained."""
    entries = [
        entry
        for entry in queries.ledger(person_id)
        if period.first <= entry.occurred_on <= period.last
    ]
    papers = certificates.of_person(person_id)
    verdicts = presence.verdicts_of(person_id)
    waiting = _waiting_events(person_id, {row.event_id for row in verdicts}, at=at)
    outlines = programme.outlines(
        [*(row.event_id for row in papers), *(row.event_id for row in verdicts), *waiting]
    )
    lines = [_posted(entry, outlines) for entry in entries]
    lines += [_short(row, outlines[row.event_id]) for row in verdicts if row.status == "partial"]
    lines += [_review(row, outlines[row.event_id]) for row in verdicts if row.status == "review"]
    lines += [_waits(outlines[event_id]) for event_id in waiting]
    return Account(
        hours=sum((entry.hours for entry in entries), Decimal(0)),
        minutes=sum(entry.minutes for entry in entries),
        bar=_bar(entries),
        lines=tuple(
            sorted(
                (line for line in lines if period.first <= line.on <= period.last),
                key=lambda line: line.on,
                reverse=True,
            )
        ),
        certificates=tuple(row for row in papers if row.state == states.ISSUED),
    )


def _posted(entry: "Entry", outlines: Mapping[int, programme.Outline]) -> Line:
    record = certificates.record_of(entry.certificate)
    taken_back = entry.hours <= 0 and entry.minutes < 0
    ended = entry.certificate.end_reason
    return Line(
        on=entry.occurred_on,
        slug=outlines[entry.certificate.event_id].slug,
        title=record.title,
        language=record.title_language,
        how=reasons.ended(ended) if taken_back and ended else _counted(entry, record),
        hours=entry.hours,
        status=gettext("Taken back") if taken_back else gettext("Credited"),
        tone="bad" if taken_back else "ok",
        number=entry.certificate.number,
    )


def _counted(entry: "Entry", record: CertificateFacts) -> str:
    how = {"how": certificate.minutes(record)}
    texts = {
        "too_short": gettext("%(how)s; the scheme counts from %(minutes)s minutes"),
        "counted": gettext(
            "%(how)s; 1 hour = %(unit)s minutes, rounded down to steps of %(step)s h"
        ),
    }
    for code, values in entry.reasons:
        if code in texts:
            step = {"step": number(float(str(values["step"])))} if "step" in values else {}
            return str(texts[code] % {**values, **step, **how})
    return how["how"]


def _short(row: "VerdictRow", outline: programme.Outline) -> Line:
    said = shortfalls.sentences(row.reasons)
    return Line(
        on=_day(outline), slug=outline.slug, title=outline.title, language=outline.language,
        how=_minutes(row), hours=None, status=said[0] if said else gettext("Too short"),
        tone="warn",
    )  # fmt: skip


def _review(row: "VerdictRow", outline: programme.Outline) -> Line:
    return Line(
        on=_day(outline), slug=outline.slug, title=outline.title, language=outline.language,
        how=_minutes(row), hours=None, status=gettext("The organiser looks at it"), tone="info",
    )  # fmt: skip


def _minutes(row: "VerdictRow") -> str:
    text = gettext("%(counted)s of %(planned)s minutes")
    return text % {"counted": row.minutes_counted, "planned": row.minutes_planned}


def _waits(outline: programme.Outline) -> Line:
    return Line(
        on=_day(outline), slug=outline.slug, title=outline.title, language=outline.language,
        how=gettext("The organiser has not closed the attendance yet."), hours=None,
        status=gettext("Waiting for the organiser"), tone="info",
    )  # fmt: skip


def _day(outline: programme.Outline) -> date:
    return outline.starts_at.astimezone(ZoneInfo(outline.zone)).date()


def _waiting_events(person_id: int, judged: set[int], *, at: datetime) -> list[int]:
    """Events that are over, with a place, and without a verdict."""
    rows = registration.of_person(person_id)
    return [
        row.event_id
        for row in rows
        if row.state == "registered"
        and row.event_id not in judged
        and row.event.ends_at <= at
        and row.event.state == "published"
    ]


def _bar(entries: Iterable["Entry"]) -> tuple[tuple[str, float], ...]:
    """Hours by how one took part, as stored on the certificates; counter-entries included."""
    sums: dict[str, Decimal] = {
        "room": Decimal(0),
        BOTH: Decimal(0),
        "onl": Decimal(0),
        "vod": Decimal(0),
    }
    for entry in entries:
        kind = DRAWN.get(frozenset(entry.certificate.facts["modes"]), BOTH)
        sums[kind] += entry.hours
    return tuple((kind, float(hours)) for kind, hours in sums.items() if hours > 0)
