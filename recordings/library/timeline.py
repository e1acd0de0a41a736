"""Three clocks of a recording, in whole milliseconds, and the way from one to the other.

*Player* time is what the file shows. *Source* time is the file as it first arrived; cutting makes
player time shorter, never source time, so what somebody watched keeps its meaning. *Event* time is
the instant (milliseconds since 1970, UTC) at which it happened. Spans are half-open.
"""

from collections.abc import Iterable, Sequence

Pair = tuple[int, int]
# From a source time on, the instant at which that moment was recorded.
Piece = tuple[int, int]


def kept(duration: int, cuts: Iterable[Pair]) -> list[Pair]:
    """The stretches of source time that are left of `duration` after the cuts."""
    left: list[Pair] = []
    at = 0
    for start, end in sorted(cuts):
        if start > at:
            left.append((at, min(start, duration)))
        at = max(at, end)
    if at < duration:
        left.append((at, duration))
    return [(start, end) for start, end in left if start < end]


def merged(spans: Iterable[Pair]) -> list[Pair]:
    """The same spans in order, those that touch or overlap as one; empty ones left out."""
    found: list[Pair] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def to_source(spans: Iterable[Pair], left: Sequence[Pair]) -> list[Pair]:
    """Spans of player time as spans of source time; a span over a cut becomes two."""
    found = []
    for start, end in spans:
        before = 0
        for first, last in left:
            low, high = max(start, before), min(end, before + last - first)
            if low < high:
                found.append((first + low - before, first + high - before))
            before += last - first
    return found


def to_player(spans: Iterable[Pair], left: Sequence[Pair]) -> list[Pair]:
    """Spans of source time as spans of player time; what was cut out is left out."""
    found = []
    for start, end in spans:
        before = 0
        for first, last in left:
            low, high = max(start, first), min(end, last)
            if low < high:
                found.append((before + low - first, before + high - first))
            before += last - first
    return found


def holds(left: Iterable[Pair], moment: int) -> bool:
    """Whether the shown file still holds a moment of source time."""
    return any(start <= moment < end for start, end in left)


def to_event(spans: Iterable[Pair], pieces: Sequence[Piece]) -> list[Pair]:
    """Spans of source time as instants; a span over a pause of the recorder becomes two.

    What lies before the first piece was recorded at a time nobody knows, and is left out.
    """
    found = []
    ends = [piece[0] for piece in pieces[1:]]
    for start, end in spans:
        for number, (first, instant) in enumerate(pieces):
            low = max(start, first)
            high = min(end, ends[number]) if number < len(ends) else end
            if low < high:
                found.append((instant + low - first, instant + high - first))
    return found


def from_event(spans: Iterable[Pair], pieces: Sequence[Piece], duration: int) -> list[Pair]:
    """Spans of instants as spans of source time; what was not recorded is left out."""
    found = []
    ends = [*(piece[0] for piece in pieces[1:]), duration]
    for start, end in spans:
        for (first, instant), last in zip(pieces, ends, strict=True):
            low, high = max(start, instant), min(end, instant + last - first)
            if low < high:
                found.append((first + low - instant, first + high - instant))
    return found


def written(ms: int) -> str:
    """A time as people read it beside a player: "06:12", "1:02:03"."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
