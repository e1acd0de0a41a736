"""A table as it was found: rows of text, and what happened on the way."""

import re
import unicodedata
from dataclasses import dataclass, field

from events.kernel.words import Reason
from events.networks.rosters.sentences import TableRefused

MAX_BYTES = 10_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 2_000
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_TEXT_FORMULA = re.compile(r'="(.*)"', re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One row; `number` counts as a spreadsheet does, `numeric` names cells stored as numbers."""

    number: int
    cells: tuple[str, ...]
    numeric: frozenset[int] = frozenset()

    def cell(self, column: int | None) -> str:
        """The text of a column, "" where the row is too short or there is no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True)
class Grid:
    """Every row that holds something, before anybody knows which one names the columns."""

    rows: tuple[Row, ...]
    encoding: str = ""
    separator: str = ""
    warnings: tuple[Reason, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A list with named columns; `header_row` 0 says that no row names them.

    Columns of passwords are gone: neither name nor values are here.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    separator: str = ""
    warnings: tuple[Reason, ...] = ()
    header_row: int = 0
    sheet: str = ""
    sheets: tuple[str, ...] = field(default=())

    def column(self, index: int) -> tuple[str, ...]:
        """The values of one column that are not empty, from the top."""
        return tuple(value for row in self.rows if (value := row.cell(index)))


def clean(text: str) -> str:
    """Trim a cell: no invisible marks, no double spaces, composed letters, `="007"` as `007`."""
    bare = unicodedata.normalize("NFC", _INVISIBLE.sub("", text).replace("\u00a0", " ")).strip()
    if formula := _TEXT_FORMULA.fullmatch(bare):
        bare = formula[1].strip()
    return re.sub(r"[ \t\x00-\x1f]+", " ", bare)


def row_of(number: int, values: list[str], numeric: frozenset[int] = frozenset()) -> Row:
    """Make a row of raw cells. Raises `TableRefused` for one that is too wide or too long."""
    if any(len(value) > MAX_CELL for value in values):
        raise TableRefused("cell_too_long", row=number, limit=MAX_CELL)
    cells = [clean(value) for value in values]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise TableRefused("columns_too_many", limit=MAX_COLUMNS)
    return Row(number, tuple(cells), numeric)
