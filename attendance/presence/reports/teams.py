"""Reports of Microsoft Teams: the sectioned form (2022 on) and the first form (2021).

Nothing here depends on words: a section starts with its number, the summary is lines of two
cells, section 2 holds people with totals, section 3 their stays. The two are never added.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.presence.reports import durations, labels, people, stamps, table
from attendance.presence.reports.people import Entry, Stay
from attendance.presence.reports.shapes import (
    Asked,
    Interval,
    Meeting,
    Notice,
    Report,
    ReportRefused,
    SeenPerson,
    covered,
)
from attendance.presence.reports.stamps import Clock, Stamp
from attendance.presence.reports.table import Table
from attendance.presence.reports.text import Grid, Row

_SECTION = re.compile(r"^(\d)\s*[.)]\s*\S")
_SUMMARY_CELLS = 2
_AVERAGE_SLACK = 5
_WINDOW_STAMPS = 2
_COUNT_DIGITS = 5
_EDGE_SLACK = 2


@dataclass(frozen=True)
class Summary:
    """The lines above the people: what the file says of itself."""

    title: str
    count: int | None
    stamps: tuple[Stamp, ...]
    lengths: tuple[durations.Stated, ...]

    def window(self, clock: Clock) -> tuple[datetime | None, datetime | None]:
        """Start and end of the meeting, where both are printed."""
        if len(self.stamps) != _WINDOW_STAMPS:
            return None, None
        start = clock.instant(self.stamps[0])
        end = clock.instant(self.stamps[1], after=start)
        if end < start:
            raise ReportRefused("end_before_start", {"text": self.stamps[1].text})
        return start, end


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
    summary = _summary(parts[1])
    notices: list[Notice] = []
    totals, names_utc = _entries(parts, 2, asked, notices)
    spans, _ = _entries(parts, 3, asked, notices)
    clock, said = _clock(summary, [*totals, *spans], asked, utc=names_utc)
    notices += said
    everybody = _joined(people.stays(totals, clock), people.stays(spans, clock), notices)
    start, end = summary.window(clock)
    notices += _contradictions(summary, everybody, start, end, rows=len(totals))
    notices += people.outside(everybody, start, end)
    return _report(summary, (start, end), everybody, notices)


def read_first_form(grid: Grid, asked: Asked) -> Report:
    """The report of 2021: a summary and one table with a row for every stay."""
    loose, found = table.tables(grid.rows)
    notices: list[Notice] = []
    summary = _summary(loose)
    if len(found) != 1:
        raise ReportRefused("format_unknown")
    columns = table.columns(found[0], asked, notices, rooms=False)
    entries = people.entries(found[0], columns)
    clock, said = _clock(summary, entries, asked, utc=_utc(found[0]))
    placed = people.stays(entries, clock)
    notices += [*said, *people.check(placed)]
    everybody = people.group(placed, notices)
    start, end = summary.window(clock)
    notices += _contradictions(summary, everybody, start, end, rows=len(placed), stated=False)
    notices += people.outside(everybody, start, end)
    return _report(summary, (start, end), everybody, notices)


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


def _summary(rows: Sequence[Row]) -> Summary:
    """Title, count, start, end and lengths are told apart by what their cells are."""
    pairs = [row for row in rows if row.filled == _SUMMARY_CELLS]
    values = [row.cells[1] if row.cell(1) else "" for row in pairs]
    dated = [found for value in values if (found := stamps.parse(value)) is not None]
    count = [int(value) for value in values if value.isdecimal() and len(value) <= _COUNT_DIGITS]
    timed = [v for v in values if not v.isdecimal() and stamps.parse(v) is None]
    # The title is printed first, so that a meeting called "30 min" stays a title.
    title = next((value for value in timed if not _length_line(value, timed)), "")
    lengths = [length for one in timed if (length := durations.parse(one)) is not None]
    plain = "" if title == "null" else title
    return Summary(plain, count[0] if count else None, tuple(dated), tuple(lengths[-2:]))


def _length_line(value: str, values: list[str]) -> bool:
    return durations.parse(value) is not None and value in values[1:]


def _utc(found: Table) -> bool:
    return any(word in labels.fold(" ".join(found.header.cells)) for word in labels.UTC_WORDS)


def _entries(
    parts: dict[int, list[Row]], section: int, asked: Asked, notices: list[Notice]
) -> tuple[list[Entry], bool]:
    rows = parts.get(section, [])
    loose, found = table.tables(rows)
    if any(row.filled for row in loose) or len(found) > 1:
        raise ReportRefused("section_unreadable", {"section": section, "line": rows[0].line})
    if not found or not found[0].rows:
        return [], False
    columns = table.columns(found[0], asked, notices, rooms=False)
    return people.entries(found[0], columns), _utc(found[0])


def _clock(
    summary: Summary, entries: Sequence[Entry], asked: Asked, *, utc: bool
) -> tuple[Clock, list[Notice]]:
    seen = [stamp for one in entries for stamp in (one.join, one.leave) if stamp is not None]
    return stamps.read_clock([*summary.stamps, *seen], asked=asked, utc=utc)


def _joined(totals: list[Stay], spans: list[Stay], notices: list[Notice]) -> tuple[SeenPerson, ...]:
    """The people of section 2 with the stays of section 3."""
    if not totals:
        raise ReportRefused("section_missing", {"section": 2})
    notices += people.check(spans)
    shared = _shared(totals)
    notices += [Notice("address_ignored", {"address": one}) for one in sorted(shared)]
    owners = _owners(totals, spans, shared)
    found = []
    theirs: dict[int, list[Stay]] = defaultdict(list)
    for span, owner in zip(spans, owners, strict=True):
        theirs[owner].append(span)
    for index, total in enumerate(totals):
        found.append(_person(index, total, theirs[index], shared, notices))
    return tuple(found)


def _shared(totals: list[Stay]) -> set[str]:
    """Addresses that stand at several names identify none of them."""
    names: dict[str, set[str]] = defaultdict(set)
    for total in totals:
        for address in _addresses(total.entry, set()):
            names[address].add(_plain(total.entry.name))
    return {address for address, bearers in names.items() if len(bearers) > 1}


def _addresses(entry: Entry, shared: set[str]) -> set[str]:
    both = {(entry.email or "").casefold(), (entry.external or "").casefold()}
    return both - shared - {""}


def _owners(totals: list[Stay], spans: list[Stay], shared: set[str]) -> list[int]:
    """Whose stay each row of section 3 is: by address, by name, else by its very times."""
    bearers: dict[object, list[int]] = defaultdict(list)
    for index, total in enumerate(totals):
        for mark in _marks(total, shared):
            bearers[mark].append(index)
    return [_owner(totals, span, bearers, shared) for span in spans]


def _marks(stay: Stay, shared: set[str]) -> list[object]:
    """What a row may be recognised by, surest first."""
    times = (stay.interval.start, stay.interval.end)
    return [*sorted(_addresses(stay.entry, shared)), ("name", _plain(stay.entry.name)), times]


def _owner(
    totals: list[Stay], span: Stay, bearers: dict[object, list[int]], shared: set[str]
) -> int:
    for mark in _marks(span, shared):
        fitting = bearers.get(mark, [])
        exact = [index for index in fitting if _same_times(totals[index], span)]
        for narrower in (exact, fitting):
            inside = [index for index in narrower if _within(totals[index], span)]
            if len({_identity(totals[index], shared) for index in inside}) == 1:
                return inside[0]
    values: dict[str, int | str] = {"line": span.entry.row.line, "name": span.entry.name}
    raise ReportRefused("sections_disagree", values)


def _identity(total: Stay, shared: set[str]) -> tuple[str, ...]:
    return (_plain(total.entry.name), *sorted(_addresses(total.entry, shared)))


def _plain(name: str) -> str:
    return "".join(labels.fold(name).split())


def _same_times(one: Stay, two: Stay) -> bool:
    return (one.interval.start, one.interval.end) == (two.interval.start, two.interval.end)


def _within(total: Stay, span: Stay) -> bool:
    slack = timedelta(seconds=2)
    late, end = total.interval.end, span.interval.end
    ends = late is None or (end is not None and end <= late + slack)
    return span.interval.start >= total.interval.start - slack and ends


def _person(
    index: int, total: Stay, theirs: list[Stay], shared: set[str], notices: list[Notice]
) -> SeenPerson:
    entry = total.entry
    spans = [one.interval for one in theirs]
    if not theirs and total.agrees:
        spans = [total.interval]
    wall = covered(spans or [total.interval]).total_seconds()
    stated = entry.stated.nearest(wall) if entry.stated else None
    notices += _doubts(total, theirs, spans, stated)
    mail = entry.email if (entry.email or "").casefold() not in shared else None
    external = entry.external if (entry.external or "").casefold() not in shared else None
    return SeenPerson(
        key=f"{(external or mail or labels.fold(entry.name)).casefold()}#{index + 1}",
        name=entry.name,
        email=mail,
        external_id=external,
        role=entry.role,
        intervals=tuple(sorted(spans, key=lambda one: one.start)),
        stated_seconds=stated,
    )


def _doubts(
    total: Stay, theirs: list[Stay], spans: list[Interval], stated: int | None
) -> list[Notice]:
    """Where the total of section 2 and the stays of section 3 do not tell the same."""
    values: dict[str, int | str] = {"name": total.entry.name, "stated": stated or 0}
    if not spans:
        return [Notice("intervals_missing", values)]
    union = covered(spans).total_seconds()
    added = sum(covered([one]).total_seconds() for one in spans)
    printed = total.entry.stated.slack if total.entry.stated else 0
    coarse = 60 if total.entry.join.coarse else 1
    slack = max(len(theirs) * coarse + 1, printed)
    wrong = stated is not None and not union - slack <= stated <= added + slack
    if wrong or _edge_difference(total.interval, spans) > _EDGE_SLACK:
        return [Notice("stated_duration_differs", {**values, "measured": int(union)})]
    return []


def _edge_difference(total: Interval, spans: list[Interval]) -> float:
    """Seconds between the first join and last leave printed, and those of the stays."""
    differences = [min(one.start for one in spans) - total.start]
    ends = [one.end for one in spans if one.end is not None]
    if total.end is not None and len(ends) == len(spans):
        differences.append(max(ends) - total.end)
    return max(abs(one.total_seconds()) for one in differences)


def _contradictions(
    summary: Summary,
    everybody: tuple[SeenPerson, ...],
    start: datetime | None,
    end: datetime | None,
    *,
    rows: int,
    stated: bool = True,
) -> list[Notice]:
    """Where the summary says something else than its own table."""
    found = []
    if summary.count is not None and summary.count != len(everybody):
        values = {"stated": summary.count, "people": len(everybody), "rows": rows}
        found.append(Notice("count_differs", values))
    if start and end and summary.lengths:
        length = (end - start).total_seconds()
        if not summary.lengths[0].agrees(length):
            found.append(Notice("meeting_length_differs", {"measured": int(length)}))
    lengths = [one.stated_seconds for one in everybody if one.stated_seconds is not None]
    if stated and len(summary.lengths) > 1 and lengths:
        mean = sum(lengths) / len(lengths)
        if abs(summary.lengths[1].nearest(mean) - mean) > _AVERAGE_SLACK:
            found.append(Notice("average_differs", {"measured": int(mean)}))
    return found
