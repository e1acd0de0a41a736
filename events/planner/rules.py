"""Which time to suggest, and which clock times do not exist."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from events.availability.rules import Calendars, Tally
from events.kernel.spans import Span
from events.kernel.words import Reason
from events.kernel.zones import instant, wall, zone

FIRST_AFTER = timedelta(days=8)
WEEKS = 8
SCHOOL_DAYS = 5
AFTERNOON = time(16, 30)
MORNING = time(9, 0)
LONG_IN_ROOM = 180
THURSDAY = 3
SKIPPED, DOUBLED = "clock_skipped", "clock_doubled"


@dataclass(frozen=True)
class Pattern:
    """The weekday (Monday is 0) and time events of a kind have; `known` from an earlier one."""

    weekday: int
    start: time
    known: bool


@dataclass(frozen=True)
class Busy:
    """Something else of the same cluster."""

    span: Span
    title: str


@dataclass(frozen=True)
class Proposal:
    """A start on the wall clock, and why; `tally` only where calendars are asked."""

    starts: datetime
    ends: datetime
    reasons: tuple[Reason, ...]
    tally: Tally | None = None

    @property
    def value(self) -> str:
        """The start as forms carry it."""
        return self.starts.isoformat(timespec="minutes")


@dataclass(frozen=True)
class Setting:
    """What a proposal is judged by: length in minutes, the cluster's events, its people's places.

    `calendars` is what is known of their busy times; None where nobody agreed to be asked about.
    """

    zone: str
    minutes: int
    today: date
    busy: Sequence[Busy]
    engaged: Sequence[Span]
    people: int
    calendars: Calendars | None = None


def usual(mode: str, minutes: int) -> Pattern:
    """Without an earlier event: long ones in a room in the morning, others after lessons."""
    long = mode == "room" and minutes >= LONG_IN_ROOM
    return Pattern(THURSDAY, MORNING if long else AFTERNOON, known=False)


def propose(pattern: Pattern, setting: Setting) -> list[Proposal]:
    """Two free times at least eight days ahead: the usual weekday, and another one.

    Where calendars say that fewer people are busy at some other time, that one is the third.

    Times at which the cluster has another event are passed over, and the first one passed over is
    named. Fewer than two come back when eight weeks hold no free time.
    """
    other = Pattern((pattern.weekday + SCHOOL_DAYS - 2) % SCHOOL_DAYS, pattern.start, known=False)
    named = Reason("as_last") if pattern.known else Reason("usual")
    tried = [_first(pattern, setting, named), _first(other, setting, Reason("other_day"))]
    found = [item for item in tried if item]
    if freest := _freest(pattern, setting, found):
        found.append(freest)
    return sorted(found, key=lambda item: item.starts)


def _freest(pattern: Pattern, setting: Setting, found: Sequence[Proposal]) -> Proposal | None:
    """The time of any school day that suits more people than those found, by their calendars."""
    if setting.calendars is None:
        return None
    days = [Pattern(day, pattern.start, known=False) for day in range(SCHOOL_DAYS)]
    ranks = {
        starts: setting.calendars.tally(_span(starts, setting)).rank
        for day in days for starts in _candidates(day, setting)
        if not any(one.span.overlaps(_span(starts, setting)) for one in setting.busy)
    }  # fmt: skip
    best = min(ranks, key=lambda starts: (ranks[starts], starts), default=None)
    if best is None or any(ranks[one.starts] <= ranks[best] for one in found):
        return None
    return _proposal(best, (Reason("freest"),), setting)


def _proposal(starts: datetime, why: Sequence[Reason], setting: Setting) -> Proposal:
    reasons = (*why, *_company(starts, _span(starts, setting), setting))
    tally = setting.calendars.tally(_span(starts, setting)) if setting.calendars else None
    return Proposal(starts, starts + timedelta(minutes=setting.minutes), reasons, tally)


def _first(pattern: Pattern, setting: Setting, why: Reason) -> Proposal | None:
    passed: Reason | None = None
    for starts in _candidates(pattern, setting):
        span = _span(starts, setting)
        clash = next((item for item in setting.busy if item.span.overlaps(span)), None)
        if clash is None:
            return _proposal(starts, [why, *([passed] if passed else [])], setting)
        passed = passed or Reason("passed_over", {"day": starts.date(), "title": clash.title})
    return None


def _candidates(pattern: Pattern, setting: Setting) -> Iterator[datetime]:
    first = setting.today + FIRST_AFTER
    first += timedelta(days=(pattern.weekday - first.weekday()) % 7)
    for week in range(WEEKS):
        starts = datetime.combine(first + timedelta(weeks=week), pattern.start)
        if not clock_fault(starts, setting.zone):
            yield starts


def _span(starts: datetime, setting: Setting) -> Span:
    begin = instant(starts, setting.zone)
    return Span(begin, begin + timedelta(minutes=setting.minutes))


def _company(starts: datetime, span: Span, setting: Setting) -> list[Reason]:
    same_day = [
        item for item in setting.busy if wall(item.span.start, setting.zone).date() == starts.date()
    ]
    day = Reason("same_day", {"title": same_day[0].title}) if same_day else Reason("day_free")
    away = sum(item.overlaps(span) for item in setting.engaged)
    if not away:
        return [day]
    return [day, Reason("people_away", {"away": away, "people": setting.people})]


def clock_fault(starts: datetime, zone_name: str) -> str:
    """SKIPPED for a wall-clock time the spring change leaves out, DOUBLED for an autumn one, or ""."""
    if wall(instant(starts, zone_name), zone_name) != starts:
        return SKIPPED
    there = zone(zone_name)
    early, late = (starts.replace(tzinfo=there, fold=fold).utcoffset() for fold in (0, 1))
    return DOUBLED if early != late else ""
