"""Spans of time as lines of milliseconds since 1970 UTC; the arithmetic is `events.kernel.lines`."""

from collections.abc import Iterable
from itertools import pairwise

from events.kernel.lines import Line, Pair, as_ms, clip, intersect, length, subtract, take, union

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

MINUTE_MS = 60_000


def short_gaps(spans: Iterable[Pair], *, longest: int) -> Line:
    """The pauses between spans that last at most `longest` milliseconds."""
    line = union(spans)
    pauses = ((one[1], two[0]) for one, two in pairwise(line))
    return tuple(pause for pause in pauses if pause[1] - pause[0] <= longest)
