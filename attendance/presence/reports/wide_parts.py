"""The tables of a wide report: the one of the meeting and those of people."""

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.presence.reports import durations, labels, stamps, table, tablerows
from attendance.presence.reports.columns import Columns, columns_of
from attendance.presence.reports.shapes import (
    Asked,
    Notice,
)
from attendance.presence.reports.stamps import Stamp
from attendance.presence.reports.table import Table
from attendance.presence.reports.tablerows import Entry
from attendance.presence.reports.text import Row

_COUNT_DIGITS = 6


@dataclass(frozen=True)
class Part:
    """A people table with its columns and entries."""

    table: Table
    columns: Columns
    entries: tuple[Entry, ...]


def split_header(found: list[Table]) -> tuple[Table | None, list[Table]]:
    """The table of the meeting itself has one row and stands before the others.

    Only in a webinar do people stand in several tables, and there each one has a title.
    """
    filled = [one for one in found if one.rows]
    several = len(filled) > 1 and len(filled[0].rows) == 1
    if several and not (filled[0].title and _has_length(filled[0])):
        return filled[0], filled[1:]
    return None, filled


def _has_length(one: Table) -> bool:
    """Whether two dates and a length stand side by side, as in every row of people."""
    dated = table.stamp_columns(one)
    pairs = [index for index in dated if index + 1 in dated]
    return bool(pairs) and any(durations.parse(cell) for cell in one.column(pairs[-1] + 2))


def part_of(one: Table, asked: Asked, notices: list[Notice]) -> Part:
    """A table of people with its columns and entries; its title may name their role."""
    columns = columns_of(one, asked, notices)
    role = next((role for stem, role in labels.BLOCK_ROLES if stem in labels.fold(one.title)), "")
    return Part(one, columns, tuple(tablerows.entries(one, columns, role=role)))


def stamps_of(rows: Sequence[Row]) -> list[Stamp]:
    """Every date with a time in the rows."""
    return [found for row in rows for cell in row.cells if (found := stamps.parse(cell))]


def is_small(cell: str) -> bool:
    """A number that can be a count or minutes, not a meeting id."""
    return cell.isdecimal() and len(cell) <= _COUNT_DIGITS
