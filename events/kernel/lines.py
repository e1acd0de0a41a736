"""Arithmetic of half-open spans [start, end) of whole numbers: milliseconds of any clock.

A *line* is a sorted tuple of disjoint, non-touching, non-empty spans. Every function of spans here
returns a line and accepts spans in any order, so the order in which evidence arrives cannot matter.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

Pair = tuple[int, int]
Line = tuple[Pair, ...]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def union(spans: Iterable[Pair]) -> Line:
    """The time covered by any span; empty and reversed spans cover nothing."""
    merged: list[Pair] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def intersect(left: Iterable[Pair], right: Iterable[Pair]) -> Line:
    """The time covered by both."""
    ours, theirs = union(left), union(right)
    common: list[Pair] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        start, end = max(ours[i][0], theirs[j][0]), min(ours[i][1], theirs[j][1])
        if start < end:
            common.append((start, end))
        if ours[i][1] < theirs[j][1]:
            i += 1
        else:
            j += 1
    return tuple(common)


def subtract(left: Iterable[Pair], right: Iterable[Pair]) -> Line:
    """The time covered by the left side and not by the right one."""
    ours = union(left)
    if not ours:
        return ()
    return intersect(ours, _complement(union(right), ours[0][0], ours[-1][1]))


def clip(spans: Iterable[Pair], *, start: int, end: int) -> Line:
    """What of the spans lies inside [start, end)."""
    return intersect(spans, ((start, end),))


def take(spans: Iterable[Pair], *, at_most: int) -> Line:
    """The first `at_most` milliseconds of the spans, the last one cut where the sum is reached."""
    taken: list[Pair] = []
    left = at_most
    for start, end in union(spans):
        if left <= 0:
            break
        taken.append((start, min(end, start + left)))
        left -= end - start
    return tuple(taken)


def length(spans: Iterable[Pair]) -> int:
    """Milliseconds covered."""
    return sum(end - start for start, end in union(spans))


def as_ms(instant: int | datetime) -> int:
    """Milliseconds since 1970 UTC, rounded down; a datetime without a zone is a ValueError."""
    if isinstance(instant, int):
        return instant
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def _complement(line: Line, start: int, end: int) -> Line:
    edges = [start, *(edge for span in line for edge in span), end]
    return union(zip(edges[::2], edges[1::2], strict=True))
