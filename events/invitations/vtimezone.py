"""VTIMEZONE components that follow a yearly rule, made from the time zone database.

Lists of single onsets make long calendars and are read wrongly by some clients, so a zone whose
clock changes follow a yearly rule gets that rule (RFC 5545 §3.6.5).
"""

import calendar
from datetime import datetime, timedelta
from functools import lru_cache

from events.invitations.onsets import (
    FIRST_YEAR,
    WEEK,
    Onset,
    clock_changes,
    groups,
    is_regular,
    under_rule,
)
from events.kernel import zones

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Zulu", "Etc/Universal", "Zulu"})


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
    onsets = list(clock_changes(zones.zone(name)))
    regular = is_regular(onsets)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}", *([] if regular else _base(name))]
    for group in groups(onsets):
        lines += _group_lines(group, from_1970=regular)
    lines.append("END:VTIMEZONE")
    return "".join(f"{line}\r\n" for line in lines)


def _rule(onsets: list[Onset]) -> str:
    first = onsets[0].wall
    weekday = _WEEKDAYS[first.weekday()]
    weeks = {(onset.wall.day - 1) // WEEK for onset in onsets}
    days = [onset.wall.day for onset in onsets]
    start = f"FREQ=YEARLY;BYMONTH={first.month};"
    if len(weeks) == 1:
        return f"{start}BYDAY={weeks.pop() + 1}{weekday}"
    if all(_in_last_week(onset.wall) for onset in onsets):
        return f"{start}BYDAY=-1{weekday}"
    span = ",".join(str(day) for day in range(min(days), min(days) + WEEK))
    return f"{start}BYMONTHDAY={span};BYDAY={weekday}"


def _in_last_week(day: datetime) -> bool:
    return day.day > calendar.monthrange(day.year, day.month)[1] - WEEK


def _in_1970(onsets: list[Onset]) -> datetime:
    """The onset the rule would have given in 1970, so that older dates are covered too."""
    first = onsets[0].wall
    earliest = min(onset.wall.day for onset in onsets)
    if all(_in_last_week(onset.wall) for onset in onsets):
        earliest = calendar.monthrange(1970, first.month)[1] - WEEK + 1
    day = datetime(1970, first.month, earliest)  # noqa: DTZ001 - a wall clock has no zone
    day += timedelta(days=(first.weekday() - day.weekday()) % WEEK)
    return datetime.combine(day.date(), first.time())


def _base(name: str) -> list[str]:
    zone = zones.zone(name)
    start = datetime(FIRST_YEAR, 1, 1, tzinfo=zone)
    offset = start.utcoffset() or timedelta()
    wall = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone
    daylight = (start.dst() or timedelta()) > timedelta()
    return _observance(Onset(wall, offset, offset, start.tzname() or "", daylight), [])


def _group_lines(group: list[Onset], *, from_1970: bool) -> list[str]:
    ruled = under_rule(group)
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
        onset = Onset(wall, last.offset_from, last.offset_to, last.abbreviation, daylight)
        lines += _observance(onset, [f"RRULE:{_rule(ruled)}"])
    return lines


def _observance(onset: Onset, recurrence: list[str]) -> list[str]:
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
