"""From joins and leaves to spans, the same for all services that tell of them one by one."""

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime

Span = tuple[datetime, datetime]


def pair(joins: Iterable[datetime], leaves: Iterable[datetime], *, end: datetime) -> Sequence[Span]:
    """Spans of one session of one person.

    A join belongs to the first leave after it. One with no leave before the next join was never
    left: it goes on to that join, the last one to `end`. A leave without a join says nothing.
    """
    left = deque(sorted(leaves))
    starts = sorted(joined for joined in joins if joined <= end)
    spans = []
    for joined, following in zip(starts, [*starts[1:], end], strict=False):
        while left and left[0] < joined:
            left.popleft()
        ends = left.popleft() if left and left[0] <= following else following
        if ends > joined:
            spans.append((joined, ends))
    return spans
