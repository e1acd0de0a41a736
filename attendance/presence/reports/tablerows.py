"""Rows of a people table, as printed and on the clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from attendance.presence.reports import durations, labels, stamps
from attendance.presence.reports.answers import answer
from attendance.presence.reports.clocks import Clock
from attendance.presence.reports.columns import Columns
from attendance.presence.reports.durations import Stated
from attendance.presence.reports.shapes import (
    Interval,
    Notice,
    ReportRefused,
    covered,
)
from attendance.presence.reports.stamps import Stamp
from attendance.presence.reports.table import Table
from attendance.presence.reports.text import Row, is_mail

_LONGEST_STAY = timedelta(hours=30)


@dataclass(frozen=True)
class Entry:
    """One row of a people table as printed."""

    row: Row
    name: str
    email: str | None
    external: str | None
    role: str
    join: Stamp
    leave: Stamp | None
    stated: Stated | None


@dataclass(frozen=True)
class Stay:
    """One row of a people table on the clock."""

    entry: Entry
    interval: Interval

    @property
    def agrees(self) -> bool:
        """Whether the printed length is the one of the clock."""
        return "stated_differs" not in self.interval.flags

    @property
    def stated_seconds(self) -> int | None:
        """The printed length in seconds."""
        if self.entry.stated is None:
            return None
        return self.entry.stated.nearest(covered([self.interval]).total_seconds())


def entries(table: Table, columns: Columns, *, role: str = "") -> list[Entry]:
    """The rows that say somebody was inside; waiting rooms and absent registrants are left out."""
    found = []
    for row in table.rows:
        if columns.waiting is not None and answer(row.cell(columns.waiting), row):
            continue
        if columns.attended is not None and not answer(row.cell(columns.attended), row):
            continue
        found.append(_entry(row, columns, role))
    return found


def _entry(row: Row, columns: Columns, role: str) -> Entry:
    join, leave = row.cell(columns.join), row.cell(columns.leave)
    name = " ".join(filter(None, (row.cell(one) for one in columns.names)))
    if join in labels.BLANKS or not name:
        raise ReportRefused("row_incomplete", {"line": row.line})
    left = None if leave in labels.BLANKS else _stamp(leave, row, columns)
    length = row.cell(columns.duration)
    stated = durations.parse(length)
    if stated is None and left is not None:
        raise ReportRefused("duration_unreadable", {"line": row.line, "text": length})
    plain, hosts = _without_host(name)
    mail = _cell(row, columns.email)
    return Entry(
        row=row,
        name=plain,
        email=mail if is_mail(mail) else None,
        external=_cell(row, columns.external) or None,
        role=role or _cell(row, columns.role) or hosts,
        join=_stamp(join, row, columns),
        leave=left,
        stated=stated,
    )


def _cell(row: Row, index: int | None) -> str:
    return "" if index is None else row.cell(index)


def _stamp(cell: str, row: Row, columns: Columns) -> Stamp:
    found = stamps.parse(cell, bare=columns.bare_times)
    if found is None:
        raise ReportRefused("date_unreadable", {"line": row.line, "text": cell})
    return found


def _without_host(name: str) -> tuple[str, str]:
    """Zoom adds "(Host)" in the language of the account to the display name."""
    head, opening, tail = name.rpartition("(")
    inside = labels.fold(tail.rstrip(")")).split(",")
    if opening and head.strip() and all(one.strip() in labels.HOST_SUFFIXES for one in inside):
        return head.strip(), "host"
    return name, ""


def stays(found: Iterable[Entry], clock: Clock) -> list[Stay]:
    """Entries on the clock; a leaving before the joining refuses the file."""
    return [_stay(entry, clock) for entry in found]


def _stay(entry: Entry, clock: Clock) -> Stay:
    start = clock.instant(entry.join)
    if entry.leave is None:
        return Stay(entry, Interval(start, None, frozenset(["end_unknown"])))
    end = clock.instant(entry.leave, after=start)
    if end < start or end - start > _LONGEST_STAY:
        raise ReportRefused("leave_before_join", {"line": entry.row.line})
    interval = Interval(start, end)
    length = (end - start).total_seconds()
    if entry.stated and not entry.stated.agrees(length, coarse=entry.join.coarse):
        interval = replace(interval, flags=frozenset(["stated_differs"]))
    return Stay(entry, interval)


def check(found: Sequence[Stay]) -> list[Notice]:
    """Rows whose printed length is not the clock's; when nearly all differ, columns were misread."""
    differing = [one for one in found if not one.agrees]
    if found and len(differing) > 3 * len(found) / 4:
        raise ReportRefused("durations_disagree", {"line": differing[0].entry.row.line})
    return [_difference(one) for one in differing]


def _difference(one: Stay) -> Notice:
    values: dict[str, int | str] = {
        "line": one.entry.row.line,
        "name": one.entry.name,
        "stated": one.stated_seconds or 0,
        "measured": int(covered([one.interval]).total_seconds()),
    }
    return Notice("stated_duration_differs", values)
