"""From rows of stays to people: who is the same person, and whether the lengths agree."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations

from attendance.presence.reports import durations, labels, stamps
from attendance.presence.reports.durations import Stated
from attendance.presence.reports.shapes import (
    Interval,
    Notice,
    ReportRefused,
    SeenPerson,
    covered,
)
from attendance.presence.reports.stamps import Clock, Stamp
from attendance.presence.reports.table import Columns, Table, answer
from attendance.presence.reports.text import Row, is_mail

_LONGEST_STAY = timedelta(hours=30)
_MASKED_ROWS = 3


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
    return [
        Notice(
            "stated_duration_differs",
            {
                "line": one.entry.row.line,
                "name": one.entry.name,
                "stated": one.stated_seconds or 0,
                "measured": int(covered([one.interval]).total_seconds()),
            },
        )
        for one in differing
    ]


def outside(
    found: Iterable[SeenPerson], started: datetime | None, ended: datetime | None
) -> list[Notice]:
    """People who were never there while the meeting ran, by the file's own account."""
    if started is None or ended is None:
        return []
    return [
        Notice("outside_meeting", {"name": person.name})
        for person in found
        for one in person.intervals
        if one.end is not None and (one.end < started or one.start > ended)
    ]


def group(found: Sequence[Stay], notices: list[Notice]) -> tuple[SeenPerson, ...]:
    """One person per address, else per name; doubtful cases stay apart and are said."""
    masked = _masked(found)
    if masked:
        notices.append(Notice("address_ignored", {"address": masked}))
    groups: dict[tuple[str, ...], list[Stay]] = defaultdict(list)
    for stay in found:
        groups[_identity(stay, masked)].append(stay)
    people: list[SeenPerson] = []
    for theirs in groups.values():
        people += _people(theirs, notices, masked)
    return tuple(sorted(people, key=lambda one: _first(one.intervals)))


def _first(spans: Sequence[Interval]) -> datetime:
    return min(one.start for one in spans)


def _masked(found: Sequence[Stay]) -> str:
    """An address that every row carries under different names identifies nobody."""
    mails = {(one.entry.email or "").casefold() for one in found}
    names = {labels.fold(one.entry.name) for one in found}
    mail = next(iter(mails)) if len(mails) == 1 else ""
    return mail if len(names) >= _MASKED_ROWS else ""


def _identity(stay: Stay, masked: str) -> tuple[str, ...]:
    mail = (stay.entry.email or "").casefold()
    if mail and mail != masked:
        return ("mail", mail)
    return ("name", labels.fold(stay.entry.name))


def _people(theirs: list[Stay], notices: list[Notice], masked: str) -> list[SeenPerson]:
    """Usually one; several where different names shared one address at the same time."""
    names = dict.fromkeys(labels.fold(one.entry.name) for one in theirs)
    mail = theirs[0].entry.email or ""
    if len(names) > 1:
        shared = {"address": mail, "names": ", ".join(_names_of(theirs))}
        if _at_once(theirs):
            notices.append(Notice("address_shared_at_once", shared))
            parts = [[s for s in theirs if labels.fold(s.entry.name) == one] for one in names]
            return [
                person(part, masked, f"{mail}|{labels.fold(part[0].entry.name)}") for part in parts
            ]
        notices.append(Notice("names_share_address", shared))
    elif not mail and _at_once(theirs, same_name=True):
        notices.append(Notice("same_name_at_once", {"name": theirs[0].entry.name}))
    return [person(theirs, masked)]


def _names_of(theirs: Iterable[Stay]) -> list[str]:
    return list({labels.fold(one.entry.name): one.entry.name for one in theirs}.values())


def _at_once(theirs: Sequence[Stay], *, same_name: bool = False) -> bool:
    def overlap(one: Stay, two: Stay) -> bool:
        differ = labels.fold(one.entry.name) != labels.fold(two.entry.name)
        return (differ or same_name) and _common(one.interval, two.interval)

    return any(overlap(one, two) for one, two in combinations(theirs, 2))


def _common(one: Interval, two: Interval) -> bool:
    return (two.end is None or one.start < two.end) and (one.end is None or two.start < one.end)


def person(theirs: Sequence[Stay], masked: str = "", key: str = "") -> SeenPerson:
    """The person of these stays; printed lengths that overlap are no total and are not added."""
    first = theirs[0].entry
    mail = first.email if (first.email or "").casefold() != masked else None
    lengths = [one.stated_seconds for one in theirs]
    apart = not _at_once(theirs, same_name=True) and None not in lengths
    return SeenPerson(
        key=key or (mail or "").casefold() or labels.fold(first.name),
        name=first.name,
        email=mail,
        external_id=first.external,
        role=next((one.entry.role for one in theirs if one.entry.role), ""),
        intervals=tuple(sorted((one.interval for one in theirs), key=lambda one: one.start)),
        stated_seconds=sum(one or 0 for one in lengths) if apart else None,
    )
