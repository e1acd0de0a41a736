"""The clock changes of a zone, grouped by the rule they follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

FIRST_YEAR = 2020
LAST_YEAR = 2037
WEEK = 7
_STEP = 14 * 86_400  # no zone has changed its clock and back within two weeks since 2020
_SHORTEST_RULE = 8  # fewer years can look like a rule by chance


@dataclass(frozen=True)
class Onset:
    """One clock change: the wall clock just before it, and the offsets on both sides."""

    wall: datetime
    offset_from: timedelta
    offset_to: timedelta
    abbreviation: str
    daylight: bool


def clock_changes(zone: ZoneInfo) -> Iterator[Onset]:
    """Every clock change from FIRST_YEAR to LAST_YEAR, in order."""
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


def _onset(zone: ZoneInfo, second: int) -> Onset:
    before = _offset(zone, second - 1)
    local = datetime.fromtimestamp(second, zone)
    return Onset(
        wall=datetime.fromtimestamp(second, UTC).replace(tzinfo=None) + before,
        offset_from=before,
        offset_to=_offset(zone, second),
        abbreviation=local.tzname() or "",
        daylight=(local.dst() or timedelta()) > timedelta(),
    )


def groups(onsets: list[Onset]) -> Iterator[list[Onset]]:
    """The changes by offset before and after."""

    def key(onset: Onset) -> tuple[timedelta, timedelta]:
        return onset.offset_from, onset.offset_to

    for _, group in groupby(sorted(onsets, key=lambda o: (key(o), o.wall)), key):
        yield list(group)


def is_regular(onsets: list[Onset]) -> bool:
    """Whether yearly rules in force for the whole window tell all of the zone."""
    whole = LAST_YEAR - FIRST_YEAR + 1
    return bool(onsets) and all(
        len(group) == len(under_rule(group)) == whole for group in groups(onsets)
    )


def under_rule(group: list[Onset]) -> list[Onset]:
    """The longest run up to the last year that one yearly rule describes; empty if none."""
    last = group[-1].wall
    earliest = latest = last.day
    length = 0
    for onset in reversed(group):
        earliest, latest = min(earliest, onset.wall.day), max(latest, onset.wall.day)
        if (
            onset.wall.year != LAST_YEAR - length
            or _shape(onset.wall) != _shape(last)
            or latest - earliest >= WEEK
        ):
            break
        length += 1
    return group[-length:] if length >= _SHORTEST_RULE else []


def _shape(wall: datetime) -> tuple[int, int, time]:
    return wall.month, wall.weekday(), wall.time()
