"""Reports that are one table, or several under titles: Zoom, Webex and Google Meet.

Which service wrote a table shows in its columns: Meet prints the length before the times, Webex
repeats the event before the name and prints "204 mins", Zoom prints whole minutes after the times.
"""

from collections.abc import Sequence

from attendance.presence.reports import (
    clocks,
    dateorder,
    labels,
    people,
    stamps,
    table,
    tablerows,
    timewords,
)
from attendance.presence.reports.clocks import Clock
from attendance.presence.reports.meetings import meetings_of
from attendance.presence.reports.shapes import (
    Asked,
    Meeting,
    Notice,
    Report,
    ReportRefused,
    SeenPerson,
)
from attendance.presence.reports.stamps import Stamp
from attendance.presence.reports.table import Table
from attendance.presence.reports.text import Grid
from attendance.presence.reports.wide_parts import Part, is_small, part_of, split_header, stamps_of


def read(grid: Grid, asked: Asked) -> Report:
    """A report of Zoom, Webex or Meet."""
    _, found = table.tables(grid.rows)
    header, lists = split_header(found)
    if not lists:
        raise ReportRefused("format_unknown")
    notices: list[Notice] = []
    parts = [part_of(one, asked, notices) for one in lists]
    kind = _kind(grid, parts)
    clock, said = _clock(grid, header, parts, asked, kind)
    placed = [stay for part in parts for stay in tablerows.stays(part.entries, clock)]
    notices += [*said, *tablerows.check(placed)]
    if not placed:
        raise ReportRefused("nobody_inside")
    everybody = people.group(placed, notices)
    meetings = meetings_of(header, parts, clock)
    notices += _contradictions(header, parts, everybody, meetings)
    starts = [one.started for one in meetings if one.started]
    ends = [one.ended for one in meetings if one.ended]
    return Report(
        format=kind,
        title=meetings[0].title if meetings else "",
        started=min(starts) if starts else None,
        ended=max(ends) if ends else None,
        people=everybody,
        warnings=tuple(notices),
        meetings=meetings,
    )


def _kind(grid: Grid, parts: Sequence[Part]) -> str:
    first = parts[0]
    if first.columns.duration < first.columns.join:
        return "meet"
    lengths = first.table.column(first.columns.duration)
    if first.columns.started is not None:
        worded = grid.formulas or not all(map(str.isdecimal, lengths))
        return "webex" if worded else "zoom_usage"
    if first.columns.attended is not None:
        return "zoom_webinar"
    if not all(map(str.isdecimal, lengths)):
        raise ReportRefused("format_unknown")
    return "zoom_meeting"


def _clock(
    grid: Grid, header: Table | None, parts: Sequence[Part], asked: Asked, kind: str
) -> tuple[Clock, list[Notice]]:
    entries = [entry for part in parts for entry in part.entries]
    inside = [stamp for one in entries for stamp in (one.join, one.leave) if stamp is not None]
    inside += [stamp for part in parts for stamp in _window_stamps(part)]
    inside += stamps_of(header.rows) if header else []
    bare = any(part.columns.bare_times for part in parts)
    other = [] if bare else stamps_of(grid.rows)
    headings = " ".join(cell for part in parts for cell in part.table.header.cells)
    english = "join time" in labels.fold(headings) or "name (" in labels.fold(headings)
    return clocks.read_clock(
        inside,
        other=other,
        asked=asked,
        several=kind == "zoom_usage",
        habit="" if english or not kind.startswith("zoom") else dateorder.DAY_FIRST,
        utc=any(f"({word})" in labels.fold(headings) for word in timewords.UTC_WORDS),
    )


def _window_stamps(part: Part) -> list[Stamp]:
    columns = (part.columns.started, part.columns.ended)
    cells = (
        part_cell for one in columns if one is not None for part_cell in part.table.column(one)
    )
    return [found for cell in cells if (found := stamps.parse(cell)) is not None]


def _contradictions(
    header: Table | None,
    parts: Sequence[Part],
    everybody: tuple[SeenPerson, ...],
    meetings: Sequence[Meeting],
) -> list[Notice]:
    notices = []
    if len(meetings) == 1:
        notices += people.outside(everybody, meetings[0].started, meetings[0].ended)
    stated = _stated_count(header, parts, meetings)
    rows = sum(len(part.entries) for part in parts)
    if stated is not None and stated != len(everybody):
        values = {"stated": stated, "people": len(everybody), "rows": rows}
        notices.append(Notice("count_differs", values))
    return notices


def _stated_count(
    header: Table | None, parts: Sequence[Part], meetings: Sequence[Meeting]
) -> int | None:
    """The participants are the last number after the two times; the other one is the minutes."""
    start, end = (meetings[0].started, meetings[0].ended) if meetings else (None, None)
    if header is None or len(parts) > 1 or start is None or end is None:
        return None
    cells = header.rows[0].cells
    minutes = (end - start).total_seconds() / 60
    after = [cell for cell in cells[max(table.stamp_columns(header)) + 1 :] if is_small(cell)]
    lengths = [cell for cell in cells if is_small(cell) and abs(int(cell) - minutes) <= 1]
    numbers = [*after]
    if lengths and lengths[0] in numbers:
        numbers.remove(lengths[0])
    return int(numbers[-1]) if lengths and len(numbers) == 1 else None
