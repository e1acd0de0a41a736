"""The list of joins and leaves that Teams offered inside a meeting (2020 to 2022)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from attendance.presence.reports import clocks, labels, stamps
from attendance.presence.reports.shapes import (
    Asked,
    Interval,
    Notice,
    Report,
    ReportRefused,
    SeenPerson,
)
from attendance.presence.reports.stamps import Stamp
from attendance.presence.reports.text import Grid, Row

_CELLS = 3
_DIRECTIONS = 2


@dataclass(frozen=True)
class _Event:
    name: str
    inward: bool
    at: datetime
    line: int


def matches(grid: Grid) -> bool:
    """Three columns, the last one dates, and every name at most with two kinds of action."""
    rows = [row for row in grid.rows if row.filled]
    dated = [row for row in rows[1:] if stamps.parse(row.cell(2)) is not None]
    return bool(dated) and all(row.filled <= _CELLS for row in rows) and len(dated) * 2 > len(rows)


def read(grid: Grid, asked: Asked) -> Report:
    """People with their stays; who never left by the list has an open last stay."""
    rows = [row for row in grid.rows if row.filled]
    if stamps.parse(rows[0].cell(2)) is None:
        rows = rows[1:]
    found = [(row, _stamp(row)) for row in rows]
    clock, notices = clocks.read_clock([stamp for _, stamp in found], asked=asked)
    inward = _directions(found)
    events: dict[str, list[_Event]] = defaultdict(list)
    for row, stamp in found:
        name = row.cell(0)
        seen = _Event(name, inward[labels.fold(row.cell(1))], clock.instant(stamp), row.line)
        events[labels.fold(name)].append(seen)
    everybody = tuple(_person(theirs, notices) for theirs in events.values())
    early = sum(labels.fold(row.cell(1)) in labels.JOINED_BEFORE for row, _ in found)
    if early:
        notices.append(Notice("joined_before_download", {"people": early}))
    ends = [event.at for theirs in events.values() for event in theirs]
    return Report("teams_list", "", min(ends), None, everybody, tuple(notices))


def _stamp(row: Row) -> Stamp:
    stamp = stamps.parse(row.cell(2))
    if row.filled != _CELLS:
        raise ReportRefused("row_incomplete", {"line": row.line})
    if stamp is None:
        raise ReportRefused("date_unreadable", {"line": row.line, "text": row.cell(2)})
    return stamp


def _directions(found: Sequence[tuple[Row, Stamp]]) -> dict[str, bool]:
    """Which action means coming in: by known words, else because everybody comes in first."""
    actions = {labels.fold(row.cell(1)) for row, _ in found}
    known = dict.fromkeys(actions & (labels.JOINED | labels.JOINED_BEFORE), True)
    known |= dict.fromkeys(actions & labels.LEFT, False)
    unknown = actions - set(known)
    if unknown:
        known |= _by_order(found, actions, unknown)
    return known


def _by_order(
    found: Sequence[tuple[Row, Stamp]], actions: set[str], unknown: set[str]
) -> dict[str, bool]:
    """With two words, and every person beginning with the same one and alternating, it is coming."""
    series: dict[str, list[str]] = defaultdict(list)
    for row, _ in found:
        series[row.cell(0)].append(labels.fold(row.cell(1)))
    first = {theirs[0] for theirs in series.values()}
    alternating = all(one != two for theirs in series.values() for one, two in pairwise(theirs))
    if len(actions) != _DIRECTIONS or len(first) != 1 or not alternating:
        raise ReportRefused("action_unknown", {"text": min(unknown)})
    return {one: one in first for one in actions}


def _person(events: list[_Event], notices: list[Notice]) -> SeenPerson:
    ordered = sorted(events, key=lambda one: (one.at, not one.inward))
    name = ordered[0].name
    spans: list[Interval] = []
    opened: list[datetime] = []
    for event in ordered:
        if event.inward:
            opened.append(event.at)
        elif opened:
            opened = _close(opened, event, spans)
        else:
            notices.append(Notice("left_without_join", {"name": name, "line": event.line}))
    if opened:
        spans.append(_open_end(opened[0], ordered))
    if any(one.end is None for one in spans):
        notices.append(Notice("end_unknown", {"name": name}))
    if any("unmatched_join" in one.flags for one in spans) or len(opened) > 1:
        notices.append(Notice("joined_twice", {"name": name}))
    return SeenPerson(labels.fold(name), name, None, None, "", tuple(spans), None)


def _close(opened: list[datetime], event: _Event, spans: list[Interval]) -> list[datetime]:
    """The latest joining ends; an earlier one, of another device, may end later."""
    flags = frozenset(["unmatched_join"]) if len(opened) > 1 else frozenset[str]()
    spans.append(Interval(opened[-1], event.at, flags))
    return opened[:-1] if len(opened) > 1 else []


def _open_end(start: datetime, ordered: list[_Event]) -> Interval:
    """A joining whose leaving is missing ends with the last leaving seen after it, if there is one."""
    later = [event.at for event in ordered if not event.inward and event.at > start]
    if later:
        return Interval(start, max(later), frozenset(["unmatched_join"]))
    return Interval(start, None, frozenset(["end_unknown"]))
