"""Charts with their key, their scale and the same figures as a table."""

from collections.abc import Sequence
from typing import TypedDict

from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.templatetags import charts, figures, numbers

NAMED, NARROW = 5, 3
SAMPLES = {
    "onl": '<rect class="onl" y="2.5" width="14" height="3"/>',
    "fix": '<rect class="fix" x=".5" y=".8" width="13" height="6.4"/>',
    "v0": '<rect class="v0 kb" x=".5" y=".5" width="13" height="7"/>',
}


class Series(TypedDict):
    """One kind of mark in a chart."""

    kind: str
    name: str


def legend(code: str, name: str, *, full: bool = False) -> SafeString:
    """A sample of a mark (room, onl, vod, fix, hyb, v0 to v4) with its name, for a `.key` list.

    `full` draws every mark as a whole box, as in columns.
    """
    mark = "" if full else SAMPLES.get(code, "")
    if not mark:
        mark = format_html('<rect class="{}" width="14" height="8"/>', code)
    return format_html("{}{}", figures.drawing("0 0 14 8", [SafeString(mark)]), name)


def thinned(names: Sequence[str]) -> list[str]:
    """At most NAMED names, the others empty, so that they stand apart."""
    step = -(-len(names) // NAMED)
    middle = step // 2
    return [name if number % step == middle else "" for number, name in enumerate(names)]


def marked(names: Sequence[str]) -> list[tuple[str, bool]]:
    """Names thinned out, each with whether it is left out on a phone, which has room for NARROW."""
    found = thinned(names)
    shown = [number for number, name in enumerate(found) if name]
    step = -(-len(shown) // NARROW) if shown else 1
    kept = set(shown[::step])
    return [(name, bool(name) and number not in kept) for number, name in enumerate(found)]


def stacked(
    rows: Sequence[tuple[str, Sequence[float]]], label: str, series: Sequence[Series],
    row_name: str = "",
) -> dict[str, object]:  # fmt: skip
    """Stacked columns with key, scale and the same figures as a table.

    `rows` are (name of the column, one value per series); the first series stands at the bottom.
    """
    values = [row[1] for row in rows]
    top = charts.rounded_top(max((sum(stack) for stack in values), default=0))
    return {
        "label": label, "row_name": row_name, "series": series, "rows": rows,
        "names": marked([row[0] for row in rows]),
        "ticks": [numbers.number(top * step / 4) for step in range(4, -1, -1)],
        "drawing": charts.columns(values, [item["kind"] for item in series], top),
    }  # fmt: skip
