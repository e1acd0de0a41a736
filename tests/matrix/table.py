"""Reads the tables: a line is one cell a column, then method and address.

A cell says what happens at the places at which its column is asked (`persons.asked_at`), then, for
two roles, after `/` without the second step. One letter alone stands for all of these.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.matrix.persons import COLUMNS, STEPPED, asked_at

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
WIDTHS = (10, 8, 10, 6, 9, 10, 8, 9, 9, 8, 9, 8, 8)
Found = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Row:
    """One line: what each column gets."""

    method: str
    address: str
    variant: str
    cells: dict[str, str]
    where: str

    @property
    def name(self) -> str:
        mark = f" @{self.variant}" if self.variant else ""
        return f"{self.method} {self.address}{mark}"

    def expected(self, column: str, way: str) -> str:
        """The letters of a column, one for each place it is asked at."""
        return letters(column, self.cells[column])[way]

    @property
    def refuses_the_method(self) -> bool:
        return set("".join(self.cells.values())) == {"o"}


def letters(column: str, cell: str) -> dict[str, str]:
    """Letters of a cell by way, one for each place."""
    number = len(asked_at(column))
    here, _, without = cell.partition("/")
    stepped = column in STEPPED
    wrong = set(here + without) - set(LETTERS) or len(here) not in {1, number} or len(without) > 1
    if wrong or (without and not stepped):
        raise ValueError(f"{column}: cannot read {cell}")
    found = {"here": here * number if len(here) == 1 else here}
    if stepped:
        found["without"] = without * number if without else found["here"]
    return found


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


def written(row: Row, found: Found) -> str:
    """A row as the answers were found, to be judged and copied by hand."""
    cells = [_cell(column, found) for column in COLUMNS]
    line = "".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    variant = f"@{row.variant}" if row.variant else ""
    return f"  {line}{row.method:<7}{row.address}{variant}"


def _cell(column: str, found: Found) -> str:
    here, without = (_short(found.get((column, way), "")) for way in ("here", "without"))
    return f"{here}/{without}" if without and without != here else here or "?"


def _short(text: str) -> str:
    return text[0] if len(set(text)) == 1 else text
