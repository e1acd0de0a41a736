"""VTIMEZONE components that follow a yearly rule, made from the time zone database.

Lists of single onsets make long calendars and are read wrongly by some clients, so a zone whose
clock changes follow a yearly rule gets that rule (RFC 5545 §3.6.5).
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from events.kernel import zones

FIRST_YEAR = 2020
LAST_YEAR = 2037
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = 7
_STEP = 14 * 86_400  # no zone has changed its clock and back within two weeks since 2020
_SHORTEST_RULE = 8  # fewer years can look like a rule by chance
_UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Zulu", "Etc/Universal", "Zulu"})


@dataclass(frozen=True)
class _Onset:
    """One clock change: the wall clock just before it, and the offsets on both sides."""

    wall: datetime
    offset_from: timedelta
    offset_to: timedelta
    abbreviation: str
    daylight: bool


def is_utc(name: str) -> bool:
    """Whether the zone is UTC itself, which calendars write as `…Z` without a VTIMEZONE."""
    return name in _UTC_NAMES


@lru_cache(maxsize=128)
def vtimezone(name: str) -> str:
    """The VTIMEZONE of an IANA zone: content lines, each ended by CRLF.

    Right for every instant from 2020 on. A zone without a yearly rule (Morocco moves its clock
    with Ramadan) has its changes up to 2037 listed, one RDATE property each. Raises
    zones.ZoneUnknown.
    """
    onsets = list(_onsets(zones.zone(name)))
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    regular = _is_regular(onsets)
    if not regular:
        lines += _base(name)
    for group in _groups(onsets):
        lines += _group_lines(group, from_1970=regular)
    lines.append("END:VTIMEZONE")
    return "".join(f"{line}\r\n" for line in lines)


def _onsets(zone: ZoneInfo) -> Iterator[_Onset]:
    second = int(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp())
    end = int(datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp())
    before = _offset(zone, second)
    while second < end:
        following = min(second + _STEP, end)
        if _offset(zone, following) != before:
            following = _change_between(zone, second, following)
            before = _offset(zone, following)
            yield _onset(zone, following)
        second = following


def _change_between(zone: ZoneInfo, low: int, high: int) -> int:
    """The first second with the offset of `high`, by halving."""
    before = _offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return high


def _offset(zone: ZoneInfo, second: int) -> timedelta:
    return datetime.fromtimestamp(second, zone).utcoffset() or timedelta()


def _onset(zone: ZoneInfo, second: int) -> _Onset:
    before = _offset(zone, second - 1)
    local = datetime.fromtimestamp(second, zone)
    return _Onset(
        wall=datetime.fromtimestamp(second, UTC).replace(tzinfo=None) + before,
        offset_from=before,
        offset_to=_offset(zone, second),
        abbreviation=local.tzname() or "",
        daylight=(local.dst() or timedelta()) > timedelta(),
    )


def _groups(onsets: list[_Onset]) -> Iterator[list[_Onset]]:
    def key(onset: _Onset) -> tuple[timedelta, timedelta]:
        return onset.offset_from, onset.offset_to

    for _, group in groupby(sorted(onsets, key=lambda o: (key(o), o.wall)), key):
        yield list(group)


def _is_regular(onsets: list[_Onset]) -> bool:
    """Whether yearly rules in force for the whole window tell all of the zone."""
    whole = LAST_YEAR - FIRST_YEAR + 1
    return bool(onsets) and all(
        len(group) == len(_ruled(group)) == whole for group in _groups(onsets)
    )


def _ruled(group: list[_Onset]) -> list[_Onset]:
    """The longest run up to the last year that one yearly rule describes; empty if none."""
    last = group[-1].wall
    earliest = latest = last.day
    length = 0
    for onset in reversed(group):
        earliest, latest = min(earliest, onset.wall.day), max(latest, onset.wall.day)
        if (
            onset.wall.year != LAST_YEAR - length
            or _shape(onset.wall) != _shape(last)
            or latest - earliest >= _WEEK
        ):
            break
        length += 1
    return group[-length:] if length >= _SHORTEST_RULE else []


def _shape(wall: datetime) -> tuple[int, int, time]:
    return wall.month, wall.weekday(), wall.time()


def _rule(onsets: list[_Onset]) -> str:
    first = onsets[0].wall
    weekday = _WEEKDAYS[first.weekday()]
    weeks = {(onset.wall.day - 1) // _WEEK for onset in onsets}
    days = [onset.wall.day for onset in onsets]
    start = f"FREQ=YEARLY;BYMONTH={first.month};"
    if len(weeks) == 1:
        return f"{start}BYDAY={weeks.pop() + 1}{weekday}"
    if all(_in_last_week(onset.wall) for onset in onsets):
        return f"{start}BYDAY=-1{weekday}"
    span = ",".join(str(day) for day in range(min(days), min(days) + _WEEK))
    return f"{start}BYMONTHDAY={span};BYDAY={weekday}"


def _in_last_week(day: datetime) -> bool:
    return day.day > calendar.monthrange(day.year, day.month)[1] - _WEEK


def _in_1970(onsets: list[_Onset]) -> datetime:
    """The onset the rule would have given in 1970, so that older dates are covered too."""
    first = onsets[0].wall
    earliest = min(onset.wall.day for onset in onsets)
    if all(_in_last_week(onset.wall) for onset in onsets):
        earliest = calendar.monthrange(1970, first.month)[1] - _WEEK + 1
    day = datetime(1970, first.month, earliest)  # noqa: DTZ001 - a wall clock has no zone
    day += timedelta(days=(first.weekday() - day.weekday()) % _WEEK)
    return datetime.combine(day.date(), first.time())


def _base(name: str) -> list[str]:
    zone = zones.zone(name)
    start = datetime(FIRST_YEAR, 1, 1, tzinfo=zone)
    offset = start.utcoffset() or timedelta()
    wall = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone
    daylight = (start.dst() or timedelta()) > timedelta()
    return _observance(_Onset(wall, offset, offset, start.tzname() or "", daylight), [])


def _group_lines(group: list[_Onset], *, from_1970: bool) -> list[str]:
    ruled = _ruled(group)
    listed = group[: len(group) - len(ruled)]
    lines: list[str] = []
    if listed:
        dates = [f"RDATE:{_stamp(onset.wall)}" for onset in listed[1:]]
        lines += _observance(listed[0], dates)
    if ruled:
        last = ruled[-1]
        wall = _in_1970(ruled) if from_1970 else ruled[0].wall
        # Ireland's database entry calls winter the odd time; clients expect the later clock to be.
        daylight = last.offset_to > last.offset_from
        onset = _Onset(wall, last.offset_from, last.offset_to, last.abbreviation, daylight)
        lines += _observance(onset, [f"RRULE:{_rule(ruled)}"])
    return lines


def _observance(onset: _Onset, recurrence: list[str]) -> list[str]:
    kind = "DAYLIGHT" if onset.daylight else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{_stamp(onset.wall)}",
        *recurrence,
        f"TZOFFSETFROM:{_offset_text(onset.offset_from)}",
        f"TZOFFSETTO:{_offset_text(onset.offset_to)}",
        f"TZNAME:{onset.abbreviation}",
        f"END:{kind}",
    ]


def _stamp(wall: datetime) -> str:
    return wall.strftime("%Y%m%dT%H%M%S")


def _offset_text(offset: timedelta) -> str:
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    sign = "-" if offset < timedelta() else "+"
    text = f"{sign}{minutes // 60:02d}{minutes % 60:02d}"
    return f"{text}{seconds:02d}" if seconds else text
