"""The people of a sectioned Teams report: totals of section 2 with the stays of section 3."""

from collections import defaultdict
from datetime import timedelta

from attendance.presence.reports import labels, tablerows
from attendance.presence.reports.shapes import (
    Interval,
    Notice,
    ReportRefused,
    SeenPerson,
    covered,
)
from attendance.presence.reports.tablerows import Entry, Stay

_EDGE_SLACK = 2


def joined(totals: list[Stay], spans: list[Stay], notices: list[Notice]) -> tuple[SeenPerson, ...]:
    """The people of section 2 with the stays of section 3."""
    if not totals:
        raise ReportRefused("section_missing", {"section": 2})
    notices += tablerows.check(spans)
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
    slack = _slack(total.entry, len(theirs))
    wrong = stated is not None and not union - slack <= stated <= added + slack
    if wrong or _edge_difference(total.interval, spans) > _EDGE_SLACK:
        return [Notice("stated_duration_differs", {**values, "measured": int(union)})]
    return []


def _slack(entry: Entry, rows: int) -> int:
    """Seconds that rounding in the file explains."""
    printed = entry.stated.slack if entry.stated else 0
    return max(rows * (60 if entry.join.coarse else 1) + 1, printed)


def _edge_difference(total: Interval, spans: list[Interval]) -> float:
    """Seconds between the first join and last leave printed, and those of the stays."""
    differences = [min(one.start for one in spans) - total.start]
    ends = [one.end for one in spans if one.end is not None]
    if total.end is not None and len(ends) == len(spans):
        differences.append(max(ends) - total.end)
    return max(abs(one.total_seconds()) for one in differences)
