"""Which meetings a wide report names."""

from collections.abc import Sequence

from attendance.presence.reports import labels, stamps
from attendance.presence.reports.clocks import Clock
from attendance.presence.reports.shapes import (
    Meeting,
    ReportRefused,
)
from attendance.presence.reports.stamps import Stamp
from attendance.presence.reports.table import Table
from attendance.presence.reports.text import Row, is_mail
from attendance.presence.reports.wide_parts import Part, stamps_of


def meetings_of(header: Table | None, parts: Sequence[Part], clock: Clock) -> tuple[Meeting, ...]:
    """The meetings the file names: one in its header, or those repeated on every row."""
    if header is not None:
        dated = stamps_of(header.rows)
        return (_meeting(_title(header, header.rows[0], range(header.width)), dated[:2], clock),)
    found: dict[tuple[str, ...], Meeting] = {}
    for part in parts:
        if part.columns.started is None:
            continue
        for row in part.table.rows:
            cells = tuple(row.cell(index) for index in part.columns.before)
            if cells not in found:
                title = _title(part.table, row, part.columns.before)
                found[cells] = _meeting(title, _dated(cells)[-2:], clock)
    return tuple(found.values())


def _dated(cells: Sequence[str]) -> list[Stamp]:
    return [one for cell in cells if (one := stamps.parse(cell)) is not None]


def _meeting(title: str, dated: Sequence[Stamp], clock: Clock) -> Meeting:
    start = clock.instant(dated[0]) if dated else None
    end = clock.instant(dated[1], after=start) if len(dated) > 1 else None
    if start and end and end < start:
        raise ReportRefused("end_before_start", {"text": dated[1].text})
    return Meeting(title, start, end)


def _title(one: Table, row: Row, indexes: Sequence[int]) -> str:
    """The cell under a heading that means topic, else the first words of the row."""
    worded = [index for index in indexes if _worded(row.cell(index))]
    topics = [index for index in worded if labels.has(one.header.cell(index), labels.TOPIC)]
    chosen = topics or worded
    return row.cell(chosen[0]) if chosen else ""


def _worded(cell: str) -> bool:
    if not cell or is_mail(cell) or stamps.parse(cell) is not None:
        return False
    return not cell.replace(" ", "").isdecimal()
