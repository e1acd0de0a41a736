"""From stays to people: who is the same person, and who was outside the meeting."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations

from attendance.presence.reports import labels
from attendance.presence.reports.shapes import (
    Interval,
    Notice,
    SeenPerson,
)
from attendance.presence.reports.tablerows import Stay

_MASKED_ROWS = 3


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
            return [_one_of(theirs, masked, mail, name) for name in names]
        notices.append(Notice("names_share_address", shared))
    elif not mail and _at_once(theirs, same_name=True):
        notices.append(Notice("same_name_at_once", {"name": theirs[0].entry.name}))
    return [person(theirs, masked)]


def _one_of(theirs: Sequence[Stay], masked: str, mail: str, name: str) -> SeenPerson:
    own = [stay for stay in theirs if labels.fold(stay.entry.name) == name]
    return person(own, masked, f"{mail}|{name}")


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
