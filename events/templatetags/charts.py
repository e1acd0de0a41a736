"""Charts as SVG: minutes, people and hours along a line, as bars and as columns."""

import math
from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString

from events.templatetags.figures import drawing, mark_of, plain_number

Part = tuple[str, float, float]
Step = tuple[float, int]
# Top edge and height in a bar twelve units high: the room fills it, online is a thin line.
BARS = {"room": (1.5, 9.0), "onl": (4.0, 4.0), "vod": (4.0, 4.0), "fix": (2.5, 7.0)}


def _grid(total: float, step: float, height: float) -> list[SafeString]:
    count = math.ceil(total / step) if step > 0 else 0
    return [
        mark_of("line", {"class": "g", "x1": n * step, "x2": n * step, "y1": 0, "y2": height})
        for n in range(1, count)
    ]


def timeline(total: float, parts: Iterable[Part], label: str, *, step: float = 30) -> SafeString:
    """When one person was there: `parts` are (room, onl, vod or fix; from minute; to minute)."""
    bars = []
    for kind, begin, end in parts:
        left, right = max(0.0, float(begin)), min(float(total), float(end))
        y, height = BARS[kind]
        if right > left:
            bars.append(mark_of("rect", _box(kind, left, y, right - left, height)))
    box = f"0 0 {plain_number(total)} 12"
    marks = [*_grid(total, step, 12), *bars]
    return drawing(box, marks, label=label, style="tl", stretch=True)


def _box(kind: str, x: float, y: float, width: float, height: float) -> dict[str, object]:
    return {"class": kind, "x": x, "y": y, "width": width, "height": height}


def people_present(
    total: float, room: Sequence[Step], online: Sequence[Step], label: str, *, step: float = 30
) -> SafeString:
    """How many were there at each minute: steps of (minute, people), online stacked on the room."""
    minutes = sorted({minute for minute, _ in [*room, *online]})
    both = [(minute, _at(room, minute) + _at(online, minute)) for minute in minutes]
    peak = max((count for _, count in both), default=0) or 1
    areas = [_area("onl", both, total, peak), _area("room", room, total, peak)]
    box = f"0 0 {plain_number(total)} 50"
    marks = [*_grid(total, step, 48), *areas]
    return drawing(box, marks, label=label, style="spark", stretch=True)


def _at(steps: Sequence[Step], minute: float) -> int:
    return next((count for at, count in reversed(steps) if at <= minute), 0)


def _area(kind: str, steps: Sequence[Step], total: float, peak: int) -> SafeString:
    heights = [(minute, 48 - 46 * count / peak) for minute, count in steps]
    line = "".join(f"H{plain_number(minute)}V{plain_number(height)}" for minute, height in heights)
    return mark_of("path", {"class": kind, "d": f"M0 48{line}H{plain_number(total)}V48Z"})


def hbar(parts: Sequence[tuple[str, float]], total: float = 0, label: str = "") -> SafeString:
    """Pieces of a whole side by side; without `total` the pieces fill the bar."""
    whole = float(total or sum(value for _, value in parts) or 1)
    marks, left = [], 0.0
    for kind, value in parts:
        gap = min(whole * 0.004, value)
        marks.append(mark_of("rect", _box(kind, left, 0, value - gap, 10)))
        left += value
    return drawing(f"0 0 {plain_number(whole)} 10", marks, label=label, stretch=True)


def columns(values: Sequence[Sequence[float]], kinds: Sequence[str], top: float) -> SafeString:
    """Stacked columns, first kind at the bottom; `top` is the value at the upper edge."""
    width = 10 * len(values)
    marks = [
        mark_of("line", {"class": "g", "x1": 0, "x2": width, "y1": y, "y2": y})
        for y in range(0, 101, 25)
    ]
    for place, stack in enumerate(values):
        floor = 100.0
        for kind, value in zip(kinds, stack, strict=True):
            height = 100 * value / top
            floor -= height
            box = _box(kind, place * 10 + 1.8, floor, 6.4, max(height - 0.5, 0.0))
            marks.append(mark_of("rect", box))
    return drawing(f"0 0 {width} 100", marks, stretch=True)


def rounded_top(highest: float) -> float:
    """The next round number that four equal steps divide well, such as 8, 12, 20, 80 or 120."""
    if highest <= 0:
        return 4
    size = 10.0 ** math.floor(math.log10(highest))
    return next(
        (size * step for step in (1, 1.2, 1.6, 2, 4, 6, 8) if size * step >= highest), size * 10
    )


def strip(total: float, slots: Iterable[tuple[str, float, float]], label: str) -> SafeString:
    """The shape of an evening: slots as (class b, n, t, h, o or nothing; from; to) in minutes."""
    marks = [
        mark_of("rect", _box(kind, begin + 0.3, 0.5, max(end - begin - 0.6, 0.1), 9))
        for kind, begin, end in slots
    ]
    return drawing(f"0 0 {plain_number(total)} 10", marks, label=label, style="strip", stretch=True)
