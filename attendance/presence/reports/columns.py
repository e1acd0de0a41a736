"""What each column of a people table holds, read from its cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attendance.presence.reports import durations, labels
from attendance.presence.reports.answers import is_yes_or_no, waiting_column
from attendance.presence.reports.shapes import Asked, Notice, ReportRefused
from attendance.presence.reports.table import Table, bare_time_columns, stamp_columns
from attendance.presence.reports.text import is_mail


@dataclass(frozen=True)
class Columns:
    """Where what stands. `before` holds the columns_of that describe the meeting of a row."""

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


def columns_of(table: Table, asked: Asked, notices: list[Notice], *, rooms: bool = True) -> Columns:
    """The columns_of of a people table, or a refusal that names what is missing."""
    _every_column_named(table)
    dated = stamp_columns(table)
    bare = not dated
    if bare:
        dated = bare_time_columns(table)
    pairs = [one for one in dated if one + 1 in dated]
    if not pairs:
        raise ReportRefused("columns_missing", {"line": table.header.line})
    join = pairs[-1]
    earlier = [one for one in pairs[:-1] if one + 1 < join]
    started = earlier[-1] if earlier and not is_yes_or_no(table, 0) else None
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
        waiting=waiting_column(table, after, asked, notices) if rooms else None,
        attended=0 if is_yes_or_no(table, 0) else None,
        bare_times=bare,
    )


def _every_column_named(table: Table) -> None:
    """A column without a heading means that headings and cells may be shifted."""
    for index in range(table.width):
        if not table.header.cell(index) and table.column(index):
            raise ReportRefused("heading_missing", {"line": table.header.line})


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
    if is_yes_or_no(table, 0):
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
