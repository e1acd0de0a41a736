"""Reports of Microsoft Teams: the sectioned form (2022 on) and the first form (2021).

Nothing here depends on words: a section starts with its number, the summary is lines of two
cells, section 2 holds people with totals, section 3 their stays. The two are never added.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from attendance.presence.reports import clocks, labels, people, table, tablerows, timewords
from attendance.presence.reports.clocks import Clock
from attendance.presence.reports.columns import columns_of
from attendance.presence.reports.shapes import (
    Asked,
    Meeting,
    Notice,
    Report,
    ReportRefused,
    SeenPerson,
)
from attendance.presence.reports.table import Table
from attendance.presence.reports.tablerows import Entry
from attendance.presence.reports.teams_people import joined
from attendance.presence.reports.teams_summary import Summary, contradictions, summary_of
from attendance.presence.reports.text import Grid, Row

_SECTION = re.compile(r"^(\d)\s*[.)]\s*\S")


def sections(grid: Grid) -> dict[int, list[Row]] | None:
    """The rows of each numbered section, or None where the file is not made of sections."""
    found: dict[int, list[Row]] = {}
    current = 0
    for row in grid.rows:
        number = _SECTION.match(row.cell(0)) if row.filled == 1 else None
        if number and int(number[1]) == current + 1:
            current += 1
            found[current] = []
        elif current:
            found[current].append(row)
        elif row.filled:
            return None
        if number and int(number[1]) != current:
            raise ReportRefused("section_missing", {"section": current + 1, "line": row.line})
    if len(found) == 1:
        raise ReportRefused("section_missing", {"section": 2})
    return found or None


def read_sections(parts: dict[int, list[Row]], asked: Asked) -> Report:
    """A sectioned report; section 3 may be missing in copies, then only totals are known."""
    summary = summary_of(parts[1])
    notices: list[Notice] = []
    totals, names_utc = _entries(parts, 2, asked, notices)
    spans, _ = _entries(parts, 3, asked, notices)
    clock, said = _clock(summary, [*totals, *spans], asked, utc=names_utc)
    notices += said
    everybody = joined(tablerows.stays(totals, clock), tablerows.stays(spans, clock), notices)
    start, end = summary.window(clock)
    notices += contradictions(summary, everybody, start, end, rows=len(totals))
    notices += people.outside(everybody, start, end)
    return _report(summary, (start, end), everybody, notices)


def read_first_form(grid: Grid, asked: Asked) -> Report:
    """The report of 2021: a summary and one table with a row for every stay."""
    loose, found = table.tables(grid.rows)
    notices: list[Notice] = []
    summary = summary_of(loose)
    if len(found) != 1:
        raise ReportRefused("format_unknown")
    entries = tablerows.entries(found[0], columns_of(found[0], asked, notices, rooms=False))
    clock, said = _clock(summary, entries, asked, utc=_utc(found[0]))
    placed = tablerows.stays(entries, clock)
    notices += [*said, *tablerows.check(placed)]
    everybody = people.group(placed, notices)
    window = summary.window(clock)
    notices += contradictions(summary, everybody, *window, rows=len(placed), stated=False)
    return _report(summary, window, everybody, [*notices, *people.outside(everybody, *window)])


def _report(
    summary: Summary,
    window: tuple[datetime | None, datetime | None],
    everybody: tuple[SeenPerson, ...],
    notices: list[Notice],
) -> Report:
    meeting = Meeting(summary.title, *window)
    return Report(
        "teams_report", summary.title, *window, everybody, tuple(notices), meetings=(meeting,)
    )


def _utc(found: Table) -> bool:
    return any(word in labels.fold(" ".join(found.header.cells)) for word in timewords.UTC_WORDS)


def _entries(
    parts: dict[int, list[Row]], section: int, asked: Asked, notices: list[Notice]
) -> tuple[list[Entry], bool]:
    rows = parts.get(section, [])
    loose, found = table.tables(rows)
    if any(row.filled for row in loose) or len(found) > 1:
        raise ReportRefused("section_unreadable", {"section": section, "line": rows[0].line})
    if not found or not found[0].rows:
        return [], False
    columns = columns_of(found[0], asked, notices, rooms=False)
    return tablerows.entries(found[0], columns), _utc(found[0])


def _clock(
    summary: Summary, entries: Sequence[Entry], asked: Asked, *, utc: bool
) -> tuple[Clock, list[Notice]]:
    seen = [stamp for one in entries for stamp in (one.join, one.leave) if stamp is not None]
    return clocks.read_clock([*summary.stamps, *seen], asked=asked, utc=utc)
