"""Figures as SVG: marks only, so that words stay HTML and never shrink on a phone.

Widths are data units (minutes, people, hours); classes carry the colours, so no figure needs an
inline style. A figure with a label is an image to screen readers; one without is decoration.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import segno
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.templatetags.icons import ICONS

MODE_MARKS = {
    "room": '<circle class="f" cx="6" cy="6" r="5.3"/>',
    "online": '<circle cx="6" cy="6" r="4.6"/>',
    "hybrid": '<circle cx="6" cy="6" r="4.6"/><path class="f" d="M6 1.4a4.6 4.6 0 0 0 0 9.2z"/>',
    "recording": '<path class="f" d="M3 1.5v9L10.5 6z"/>',
}
HIGHEST_LEVEL = 4
FOUR = 4


def plain_number(value: float) -> str:
    """The number without zeros at its end, as SVG wants it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def mark_of(tag: str, attributes: dict[str, object]) -> SafeString:
    """One element without content; numbers are written short."""
    plain = {
        name: plain_number(value) if isinstance(value, float) else value
        for name, value in attributes.items()
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


@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """One of ICONS; raises KeyError for a name that was never drawn."""
    return drawing("0 0 24 24", [SafeString(ICONS[name])], label=label, style="i")


@lru_cache
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
    return _five(tuple(levels), label, size, tuple(names))


@lru_cache(maxsize=512)
def _five(levels: tuple[int, ...], label: str, size: str, names: tuple[str, ...]) -> SafeString:
    places = _around(len(levels) - 1)
    radius = min(3.1, 7.1 * math.sin(math.pi / len(places))) if len(places) > 1 else 3.1
    lines = [mark_of("line", {"x1": 12, "y1": 12, "x2": x, "y2": y}) for x, y in places]
    spots = [(12.0, 12.0, 4.4), *((x, y, radius) for x, y in places)]
    dots = [
        _dot(spot, level, names[place] if place < len(names) else "")
        for place, (spot, level) in enumerate(zip(spots, levels, strict=False))
    ]
    style = f"q5 {size}".strip()
    return drawing("0 0 24 24", [*lines, *dots], label=label, style=style)


def _dot(spot: tuple[float, float, float], level: int, name: str) -> SafeString:
    x, y, radius = (plain_number(value) for value in spot)
    step = max(0, min(HIGHEST_LEVEL, int(level)))
    title = format_html("<title>{}</title>", name) if name else ""
    return format_html(
        '<circle class="v{}" cx="{}" cy="{}" r="{}">{}</circle>', step, x, y, radius, title
    )


def qr(text: str, label: str, *, style: str = "qrcode") -> SafeString:
    """A QR code (ISO/IEC 18004, error level M) of `text`, dark on white in every theme."""
    code = segno.make(text, error="m", micro=False)
    rows = enumerate(code.matrix)
    runs = "".join(f"M{x} {y}h1v1h-1z" for y, row in rows for x, bit in enumerate(row) if bit)
    side = len(code.matrix)
    marks = [mark_of("path", {"fill": "#1c2530", "d": runs})]
    return drawing(f"0 0 {side} {side}", marks, label=label, style=style)
