"""Which row names the columns, and which columns must never be kept."""

import re

from events.kernel.words import Reason
from events.networks.rosters.grid import Grid, Row, Table
from events.networks.rosters.sentences import TableRefused
from events.networks.rosters.vocabulary import is_column_name, is_secret

_LOOK_AT = 25


def table_of(grid: Grid, header_row: int | None = None, *, assume_header: bool = True) -> Table:
    """Find the row of column names, even below titles, and drop columns of passwords.

    `header_row` is the user's choice, 0 for none. Where no name is known, the first full row is
    taken if `assume_header` allows and it holds words only; a remark says so. Raises `TableRefused`
    if nothing is left.
    """
    if not grid.rows:
        raise TableRefused("file_empty")
    header, remarks = _header(grid, header_row, assume_header=assume_header)
    rows = tuple(row for row in grid.rows if header is None or row.number > header.number)
    if not rows:
        raise TableRefused("rows_none")
    width = max(len(row.cells) for row in (*rows, *([header] if header else [])))
    names = tuple(header.cell(at) if header else "" for at in range(width))
    table = Table(
        names, rows, grid.encoding, grid.separator, grid.warnings + remarks,
        header.number if header else 0, grid.sheet, grid.sheets,
    )  # fmt: skip
    return _without_secrets(table, _beyond(table))


def _header(
    grid: Grid, chosen: int | None, *, assume_header: bool
) -> tuple[Row | None, tuple[Reason, ...]]:
    if chosen is not None:
        return next((row for row in grid.rows if row.number == chosen), None), ()
    top = grid.rows[:_LOOK_AT]
    known = max(top, key=lambda row: (_known_names(row), -row.number))
    names, width = _known_names(known), _filled(known)
    if names * 4 > width and (names > 1 or width <= 2):  # noqa: PLR2004  lists of names are narrow
        return known, ()
    if assume_header and (first := _first_full_row(grid)) and _words_only(first):
        return first, (Reason("header_assumed", {"row": first.number}),)
    return None, (Reason("header_none"),)


def _known_names(row: Row) -> int:
    return sum(is_column_name(cell) for cell in row.cells if cell)


def _filled(row: Row) -> int:
    return sum(bool(cell) for cell in row.cells)


def _first_full_row(grid: Grid) -> Row | None:
    widths = sorted(_filled(row) for row in grid.rows)
    usual = widths[len(widths) // 2]
    return next((row for row in grid.rows if _filled(row) * 2 > usual), None)


def _words_only(row: Row) -> bool:
    return not any(re.search(r"[@\d]", cell) for cell in row.cells)


def _beyond(table: Table) -> tuple[Reason, ...]:
    if not table.header_row:
        return ()
    named = max((at for at, name in enumerate(table.header, start=1) if name), default=0)
    wide = [row.number for row in table.rows if len(row.cells) > named]
    return (Reason("cells_beyond", {"row": wide[0]}),) if wide else ()


def _without_secrets(table: Table, remarks: tuple[Reason, ...]) -> Table:
    secret = {at for at, name in enumerate(table.header) if name and is_secret(name)}
    kept = [at for at in range(len(table.header)) if at not in secret]
    dropped = tuple(Reason("password_dropped", {"column": table.header[at]}) for at in secret)
    rows = tuple(_keep(row, kept) for row in table.rows) if secret else table.rows
    return Table(
        tuple(table.header[at] for at in kept), rows, table.encoding, table.separator,
        table.warnings + remarks + dropped, table.header_row, table.sheet, table.sheets,
    )  # fmt: skip


def _keep(row: Row, columns: list[int]) -> Row:
    numeric = frozenset(new for new, old in enumerate(columns) if old in row.numeric)
    return Row(row.number, tuple(row.cell(at) for at in columns), numeric)
