"""Who is free, who is busy and of whom nobody knows; and for how long an answer holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from events.kernel.spans import Span

# What people say yes to. A change of its meaning raises it, and every earlier yes ends.
VERSION = 1
FRESH = timedelta(hours=24)  # older answers say nothing
KEPT = timedelta(days=14)
AHEAD = timedelta(weeks=11)
ASKED_AGAIN = timedelta(hours=1)  # while somebody plans
ROUND = timedelta(hours=12)  # by itself, for calendars that somebody planned with
REMEMBERED = timedelta(days=14)  # how long after the planning
PATIENCE = timedelta(minutes=10)  # after that a question counts as lost

State = Literal["free", "busy", "unknown"]


@dataclass(frozen=True)
class Told:
    """What one calendar told of one person: busy spans within `within`, at `at`."""

    within: Span
    at: datetime
    busy: Sequence[Span]


@dataclass(frozen=True)
class Tally:
    """How many people are free, busy, and unknown at a time."""

    free: int
    busy: int
    unknown: int

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better: fewer busy people first, then more free ones."""
        return self.busy, -self.free


def state(told: Iterable[Told | None], span: Span, *, at: datetime) -> State:
    """What is known of one person, from every calendar the person said yes to.

    Busy if any fresh answer says so. Free only if there is one at all, each is fresh and each covers
    the whole span: whatever is missing or old is unknown, never free. Of a time that has begun
    nothing is said, since what has passed is deleted.
    """
    answers = list(told) if span.start >= at else []
    fresh = [one for one in answers if one is not None and one.at <= at < one.at + FRESH]
    if any(busy.overlaps(span) for one in fresh for busy in one.busy):
        return "busy"
    covering = [
        one for one in fresh if one.within.start <= span.start and span.end <= one.within.end
    ]
    return "free" if answers and len(covering) == len(answers) else "unknown"


@dataclass(frozen=True)
class Calendars:
    """What is known of a group of `people` (a number); `told` has those of them who said yes.

    `asked` says that an answer is still awaited.
    """

    people: int
    told: Mapping[int, Sequence[Told | None]]
    at: datetime
    asked: bool = False

    def tally(self, span: Span) -> Tally:
        """The group at a time; who said no yes is unknown."""
        states = [state(told, span, at=self.at) for told in self.told.values()]
        free, busy = states.count("free"), states.count("busy")
        return Tally(free, busy, self.people - free - busy)


def joined(spans: Iterable[tuple[datetime, datetime]], within: Span) -> list[Span]:
    """Busy spans in order, cut to `within`, those that touch as one, empty ones left out."""
    found: list[Span] = []
    for starts_at, ends_at in sorted(spans):
        start, end = max(starts_at, within.start), min(ends_at, within.end)
        if end <= start:
            continue
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(start, end))
    return found
