"""What is wrong with single rows, and the checks that lists of schools and people share."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from events.kernel.words import Reason
from events.networks.rosters.grid import Row, Table
from events.networks.rosters.mapping import Mapping
from events.networks.rosters.sentences import TableRefused
from events.networks.rosters.sniffing import EMAIL, is_address
from events.networks.rosters.vocabulary import is_total

_SHOWN = 60
_ROUNDED = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True)
class RowProblem:
    """Something about one row; `drops_row` says whether the row is left out because of it.

    `row_number` counts as a spreadsheet does, `column` is the name in the file.
    """

    row_number: int
    column: str
    code: str
    values: dict[str, object] = field(default_factory=dict)
    drops_row: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A row that is no school, or nobody who works at one; nothing of it is kept."""

    row_number: int
    reason: Reason


class RowReader:
    """One row under a mapping; collects what is wrong with it."""

    def __init__(self, row: Row, mapping: Mapping) -> None:
        """Begin with a clean row."""
        self.row = row
        self.mapping = mapping
        self.problems: list[RowProblem] = []

    def text(self, name: str, limit: int = 250) -> str:
        """The text of a field; one that is too long drops the row."""
        value = self.row.cell(self.mapping.column_of(name))
        if len(value) > limit:
            self.note(name, "too_long", drops_row=True, limit=limit)
        return value[:limit]

    def code(self, name: str, usual_length: int = 0) -> str:
        """A code kept as text; rounded ones are refused, numbers that lost zeros are noted."""
        value = self.text(name, 40)
        if _ROUNDED.fullmatch(value):
            self.note(name, "code_rounded", value=value)
            return ""
        if self.mapping.column_of(name) in self.row.numeric and 0 < len(value) < usual_length:
            self.note(name, "code_zeros_lost", value=value)
        return value

    def address(self, name: str = "email") -> str:
        """An e-mail address with a lower-case domain; an odd one is noted and left out."""
        value = self.text(name, 254).removeprefix("mailto:")
        if not value or is_address(value):
            return _lower_domain(value)
        found = EMAIL.findall(value)
        addresses: list[str] = [one.group() for one in EMAIL.finditer(value)] if found else []
        if not addresses or not is_address(addresses[0]):
            self.note(name, "email_odd", value=value[:_SHOWN])
            return ""
        if len(addresses) > 1:
            self.note(name, "email_several")
        return _lower_domain(addresses[0])

    def note(self, name: str, code: str, *, drops_row: bool = False, **values: object) -> None:
        """Remember a problem of a field."""
        header = self.mapping.header_of(name) if name else ""
        self.problems.append(RowProblem(self.row.number, header, code, values, drops_row))

    @property
    def dropped(self) -> bool:
        """Whether a problem leaves the row out."""
        return any(problem.drops_row for problem in self.problems)


def ready(mapping: Mapping, required: Iterable[str]) -> None:
    """Refuse to read while a required column is unknown. Raises `TableRefused`."""
    for name in required:
        if mapping.column_of(name) is None:
            raise TableRefused("column_missing", field=name)


def is_noise(row: Row, table: Table) -> str:
    """The code why a row is no entry at all: a sum, or the column names once more; else ""."""
    filled = [cell for cell in row.cells if cell]
    if filled and is_total(filled[0]) and len(filled) <= 2:  # noqa: PLR2004  label and number
        return "row_total"
    if table.header_row and row.cells == table.header[: len(row.cells)]:
        return "row_header_again"
    return ""


def longest(table: Table, column: int | None) -> int:
    """The length of the longest value of a column: what codes of one kind usually have."""
    return max(map(len, table.column(column)), default=0) if column is not None else 0


def _lower_domain(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{domain.lower()}"
