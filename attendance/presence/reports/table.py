"""Finding the people table in rows: what each column holds is read from its cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attendance.presence.reports import durations, labels, stamps
from attendance.presence.reports.shapes import Asked, NeedsAnswer, Notice, Option, ReportRefused
from attendance.presence.reports.text import Row, is_mail

_HEADER_CELLS = 3
_FEW_VALUES = 3


@dataclass(frozen=True)
class Table:
    """A header and its rows, under an optional title line."""

    title: str
    header: Row
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """Columns that have a heading or a cell."""
        return max(len(row.cells) for row in (self.header, *self.rows))

    def column(self, index: int) -> list[str]:
        """The non-blank cells of a column."""
        cells = (row.cell(index) for row in self.rows)
        return [cell for cell in cells if labels.fold(cell) not in labels.BLANKS]


@dataclass(frozen=True)
class Columns:
    """Where what stands. `before` holds the columns that describe the meeting of a row."""

    names: tuple[int, ...]
    email: int | None
    join: int
    leave: int
    duration: int
    before: tuple[int, ...] = ()
    started: int | None = None
    ended: int | None = None
    external: int | None = None
    role: int | None = None
    waiting: int | None = None
    attended: int | None = None
    bare_times: bool = False


def has_stamp(row: Row) -> bool:
    """Whether any cell of the row is a date with a time."""
    return any(stamps.parse(cell) is not None for cell in row.cells)


def tables(rows: Sequence[Row]) -> tuple[list[Row], list[Table]]:
    """The loose lines before any table, and all tables; blank lines and titles end a table."""
    loose: list[Row] = []
    found: list[Table] = []
    for block in _blocks(rows):
        title = block[0].cell(0) if block[0].filled == 1 else ""
        start = next((i for i, row in enumerate(block) if _is_header(row)), None)
        outside = block[:start] if start is not None else block
        if any(map(is_person, outside)):
            raise ReportRefused("header_missing", {"line": outside[0].line})
        loose += outside
        if start is not None:
            found.append(Table(title, block[start], tuple(block[start + 1 :])))
    return loose, found


def _is_header(row: Row) -> bool:
    return row.filled >= _HEADER_CELLS and not has_stamp(row)


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    blocks: list[list[Row]] = [[]]
    for index, row in enumerate(rows):
        if not row.filled:
            blocks.append([])
            continue
        if row.filled == 1 and _is_title(rows, index):
            blocks.append([])
        blocks[-1].append(row)
    return [block for block in blocks if block]


def _is_title(rows: Sequence[Row], index: int) -> bool:
    """A lone first cell with a heading, a line of two cells or nothing but a heading under it."""
    after = rows[index + 1] if index + 1 < len(rows) else None
    if after is None or not after.filled or not rows[index].cell(0):
        return False
    return not is_person(after)


def is_person(row: Row) -> bool:
    """Whether the row holds a joining and a leaving."""
    return sum(stamps.parse(cell) is not None for cell in row.cells) > 1


def stamp_columns(table: Table) -> list[int]:
    """Columns in which dates with times stand; a cell that is none of it refuses the file."""
    found = []
    for index in range(table.width):
        cells = table.column(index)
        readable = [cell for cell in cells if stamps.parse(cell) is not None]
        if readable and len(readable) * 2 >= len(cells):
            found.append(index)
    return found


def has_times(table: Table) -> bool:
    """Whether a column of dates or of times of day exists."""
    return bool(stamp_columns(table) or _bare_time_columns(table))


def columns(table: Table, asked: Asked, notices: list[Notice], *, rooms: bool = True) -> Columns:
    """The columns of a people table, or a refusal that names what is missing."""
    _every_column_named(table)
    dated = stamp_columns(table)
    bare = not dated
    if bare:
        dated = _bare_time_columns(table)
    pairs = [one for one in dated if one + 1 in dated]
    if not pairs:
        raise ReportRefused("columns_missing", {"line": table.header.line})
    join = pairs[-1]
    earlier = [one for one in pairs[:-1] if one + 1 < join]
    started = earlier[-1] if earlier and not _attended(table, 0) else None
    duration = _duration(table, join, started)
    first = 0 if started is None else started + 2
    lead = range(first, min(join, duration))
    after = range(max(join + 1, duration) + 1, table.width)
    email = _email(table, [*lead, *after])
    return Columns(
        names=_names(table, lead, email),
        email=email,
        join=join,
        leave=join + 1,
        duration=duration,
        before=tuple(range(first)),
        started=started,
        ended=None if started is None else started + 1,
        external=_external(table, email, after),
        role=_role(table, email, after),
        waiting=_waiting(table, after, asked, notices) if rooms else None,
        attended=0 if _attended(table, 0) else None,
        bare_times=bare,
    )


def _every_column_named(table: Table) -> None:
    """A column without a heading means that headings and cells may be shifted."""
    for index in range(table.width):
        if not table.header.cell(index) and table.column(index):
            raise ReportRefused("heading_missing", {"line": table.header.line})


def _bare_time_columns(table: Table) -> list[int]:
    def timed(cell: str) -> bool:
        return stamps.parse(cell, bare=True) is not None and ":" in cell

    columns_of_times = [
        index
        for index in range(table.width)
        if table.column(index) and all(map(timed, table.column(index)))
    ]
    return columns_of_times[-2:]


def _duration(table: Table, join: int, started: int | None) -> int:
    """Right after the leave time (Teams, Zoom, Webex) or right before the join time (Meet)."""
    for index in (join + 2, join - 1):
        cells = table.column(index) if index >= 0 else []
        if cells and all(durations.parse(cell) is not None for cell in cells):
            return index
    cells = table.column(join + 2)
    unread = [cell for cell in cells if durations.parse(cell) is None]
    values = {"text": unread[0]} if unread and started is None else {}
    raise ReportRefused("durations_missing", {"line": table.header.line, **values})


def _attended(table: Table, index: int) -> bool:
    cells = [labels.fold(cell) for cell in table.column(index)]
    return bool(cells) and all(cell in labels.YES | labels.NO for cell in cells)


def _email(table: Table, candidates: Iterable[int]) -> int | None:
    named = None
    for index in candidates:
        if any(map(is_mail, table.column(index))):
            return index
        if named is None and labels.has(table.header.cell(index), labels.MAIL):
            named = index
    return named


def _names(table: Table, lead: Iterable[int], email: int | None) -> tuple[int, ...]:
    """One column of names, or given name and surname side by side."""
    if _attended(table, 0):
        return (1,)
    texts = [one for one in lead if one != email and table.column(one)]
    worded = [one for one in texts if not all(map(str.isdecimal, table.column(one)))]
    found = worded or texts
    if len(found) not in {1, 2}:
        raise ReportRefused("names_missing", {"line": table.header.line})
    return tuple(found)


def _external(table: Table, email: int | None, after: Sequence[int]) -> int | None:
    """The user principal name of Teams stands right after the address."""
    if email is None or email not in after:
        return None
    index = email + 1
    named = "upn" in labels.fold(table.header.cell(index))
    return index if named or any("@" in cell for cell in table.column(index)) else None


def _role(table: Table, email: int | None, after: Sequence[int]) -> int | None:
    if email is None or email not in after:
        return None
    index = (_external(table, email, after) or email) + 1
    return index if index < table.width else None


def _waiting(table: Table, after: Sequence[int], asked: Asked, notices: list[Notice]) -> int | None:
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
