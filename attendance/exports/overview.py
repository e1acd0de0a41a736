"""A term as its ministry sees it: figures, what is ready for the file, what is not and why."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attendance.certificates import queries as certificates
from attendance.certificates import states
from attendance.exports import lines
from attendance.presence import queries as presence
from attendance.recognition import queries as recognition
from events.kernel.words import Words
from events.programme import queries as programme

if TYPE_CHECKING:
    from attendance.certificates.models import Certificate
    from events.networks.models import Term

MOST = 200_000
DRAWN = ("room", "hyb", "onl", "vod")


@dataclass(frozen=True)
class Share:
    """Certificates and hours of one kind of event, or of one way to take part."""

    code: str
    names: Words
    certificates: int
    hours: Decimal

    @property
    def shown(self) -> float:
        """The hours without trailing zeros."""
        return float(self.hours)


@dataclass(frozen=True)
class Step:
    """One step from being there to a line in the file."""

    code: str
    count: int


@dataclass(frozen=True)
class NotReady:
    """Lines that lack something, by what they lack and who can mend it."""

    missing: str
    owner: str
    count: int


@dataclass(frozen=True)
class Overview:
    """One term at an instant."""

    certificates: int
    people: int
    events: int
    hours: Decimal
    days: int | None
    kinds: tuple[Share, ...]
    ways: tuple[Share, ...]
    weeks: tuple[tuple[datetime, tuple[int, ...]], ...]
    funnel: tuple[Step, ...]
    ready: int
    not_ready: tuple[NotReady, ...]

    @property
    def shown(self) -> float:
        """The hours without trailing zeros."""
        return float(self.hours)

    @property
    def ended(self) -> int:
        """How many of the ready lines tell of certificates that were withdrawn or replaced."""
        return self.ready - next(step.count for step in self.funnel if step.code == "ready")

    @property
    def waiting(self) -> int:
        """How many lines are not ready."""
        return sum(item.count for item in self.not_ready)


def overview(term: "Term", *, at: datetime) -> Overview:
    """The term as it would be frozen now; lines of ended certificates are counted for the file only."""
    rows = certificates.of_term(
        country=term.country.code, zone=term.country.zone, starts_on=term.starts_on,
        ends_on=term.ends_on, as_of=at, after=0, limit=MOST,
    )  # fmt: skip
    held = [row for row in rows if row.state == states.ISSUED]
    outlines = programme.outlines(sorted({row.event_id for row in held}))
    awards = recognition.awards_of([row.pk for row in held])
    hours = {row.pk: awards[row.pk].hours if row.pk in awards else Decimal(0) for row in held}
    missing = lines.missing_of(rows, country=term.country.code)
    ready = sum(not item.missing for item in missing.values())
    return Overview(
        certificates=len(held),
        people=len({row.person_id for row in held}),
        events=len(outlines),
        hours=sum(hours.values(), Decimal(0)),
        days=_middle([(row.issued_at - outlines[row.event_id].ends_at).days for row in held]),
        kinds=_kinds(held, outlines, hours),
        ways=_ways(held, hours),
        weeks=_weeks(held, outlines),
        funnel=_funnel(term, held, missing),
        ready=ready,
        not_ready=_not_ready(missing),
    )


def _middle(days: list[int]) -> int | None:
    return sorted(days)[len(days) // 2] if days else None


def _kinds(
    held: list["Certificate"], outlines: dict[int, programme.Outline], hours: dict[int, Decimal]
) -> tuple[Share, ...]:
    found: dict[str, list[Certificate]] = {}
    for row in held:
        found.setdefault(outlines[row.event_id].kind, []).append(row)
    shares = [
        Share(
            code, outlines[rows[0].event_id].kind_names, len(rows),
            sum((hours[row.pk] for row in rows), Decimal(0)),
        )
        for code, rows in found.items()
    ]  # fmt: skip
    return tuple(sorted(shares, key=lambda share: (-share.certificates, share.code)))


def _ways(held: list["Certificate"], hours: dict[int, Decimal]) -> tuple[Share, ...]:
    rows = [(way_of(row), hours[row.pk]) for row in held]
    return tuple(
        Share(
            code, {}, sum(way == code for way, _ in rows),
            sum((value for way, value in rows if way == code), Decimal(0)),
        )
        for code in DRAWN
        if any(way == code for way, _ in rows)
    )  # fmt: skip


def way_of(row: "Certificate") -> str:
    """How somebody took part, by the modes stored on the certificate: a class of the figures."""
    one = {("in_person",): "room", ("online",): "onl", ("recorded",): "vod"}
    return one.get(tuple(row.facts["modes"]), "hyb")


def _weeks(
    held: list["Certificate"], outlines: dict[int, programme.Outline]
) -> tuple[tuple[datetime, tuple[int, ...]], ...]:
    counted: Counter[tuple[tuple[int, int], str]] = Counter()
    first: dict[tuple[int, int], datetime] = {}
    for row in held:
        outline = outlines[row.event_id]
        local = outline.starts_at.astimezone(ZoneInfo(outline.zone))
        week = local.isocalendar()[:2]
        first[week] = min(first.get(week, local), local)
        counted[week, way_of(row)] += 1
    return tuple(
        (first[week], tuple(counted[week, way] for way in DRAWN)) for week in sorted(first)
    )


def _funnel(
    term: "Term", held: list["Certificate"], missing: dict[int, lines.Missing]
) -> tuple[Step, ...]:
    turnout = presence.turnout(
        certificates.events_of_term(
            country_id=term.country_id, zone=term.country.zone, starts_on=term.starts_on,
            ends_on=term.ends_on,
        )
    )  # fmt: skip
    ready = sum(not missing[row.pk].missing for row in held)
    counts = {
        "attended": turnout.attended, "met": turnout.met, "certificate": len(held), "ready": ready
    }  # fmt: skip
    return tuple(Step(code, count) for code, count in counts.items())


def _not_ready(missing: dict[int, lines.Missing]) -> tuple[NotReady, ...]:
    counted = Counter((item.missing, item.owner) for item in missing.values() if item.missing)
    found = [NotReady("+".join(what), owner, count) for (what, owner), count in counted.items()]
    return tuple(sorted(found, key=lambda item: (-item.count, item.owner, item.missing)))
