"""Text with separators, as spreadsheets and school systems save it."""

import csv
import io
import re
from collections import Counter
from itertools import islice

from events.kernel.words import Reason
from events.networks.rosters.encodings import decode
from events.networks.rosters.grid import MAX_CELL, MAX_ROWS, Grid, Row, row_of
from events.networks.rosters.sentences import TableRefused

_SEPARATORS = (",", ";", "\t", "|")
_LOOK_AT = 200


def read_delimited(data: bytes, encoding: str = "") -> Grid:
    """Read CSV of any separator and encoding. Raises `TableRefused`."""
    text, name, warnings = decode(data, encoding)
    grid = grid_of_text(text)
    return Grid(grid.rows, name, grid.separator, warnings + grid.warnings)


def grid_of_text(text: str) -> Grid:
    """Split text into rows; a first line such as `sep=;` is obeyed."""
    text = re.sub("\r\n?", "\n", text)
    stated = re.match(r"\s*sep=(.)\n", text)
    separator = stated[1] if stated else separator_of(text)
    body = text[stated.end() :] if stated else text
    skipped = 1 if stated else 0
    warnings: tuple[Reason, ...] = ()
    try:
        rows = _rows(body, separator, skipped, strict=True)
    except _OddQuotes as odd:
        rows = _rows(body, separator, skipped, strict=False)
        warnings = (Reason("quotes_odd", {"row": odd.row}),)
    return Grid(rows, separator=separator, warnings=warnings)


def separator_of(text: str) -> str:
    """The separator that splits most rows into equally many cells; "," where none does."""
    lines = [line for line in islice(io.StringIO(text), _LOOK_AT) if line.strip()]
    best = max(_SEPARATORS, key=lambda separator: _evenness(lines, separator))
    return best if _evenness(lines, best) > (0, 0) else ","


def _evenness(lines: list[str], separator: str) -> tuple[float, int]:
    try:
        widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=separator) if cells)
    except csv.Error:
        return 0, 0
    if not widths:
        return 0, 0
    width, rows = widths.most_common(1)[0]
    return (rows / sum(widths.values()), width) if width > 1 else (0, 0)


class _OddQuotes(Exception):
    def __init__(self, row: int) -> None:
        self.row = row
        super().__init__(row)


def _rows(text: str, separator: str, skipped: int, *, strict: bool) -> tuple[Row, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    rows: list[Row] = []
    number = skipped
    try:
        for number, values in enumerate(reader, start=skipped + 1):
            if any(value.strip() for value in values):
                _refuse_swallowed_lines(values, number)
                rows.append(row_of(number, values))
            if len(rows) > MAX_ROWS + 1:
                raise TableRefused("rows_too_many", limit=MAX_ROWS)
    except csv.Error as error:
        raise _refusal(error, number + 1) from None
    return tuple(rows)


def _refusal(error: csv.Error, row: int) -> Exception:
    text = str(error)
    if "unexpected end" in text:
        return TableRefused("quote_not_closed", row=row)
    if "field larger" in text:
        return TableRefused("cell_too_long", row=row, limit=MAX_CELL)
    return _OddQuotes(row)


def _refuse_swallowed_lines(values: list[str], row: int) -> None:
    """An open quotation mark makes one cell of many lines; real cells have a few."""
    if any(value.count("\n") > 20 for value in values):  # noqa: PLR2004  longest address seen: 6
        raise TableRefused("quote_not_closed", row=row)
