"""XLSX workbooks, opened carefully: they are zip archives and may be made to hurt."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from events.kernel.words import Reason
from events.networks.rosters.grid import MAX_COLUMNS, MAX_ROWS, Grid, Row, row_of
from events.networks.rosters.sentences import TableRefused

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
from events.networks.rosters.archives import open_archive
from events.networks.rosters.cells import lost_text, text_of

_WIDEST = 5 * MAX_COLUMNS  # empty cells count here, so that none are padded without end
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, DefusedXmlException, ElementTree.ParseError,
    KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError,
    NotImplementedError,
)  # fmt: skip
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_workbook(data: bytes, sheet: str = "") -> Grid:
    """Read one sheet: the named one, else the first visible one that is not empty.

    Values merged over several rows of a column count for each of them. Raises `TableRefused`.
    """
    archive = open_archive(data)
    try:
        with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
            return _grid(book, archive, sheet)
    except TableRefused:
        raise
    except _BROKEN:
        raise TableRefused("file_damaged") from None


def _grid(book: "Workbook", archive: zipfile.ZipFile, wanted: str) -> Grid:
    visible = [page for page in book.worksheets if page.sheet_state == "visible"]
    names = tuple(page.title for page in visible)
    if wanted and wanted not in names:
        raise TableRefused("sheet_unknown", sheet=wanted[:80])
    for page in visible:
        if wanted and page.title != wanted:
            continue
        rows, broken = _rows(page)
        if rows or wanted:
            filled = _fill_merged(rows, _merged(archive, page.title))
            return Grid(filled, "xlsx", "", _remarks(page.title, names, broken), page.title, names)
    return Grid((), "xlsx", "", (), "", names)


def _remarks(title: str, names: tuple[str, ...], broken: int) -> tuple[Reason, ...]:
    others = ", ".join(name for name in names if name != title)
    found = []
    if others:
        found.append(Reason("other_sheets", {"sheet": title, "others": others}))
    if broken:
        found.append(Reason("cells_broken", {"count": broken}))
    return tuple(found)


def _rows(page: Any) -> tuple[list[Row], int]:
    page.reset_dimensions()  # the stated size of a sheet is often wrong
    rows: list[Row] = []
    broken = 0
    for number, cells in enumerate(page.iter_rows(), start=1):
        if len(cells) > _WIDEST:
            raise TableRefused("columns_too_many", limit=MAX_COLUMNS)
        if all(cell.value is None for cell in cells):
            continue
        broken += sum(cell.data_type == "e" for cell in cells)
        row = _row(number, cells)
        if row.cells:
            rows.append(row)
        if len(rows) > MAX_ROWS + 1:
            raise TableRefused("rows_too_many", limit=MAX_ROWS)
    return rows, broken


def _row(number: int, cells: Any) -> Row:
    numeric = frozenset(at for at, cell in enumerate(cells) if lost_text(cell))
    return row_of(number, [text_of(cell) for cell in cells], numeric)


def _merged(archive: zipfile.ZipFile, title: str) -> list[tuple[int, int, int, int]]:
    """Merged areas as (first column, first row, last column, last row), which openpyxl skips here."""
    areas = []
    with archive.open(_sheet_path(archive, title)) as source:
        for _, element in ElementTree.iterparse(source, forbid_dtd=True):
            if element.tag == f"{_MAIN}mergeCell":
                bounds = range_boundaries(element.get("ref", ""))
                areas.append((bounds[0] or 1, bounds[1] or 1, bounds[2] or 1, bounds[3] or 1))
            if element.tag == f"{_MAIN}row":
                element.clear()
    return areas


def _sheet_path(archive: zipfile.ZipFile, title: str) -> str:
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
    identity = next(s.get(_LINK) for s in book.iter(f"{_MAIN}sheet") if s.get("name") == title)
    return posixpath.join("/xl", targets[identity]).lstrip("/")


def _fill_merged(rows: list[Row], areas: list[tuple[int, int, int, int]]) -> tuple[Row, ...]:
    """Repeat a value merged down a column; merged titles across a row stay one cell."""
    values = {row.number: list(row.cells) for row in rows}
    for first_column, first_row, last_column, last_row in areas:
        if first_column != last_column or first_row == last_row:
            continue
        top = values.get(first_row, [])
        value = top[first_column - 1] if first_column <= len(top) else ""
        for number in _within(values, first_row + 1, last_row):
            _put(values[number], first_column - 1, value)
    return tuple(Row(row.number, tuple(values[row.number]), row.numeric) for row in rows)


def _within(values: dict[int, list[str]], first: int, last: int) -> Iterator[int]:
    return (number for number in values if first <= number <= last)


def _put(cells: list[str], at: int, value: str) -> None:
    if not value or at >= MAX_COLUMNS:
        return
    cells.extend([""] * (at + 1 - len(cells)))
    cells[at] = cells[at] or value
