"""Reports that are one table, or several under titles: Zoom, Webex and Google Meet.

Which service wrote a table shows in its columns: Meet prints the length before the times, Webex
repeats the event before the name and prints "204 mins", Zoom prints whole minutes after the times.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.presence.reports import durations, labels, people, stamps, table
from attendance.presence.reports.people import Entry
from attendance.presence.reports.shapes import (
    Asked,
    Meeting,
    Notice,
    Report,
    ReportRefused,
    SeenPerson,
)
from attendance.presence.reports.stamps import Clock, Stamp
from attendance.presence.reports.table import Columns, Table
from attendance.presence.reports.text import Grid, Row, is_mail

_COUNT_DIGITS = 6


@dataclass(frozen=True)
class _Part:
    """A people table with its columns and entries."""

    table: Table
    columns: Columns
    entries: tuple[Entry, ...]


def read(grid: Grid, asked: Asked) -> Report:
    """A report of Zoom, Webex or Meet."""
    _, found = table.tables(grid.rows)
    header, lists = _split(found)
    if not lists:
        raise ReportRefused("format_unknown")
    notices: list[Notice] = []
    parts = [_part(one, asked, notices) for one in lists]
    kind = _kind(grid, parts)
    clock, said = _clock(grid, header, parts, asked, kind)
    placed = [stay for part in parts for stay in people.stays(part.entries, clock)]
    notices += [*said, *people.check(placed)]
    if not placed:
        raise ReportRefused("nobody_inside")
    everybody = people.group(placed, notices)
    meetings = _meetings(header, parts, clock)
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


def _split(found: list[Table]) -> tuple[Table | None, list[Table]]:
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


def _part(one: Table, asked: Asked, notices: list[Notice]) -> _Part:
    columns = table.columns(one, asked, notices)
    role = next((role for stem, role in labels.BLOCK_ROLES if stem in labels.fold(one.title)), "")
    return _Part(one, columns, tuple(people.entries(one, columns, role=role)))


def _kind(grid: Grid, parts: Sequence[_Part]) -> str:
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
    grid: Grid, header: Table | None, parts: Sequence[_Part], asked: Asked, kind: str
) -> tuple[Clock, list[Notice]]:
    entries = [entry for part in parts for entry in part.entries]
    inside = [stamp for one in entries for stamp in (one.join, one.leave) if stamp is not None]
    inside += [stamp for part in parts for stamp in _window_stamps(part)]
    inside += _stamps(header.rows) if header else []
    bare = any(part.columns.bare_times for part in parts)
    other = [] if bare else _stamps(grid.rows)
    headings = " ".join(cell for part in parts for cell in part.table.header.cells)
    english = "join time" in labels.fold(headings) or "name (" in labels.fold(headings)
    return stamps.read_clock(
        inside,
        other=other,
        asked=asked,
        several=kind == "zoom_usage",
        habit="" if english or not kind.startswith("zoom") else stamps.DAY_FIRST,
        utc=any(f"({word})" in labels.fold(headings) for word in labels.UTC_WORDS),
    )


def _stamps(rows: Sequence[Row]) -> list[Stamp]:
    return [found for row in rows for cell in row.cells if (found := stamps.parse(cell))]


def _window_stamps(part: _Part) -> list[Stamp]:
    columns = (part.columns.started, part.columns.ended)
    cells = (
        part_cell for one in columns if one is not None for part_cell in part.table.column(one)
    )
    return [found for cell in cells if (found := stamps.parse(cell)) is not None]


def _meetings(header: Table | None, parts: Sequence[_Part], clock: Clock) -> tuple[Meeting, ...]:
    """The meetings the file names: one in its header, or those repeated on every row."""
    if header is not None:
        dated = _stamps(header.rows)
        return (_meeting(_title(header, header.rows[0], range(header.width)), dated[:2], clock),)
    found: dict[tuple[str, ...], Meeting] = {}
    for part in parts:
        if part.columns.started is None:
            continue
        for row in part.table.rows:
            cells = tuple(row.cell(index) for index in part.columns.before)
            if cells not in found:
                title = _title(part.table, row, part.columns.before)
                dated = [one for cell in cells if (one := stamps.parse(cell)) is not None]
                found[cells] = _meeting(title, dated[-2:], clock)
    return tuple(found.values())


def _meeting(title: str, dated: Sequence[Stamp], clock: Clock) -> Meeting:
    start = clock.instant(dated[0]) if dated else None
    end = clock.instant(dated[1], after=start) if len(dated) > 1 else None
    if start and end and end < start:
        raise ReportRefused("end_before_start", {"text": dated[1].text})
    return Meeting(title, start, end)


def _title(one: Table, row: Row, indexes: Sequence[int]) -> str:
    """The cell under a heading that means topic, else the first words of the row."""
    worded = [index for index in indexes if _worded(row.cell(index))]
    topics = [index for index in worded if labels.has(one.header.cell(index), labels.TOPIC)]
    chosen = topics or worded
    return row.cell(chosen[0]) if chosen else ""


def _worded(cell: str) -> bool:
    if not cell or is_mail(cell) or stamps.parse(cell) is not None:
        return False
    return not cell.replace(" ", "").isdecimal()


def _contradictions(
    header: Table | None,
    parts: Sequence[_Part],
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
    header: Table | None, parts: Sequence[_Part], meetings: Sequence[Meeting]
) -> int | None:
    """The participants are the last number after the two times; the other one is the minutes."""
    start, end = (meetings[0].started, meetings[0].ended) if meetings else (None, None)
    if header is None or len(parts) > 1 or start is None or end is None:
        return None
    cells = header.rows[0].cells
    minutes = (end - start).total_seconds() / 60
    after = [cell for cell in cells[max(table.stamp_columns(header)) + 1 :] if _small(cell)]
    lengths = [cell for cell in cells if _small(cell) and abs(int(cell) - minutes) <= 1]
    numbers = [*after]
    if lengths and lengths[0] in numbers:
        numbers.remove(lengths[0])
    return int(numbers[-1]) if lengths and len(numbers) == 1 else None


def _small(cell: str) -> bool:
    """A number that can be a count or minutes, not a meeting id."""
    return cell.isdecimal() and len(cell) <= _COUNT_DIGITS


def read_totals(grid: Grid, asked: Asked) -> Report:
    """Zoom's list of unique users: names and minutes, no times; they locate nobody in time."""
    _, found = table.tables(grid.rows)
    header, lists = _split(found)
    if len(lists) != 1:
        raise ReportRefused("format_unknown")
    one = lists[0]
    mails = [i for i in range(one.width) if any(map(is_mail, one.column(i)))]
    minutes = [i for i in range(one.width) if one.column(i) and all(map(_small, one.column(i)))]
    if mails != [1] or minutes != [2] or "(" not in one.header.cell(2):
        raise ReportRefused("format_unknown")
    everybody = tuple(_total(row) for row in one.rows)
    notices = [Notice("times_missing", {"people": len(everybody)})]
    if header is None:
        return Report("zoom_totals", "", None, None, everybody, tuple(notices))
    clock, said = stamps.read_clock(_stamps(header.rows), asked=asked)
    meetings = _meetings(header, [], clock)
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
    if not name or not _small(minutes):
        raise ReportRefused("row_incomplete", {"line": row.line})
    address = mail if is_mail(mail) else None
    key = (address or f"{labels.fold(name)}#{row.line}").casefold()
    return SeenPerson(key, name, address, None, "", (), int(minutes) * 60)
