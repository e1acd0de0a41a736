"""Finding the people tables in rows, and the columns of times in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.presence.reports import labels, stamps
from attendance.presence.reports.shapes import ReportRefused
from attendance.presence.reports.text import Row

_HEADER_CELLS = 3


@dataclass(frozen=True)
class Table:
    """A header and its rows, under an optional title line."""

    title: str
    header: Row
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """Columns that have a heading or a cell."""
        return max(len(row.cells) for row in (self.header, *self.rows))

    def column(self, index: int) -> list[str]:
        """The non-blank cells of a column."""
        cells = (row.cell(index) for row in self.rows)
        return [cell for cell in cells if labels.fold(cell) not in labels.BLANKS]


def has_stamp(row: Row) -> bool:
    """Whether any cell of the row is a date with a time."""
    return any(stamps.parse(cell) is not None for cell in row.cells)


def tables(rows: Sequence[Row]) -> tuple[list[Row], list[Table]]:
    """The loose lines before any table, and all tables; blank lines and titles end a table."""
    loose: list[Row] = []
    found: list[Table] = []
    for block in _blocks(rows):
        title = block[0].cell(0) if block[0].filled == 1 else ""
        start = next((i for i, row in enumerate(block) if _is_header(row)), None)
        outside = block[:start] if start is not None else block
        if any(map(is_person, outside)):
            raise ReportRefused("header_missing", {"line": outside[0].line})
        loose += outside
        if start is not None:
            found.append(Table(title, block[start], tuple(block[start + 1 :])))
    return loose, found


def _is_header(row: Row) -> bool:
    return row.filled >= _HEADER_CELLS and not has_stamp(row)


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    blocks: list[list[Row]] = [[]]
    for index, row in enumerate(rows):
        if not row.filled:
            blocks.append([])
            continue
        if row.filled == 1 and _is_title(rows, index):
            blocks.append([])
        blocks[-1].append(row)
    return [block for block in blocks if block]


def _is_title(rows: Sequence[Row], index: int) -> bool:
    """A lone first cell with a heading, a line of two cells or nothing but a heading under it."""
    after = rows[index + 1] if index + 1 < len(rows) else None
    if after is None or not after.filled or not rows[index].cell(0):
        return False
    return not is_person(after)


def is_person(row: Row) -> bool:
    """Whether the row holds a joining and a leaving."""
    return sum(stamps.parse(cell) is not None for cell in row.cells) > 1


def stamp_columns(table: Table) -> list[int]:
    """Columns in which dates with times stand; a cell that is none of it refuses the file."""
    found = []
    for index in range(table.width):
        cells = table.column(index)
        readable = [cell for cell in cells if stamps.parse(cell) is not None]
        if readable and len(readable) * 2 >= len(cells):
            found.append(index)
    return found


def has_times(table: Table) -> bool:
    """Whether a column of dates or of times of day exists."""
    return bool(stamp_columns(table) or bare_time_columns(table))


def bare_time_columns(table: Table) -> list[int]:
    """The last two columns in which only times of day stand."""

    def timed(cell: str) -> bool:
        return stamps.parse(cell, bare=True) is not None and ":" in cell

    columns_of_times = [
        index
        for index in range(table.width)
        if table.column(index) and all(map(timed, table.column(index)))
    ]
    return columns_of_times[-2:]
