"""VTIMEZONE of a zone by the yearly rule that stands at the end of its compiled file (RFC 9636 §3.3).

Some clients read only the first of many listed onsets, so a zone is written by its rule or not at
all; what cannot be written so is written in UTC.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from importlib.resources import files
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Timezone

DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
LAST_WEEK = 5
_NAME, _OFFSET = r"(<[^>]+>|[A-Za-z]{3,})", r"([+-]?\d{1,2}(?::\d{2})?)"
_DATE = r",M(\d{1,2})\.([1-5])\.([0-6])(?:/((?:1?\d|2[0-3])(?::\d{2})?))?"
RULE = re.compile(rf"{_NAME}{_OFFSET}(?:{_NAME}{_OFFSET}?{_DATE}{_DATE})?")


def wall_clock(zone: str, instants: Sequence[datetime]) -> tuple[ZoneInfo, Timezone] | None:
    """The zone and its VTIMEZONE, if that tells these instants as the zone does; else None.

    None as well for an hour that the clock shows twice or skips: clients differ on it.
    """
    told = _told(zone)
    if told is None:
        return None
    known, written, read = told
    for instant in instants:
        here = instant.astimezone(known)
        if here.utcoffset() != instant.astimezone(read).utcoffset() or _in_doubt(here):
            return None
    return known, written


@lru_cache(maxsize=128)
def _told(zone: str) -> tuple[ZoneInfo, Timezone, tzinfo] | None:
    """The zone, its VTIMEZONE, and what somebody reads out of that."""
    text = rule_of(zone)
    if text is None:
        return None
    written = cast("Timezone", Timezone.from_ical(text))
    return ZoneInfo(zone), written, written.to_tz(lookup_tzid=False)


def _in_doubt(here: datetime) -> bool:
    return here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()


def rule_of(zone: str) -> str | None:
    """The VTIMEZONE of a zone as content lines; None for UTC and zones without a plain rule."""
    try:
        ZoneInfo(zone)
        compiled = files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return None
    found = RULE.fullmatch(compiled.rstrip(b"\n").rpartition(b"\n")[2].decode())
    if found is None or zone in {"UTC", "Etc/UTC"}:
        return None
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}", *_observances(found), "END:VTIMEZONE"]
    return "".join(f"{line}\r\n" for line in lines)


def _observances(found: re.Match[str]) -> list[str]:
    name, offset, other, moved = found.group(1, 2, 3, 4)
    usual = _offset(offset)
    if other is None:
        return _observance("STANDARD", datetime(1970, 1, 1), usual, usual, name)  # noqa: DTZ001  a wall clock has no zone
    odd = _offset(moved) if moved else usual + timedelta(hours=1)
    there, back = found.group(5, 6, 7, 8), found.group(9, 10, 11, 12)
    kinds = ("DAYLIGHT", "STANDARD") if odd > usual else ("STANDARD", "DAYLIGHT")
    return [
        *_observance(kinds[0], _first(*there), usual, odd, other, _yearly(*there)),
        *_observance(kinds[1], _first(*back), odd, usual, name, _yearly(*back)),
    ]


def _observance(
    kind: str, starts: datetime, before: timedelta, after: timedelta, name: str, *rules: str
) -> list[str]:
    return [
        f"BEGIN:{kind}", f"DTSTART:{starts:%Y%m%dT%H%M%S}", *rules,
        f"TZOFFSETFROM:{_written(before)}", f"TZOFFSETTO:{_written(after)}",
        f"TZNAME:{name.strip('<>')}", f"END:{kind}",
    ]  # fmt: skip


def _yearly(month: str, week: str, day: str, _: str | None) -> str:
    which = "-1" if int(week) == LAST_WEEK else week
    return f"RRULE:FREQ=YEARLY;BYMONTH={int(month)};BYDAY={which}{DAYS[int(day)]}"


def _first(month: str, week: str, day: str, time: str | None) -> datetime:
    """The onset that the rule gives for 1970, so that older dates are covered too."""
    opens = datetime(1970, int(month), 1)  # noqa: DTZ001  a wall clock has no zone
    opens += timedelta(days=(int(day) - opens.isoweekday()) % 7, weeks=int(week) - 1)
    if opens.month != int(month):
        opens -= timedelta(weeks=1)
    return opens + _duration(time or "2")


def _duration(text: str) -> timedelta:
    hours, _, minutes = text.partition(":")
    return timedelta(hours=int(hours), minutes=int(minutes or 0))


def _offset(text: str) -> timedelta:
    """POSIX counts westwards, iCalendar eastwards."""
    amount = _duration(text.lstrip("+-"))
    return amount if text.startswith("-") else -amount


def _written(offset: timedelta) -> str:
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02d}{minutes % 60:02d}"
