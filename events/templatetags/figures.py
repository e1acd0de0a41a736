"""Figures as SVG: marks only, so that words stay HTML and never shrink on a phone.

Widths are data units (minutes, people, hours); classes carry the colours, so no figure needs an
inline style. A figure with a label is an image to screen readers; one without is decoration.
"""

import math
from collections.abc import Iterable, Sequence

import segno
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.templatetags.icons import ICONS

Part = tuple[str, float, float]
Step = tuple[float, int]

MODE_MARKS = {
    "room": '<circle class="f" cx="6" cy="6" r="5.3"/>',
    "online": '<circle cx="6" cy="6" r="4.6"/>',
    "hybrid": '<circle cx="6" cy="6" r="4.6"/><path class="f" d="M6 1.4a4.6 4.6 0 0 0 0 9.2z"/>',
    "recording": '<path class="f" d="M3 1.5v9L10.5 6z"/>',
}
# Top edge and height in a bar twelve units high: the room fills it, online is a thin line.
BARS = {"room": (1.5, 9.0), "onl": (4.0, 4.0), "vod": (4.0, 4.0), "fix": (2.5, 7.0)}
HIGHEST_LEVEL = 4
FOUR = 4


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _mark(tag: str, attributes: dict[str, object]) -> SafeString:
    plain = {
        name: _n(value) if isinstance(value, float) else value for name, value in attributes.items()
    }
    return format_html("<{}{}/>", tag, flatatt(plain))


def _join(marks: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((mark,) for mark in marks))


def drawing(
    box: str, marks: Iterable[str], *, label: str = "", style: str = "", stretch: bool = False
) -> SafeString:
    """An SVG of safe marks; `box` is the viewBox, `stretch` fills the width it is given."""
    attributes: dict[str, object] = {"class": style or None, "viewBox": box}
    if stretch:
        attributes["preserveAspectRatio"] = "none"
    attributes |= {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    shown = {name: value for name, value in attributes.items() if value is not None}
    return format_html("<svg{}>{}</svg>", flatatt(shown), _join(marks))


def icon(name: str, label: str = "") -> SafeString:
    """One of ICONS; raises KeyError for a name that was never drawn."""
    return drawing("0 0 24 24", [SafeString(ICONS[name])], label=label, style="i")


def mode_mark(code: str) -> SafeString:
    """Circle full, empty, half or triangle: room, online, hybrid, recording."""
    return drawing("0 0 12 12", [SafeString(MODE_MARKS[code])])


def _around(count: int) -> list[tuple[float, float]]:
    if count == FOUR:
        return [(4.2, 4.2), (19.8, 4.2), (4.2, 19.8), (19.8, 19.8)]
    first = math.pi if count == FOUR // 2 else -math.pi / 2
    turns = [first + 2 * math.pi * place / count for place in range(count)]
    return [(12 + 8.9 * math.cos(turn), 12 + 8.9 * math.sin(turn)) for turn in turns]


def five(
    levels: Sequence[int], label: str = "", *, size: str = "", names: Sequence[str] = ()
) -> SafeString:
    """One centre and the schools around it, darker for more.

    `levels` holds steps 0 (hollow) to 4, the mentor school first; with four others it is the five
    dots of the logo. `names` become tooltips in the same order.
    """
    places = _around(len(levels) - 1)
    radius = min(3.1, 7.1 * math.sin(math.pi / len(places))) if len(places) > 1 else 3.1
    lines = [_mark("line", {"x1": 12, "y1": 12, "x2": x, "y2": y}) for x, y in places]
    spots = [(12.0, 12.0, 4.4), *((x, y, radius) for x, y in places)]
    dots = [
        _dot(spot, level, names[place] if place < len(names) else "")
        for place, (spot, level) in enumerate(zip(spots, levels, strict=False))
    ]
    style = f"q5 {size}".strip()
    return drawing("0 0 24 24", [*lines, *dots], label=label, style=style)


def _dot(spot: tuple[float, float, float], level: int, name: str) -> SafeString:
    x, y, radius = (_n(value) for value in spot)
    step = max(0, min(HIGHEST_LEVEL, int(level)))
    title = format_html("<title>{}</title>", name) if name else ""
    return format_html(
        '<circle class="v{}" cx="{}" cy="{}" r="{}">{}</circle>', step, x, y, radius, title
    )


def _grid(total: float, step: float, height: float) -> list[SafeString]:
    count = math.ceil(total / step) if step > 0 else 0
    return [
        _mark("line", {"class": "g", "x1": n * step, "x2": n * step, "y1": 0, "y2": height})
        for n in range(1, count)
    ]


def timeline(total: float, parts: Iterable[Part], label: str, *, step: float = 30) -> SafeString:
    """When one person was there: `parts` are (room, onl, vod or fix; from minute; to minute)."""
    bars = []
    for kind, begin, end in parts:
        left, right = max(0.0, float(begin)), min(float(total), float(end))
        y, height = BARS[kind]
        if right > left:
            bars.append(_mark("rect", _box(kind, left, y, right - left, height)))
    box = f"0 0 {_n(total)} 12"
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
    box = f"0 0 {_n(total)} 50"
    marks = [*_grid(total, step, 48), *areas]
    return drawing(box, marks, label=label, style="spark", stretch=True)


def _at(steps: Sequence[Step], minute: float) -> int:
    return next((count for at, count in reversed(steps) if at <= minute), 0)


def _area(kind: str, steps: Sequence[Step], total: float, peak: int) -> SafeString:
    heights = [(minute, 48 - 46 * count / peak) for minute, count in steps]
    line = "".join(f"H{_n(minute)}V{_n(height)}" for minute, height in heights)
    return _mark("path", {"class": kind, "d": f"M0 48{line}H{_n(total)}V48Z"})


def hbar(parts: Sequence[tuple[str, float]], total: float = 0, label: str = "") -> SafeString:
    """Pieces of a whole side by side; without `total` the pieces fill the bar."""
    whole = float(total or sum(value for _, value in parts) or 1)
    marks, left = [], 0.0
    for kind, value in parts:
        gap = min(whole * 0.004, value)
        marks.append(_mark("rect", _box(kind, left, 0, value - gap, 10)))
        left += value
    return drawing(f"0 0 {_n(whole)} 10", marks, label=label, stretch=True)


def columns(values: Sequence[Sequence[float]], kinds: Sequence[str], top: float) -> SafeString:
    """Stacked columns, first kind at the bottom; `top` is the value at the upper edge."""
    width = 10 * len(values)
    marks = [
        _mark("line", {"class": "g", "x1": 0, "x2": width, "y1": y, "y2": y})
        for y in range(0, 101, 25)
    ]
    for place, stack in enumerate(values):
        floor = 100.0
        for kind, value in zip(kinds, stack, strict=True):
            height = 100 * value / top
            floor -= height
            box = _box(kind, place * 10 + 1.8, floor, 6.4, max(height - 0.5, 0.0))
            marks.append(_mark("rect", box))
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
        _mark("rect", _box(kind, begin + 0.3, 0.5, max(end - begin - 0.6, 0.1), 9))
        for kind, begin, end in slots
    ]
    return drawing(f"0 0 {_n(total)} 10", marks, label=label, style="strip", stretch=True)


def qr(text: str, label: str, *, style: str = "qrcode") -> SafeString:
    """A QR code (ISO/IEC 18004, error level M) of `text`, dark on white in every theme."""
    code = segno.make(text, error="m", micro=False)
    rows = enumerate(code.matrix)
    runs = "".join(f"M{x} {y}h1v1h-1z" for y, row in rows for x, bit in enumerate(row) if bit)
    side = len(code.matrix)
    marks = [_mark("path", {"fill": "#1c2530", "d": runs})]
    return drawing(f"0 0 {side} {side}", marks, label=label, style=style)
