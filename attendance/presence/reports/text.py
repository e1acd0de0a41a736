"""From bytes to rows: character encodings and separators are found from the content."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from attendance.presence.reports import stamps
from attendance.presence.reports.shapes import ReportRefused

_FORMULA = re.compile(r'^="?(.*?)"?$', re.DOTALL)
_MAIL = re.compile(r"^[^\s@,;<>\"()]+@[^\s@,;<>\"()]+\.[^\s@,;<>\"()]+$")
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202c\ufeff\u2066\u2069\x00"))


@dataclass(frozen=True)
class Row:
    """One line of a table; `line` counts records from 1, cells are trimmed."""

    line: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """The cell, or nothing where the row is shorter."""
        return self.cells[index] if index < len(self.cells) else ""

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(bool(cell) for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """All rows of a file; `formulas` tells that cells were spreadsheet formulas."""

    rows: tuple[Row, ...]
    formulas: bool


def decode(data: bytes) -> str:
    """Text of UTF-8 or UTF-16 in either byte order, with or without a byte order mark."""
    try:
        return data.decode(_encoding(data))
    except UnicodeDecodeError as error:
        raise ReportRefused("encoding_unknown", {"at": error.start}) from error


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:2000]
    zeros = sample.count(0)
    if zeros * 20 > len(sample):
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    return "utf-8-sig"


def grid(text: str) -> Grid:
    """Rows by the separator that makes most dates and addresses readable."""
    candidates = [_rows(text, separator) for separator in "\t;,"]
    best = max(candidates, key=_readable)
    if not _readable(best):
        raise ReportRefused("format_unknown")
    unwrapped = [Row(row.line, tuple(map(_plain, row.cells))) for row in best]
    formulas = any(cell.startswith("=") for row in best for cell in row.cells)
    return Grid(tuple(unwrapped), formulas)


def is_mail(text: str) -> bool:
    """Whether the cell is one address, so that it can be an identity."""
    return bool(_MAIL.match(text))


def _rows(text: str, separator: str) -> list[Row]:
    lines = text.translate(_INVISIBLE).splitlines(keepends=True)
    if lines and lines[0].lower().startswith("sep="):
        lines = lines[1:]
    try:
        return list(_parsed(lines, separator))
    except csv.Error:
        return []


def _parsed(lines: list[str], separator: str) -> Iterator[Row]:
    for number, cells in enumerate(csv.reader(lines, delimiter=separator), 1):
        yield Row(number, tuple(cell.strip() for cell in cells))


def _plain(cell: str) -> str:
    found = _FORMULA.match(cell)
    return found.group(1).strip() if found else cell


def _readable(rows: list[Row]) -> int:
    cells = [_plain(cell) for row in rows for cell in row.cells if cell]
    return sum(1 for cell in cells if is_mail(cell) or stamps.parse(cell) is not None)


def refuse_swallowed(found: Grid) -> None:
    """An unclosed quotation mark swallows the lines after it; such a file is not read at all."""
    for row in found.rows:
        for cell in row.cells:
            swallowed = "\t" in cell or ("\n" in cell and _holds_a_stamp(cell))
            if swallowed:
                raise ReportRefused("quotes_unbalanced", {"line": row.line})


def _holds_a_stamp(cell: str) -> bool:
    pieces = re.split(r"[\t;,\n\"]", cell)
    return any(stamps.parse(piece.strip()) is not None for piece in pieces)
