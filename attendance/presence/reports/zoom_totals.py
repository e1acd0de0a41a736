"""Zoom's list of unique users, which prints lengths but no times."""

from attendance.presence.reports import clocks, labels, table
from attendance.presence.reports.meetings import meetings_of
from attendance.presence.reports.shapes import (
    Asked,
    Notice,
    Report,
    ReportRefused,
    SeenPerson,
)
from attendance.presence.reports.text import Grid, Row, is_mail
from attendance.presence.reports.wide_parts import is_small, split_header, stamps_of


def read_totals(grid: Grid, asked: Asked) -> Report:
    """Zoom's list of unique users: names and minutes, no times; they locate nobody in time."""
    _, found = table.tables(grid.rows)
    header, lists = split_header(found)
    if len(lists) != 1:
        raise ReportRefused("format_unknown")
    one = lists[0]
    mails = [i for i in range(one.width) if any(map(is_mail, one.column(i)))]
    minutes = [i for i in range(one.width) if one.column(i) and all(map(is_small, one.column(i)))]
    if mails != [1] or minutes != [2] or "(" not in one.header.cell(2):
        raise ReportRefused("format_unknown")
    everybody = tuple(_total(row) for row in one.rows)
    notices = [Notice("times_missing", {"people": len(everybody)})]
    if header is None:
        return Report("zoom_totals", "", None, None, everybody, tuple(notices))
    clock, said = clocks.read_clock(stamps_of(header.rows), asked=asked)
    meetings = meetings_of(header, [], clock)
    first = meetings[0]
    return Report(
        "zoom_totals",
        first.title,
        first.started,
        first.ended,
        everybody,
        (*notices, *said),
        meetings,
    )


def _total(row: Row) -> SeenPerson:
    name, mail, minutes = row.cell(0), row.cell(1), row.cell(2)
    if not name or not is_small(minutes):
        raise ReportRefused("row_incomplete", {"line": row.line})
    address = mail if is_mail(mail) else None
    key = (address or f"{labels.fold(name)}#{row.line}").casefold()
    return SeenPerson(key, name, address, None, "", (), int(minutes) * 60)
