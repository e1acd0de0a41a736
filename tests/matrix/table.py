"""Reads the tables: a line is one cell a column, then method and address.

A cell says what happens at the own place, a sibling school, a sibling cluster and in another
country, then after `/` with an expired role (own place), then after `/` without the second step.
One letter alone stands for all of these.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.matrix.persons import ANONYMOUS, COLUMNS, STEPPED

TABLES = Path(__file__).parent / "tables"
LETTERS = {
    "y": "done or shown",
    "n": "refused: this is not for you (403)",
    "m": "missing or hidden (404)",
    "s": "sent to sign in",
    "w": "asked for the second step (403)",
    "f": "let in, but the form or the state says no (409, 410, 422)",
    "o": "another method (405)",
    "u": "refused by the API: who are you? (401)",
    "?": "not known yet: the test fails, and prints the row as it is found",
}
PLACES = 4


@dataclass(frozen=True)
class Row:
    """One line: what each column gets, by (column, way, place)."""

    method: str
    address: str
    variant: str
    cells: dict[str, str]
    where: str

    @property
    def name(self) -> str:
        mark = f" @{self.variant}" if self.variant else ""
        return f"{self.method} {self.address}{mark}"

    def expected(self, column: str, way: str, place: int) -> str:
        return letters(column, self.cells[column])[way][place]

    @property
    def refuses_the_method(self) -> bool:
        return set("".join(self.cells.values())) == {"o"}


def letters(column: str, cell: str) -> dict[str, str]:
    """Letters of a cell by way, one for each place."""
    parts = cell.split("/")
    ways = ["here"] if column == ANONYMOUS else ["here", "expired"]
    ways += ["without"] if column in STEPPED else []
    if len(parts) == 1 and len(cell) == 1:
        parts = [cell] * len(ways)
    if len(parts) != len(ways) or set("".join(parts)) - set(LETTERS):
        raise ValueError(f"{column}: cannot read {cell}")
    if len(parts[0]) not in {1, PLACES} or any(len(part) != 1 for part in parts[1:]):
        raise ValueError(f"{column}: cannot read {cell}")
    return {
        way: part * (PLACES if len(part) == 1 else 1) for way, part in zip(ways, parts, strict=True)
    }


def read() -> list[Row]:
    """All rows of all tables."""
    found = []
    for file in sorted(TABLES.glob("*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip() and not line.startswith("#"):
                found.append(_row(line, f"{file.name}:{number}"))
    return found


def _row(line: str, where: str) -> Row:
    *cells, method, address = line.split()
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{where}: {len(cells)} cells for {len(COLUMNS)} columns")
    address, _, variant = address.partition("@")
    row = Row(method, address, variant, dict(zip(COLUMNS, cells, strict=True)), where)
    for column, cell in row.cells.items():
        letters(column, cell)
    return row


WIDTHS = (10, 8, 10, 8, 9, 10, 8, 9, 9, 8, 9, 8)


def written(row: Row, found: dict[str, dict[str, str]]) -> str:
    """A row as the answers were found, to be judged and copied by hand."""
    cells = [_cell(found.get(column, {})) for column in COLUMNS]
    line = "".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    variant = f"@{row.variant}" if row.variant else ""
    return f"  {line}{row.method:<5}{row.address}{variant}"


def _cell(ways: dict[str, str]) -> str:
    parts = [found[0] if len(set(found)) == 1 else found for found in ways.values()] or ["?"]
    return parts[0] if len(set(parts)) == 1 and len(parts[0]) == 1 else "/".join(parts)
