"""Yes and no in people tables: who attended, who only waited outside."""

from collections.abc import Sequence

from attendance.presence.reports import labels
from attendance.presence.reports.shapes import Asked, NeedsAnswer, Notice, Option, ReportRefused
from attendance.presence.reports.table import Table
from attendance.presence.reports.text import Row

_FEW_VALUES = 3


def is_yes_or_no(table: Table, index: int) -> bool:
    """Whether a column says yes or no in every row."""
    cells = [labels.fold(cell) for cell in table.column(index)]
    return bool(cells) and all(cell in labels.YES | labels.NO for cell in cells)


def waiting_column(
    table: Table, after: Sequence[int], asked: Asked, notices: list[Notice]
) -> int | None:
    """The column that says somebody only waited outside; an unknown yes/no column is asked about."""
    unknown = []
    for index in after:
        heading = table.header.cell(index)
        if asked.waiting_column is not None and heading == asked.waiting_column:
            return index
        if labels.has(heading, labels.WAITING):
            return index
        if not labels.has(heading, labels.HARMLESS) and _yes_or_no(table, index):
            unknown.append(heading)
    if unknown and asked.waiting_column is None:
        raise NeedsAnswer(
            "waiting_column", [*(Option(one, one) for one in unknown), Option("", "")]
        )
    notices += [Notice("column_ignored", {"column": one}) for one in unknown]
    return None


def _yes_or_no(table: Table, index: int) -> bool:
    """A few short values over the rows; one value alone tells nobody apart."""
    values = {labels.fold(cell) for cell in table.column(index)}
    return 1 < len(values) <= _FEW_VALUES and not any(map(str.isdecimal, values))


def answer(cell: str, row: Row) -> bool:
    """Yes or no in any known language; anything else refuses the file."""
    folded = labels.fold(cell)
    if folded in labels.YES:
        return True
    if folded in labels.NO | labels.BLANKS:
        return False
    raise ReportRefused("answer_unknown", {"line": row.line, "text": cell})
