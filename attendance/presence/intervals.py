"""Spans of time as lines of milliseconds since 1970 UTC; the arithmetic is `events.kernel.lines`."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from events.kernel.lines import Line, Pair, clip, intersect, length, subtract, take, union

__all__ = [
    "MINUTE_MS",
    "Line",
    "Pair",
    "as_ms",
    "clip",
    "intersect",
    "length",
    "short_gaps",
    "subtract",
    "take",
    "union",
]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE_MS = 60_000


def as_ms(instant: int | datetime) -> int:
    """Milliseconds since 1970 UTC, rounded down; a datetime without a zone is a ValueError."""
    if isinstance(instant, int):
        return instant
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def short_gaps(spans: Iterable[Pair], *, longest: int) -> Line:
    """The pauses between spans that last at most `longest` milliseconds."""
    line = union(spans)
    pauses = ((one[1], two[0]) for one, two in pairwise(line))
    return tuple(pause for pause in pauses if pause[1] - pause[0] <= longest)
