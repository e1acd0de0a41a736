"""Wall clocks and instants."""

from datetime import UTC, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones


class ZoneUnknown(ValueError):
    """The name is not in the IANA time zone database."""


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The IANA zone of that name; raises ZoneUnknown.

    Kept, because the list of names is read from disk each time (5 ms).
    """
    if name not in available_timezones():
        raise ZoneUnknown(name)
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError as error:
        raise ZoneUnknown(name) from error


@cache
def european() -> tuple[str, ...]:
    """The zones of Europe by name; kept, because the list is read from disk each time."""
    return tuple(sorted(name for name in available_timezones() if name.startswith("Europe/")))


def instant(wall: datetime, zone_name: str) -> datetime:
    """The UTC instant of a naive wall-clock time in a zone.

    A time that the spring change skips is read with the offset before the change; of a doubled
    autumn hour the first is meant (PEP 495, fold=0).
    """
    return wall.replace(tzinfo=zone(zone_name), fold=0).astimezone(UTC)


def wall(at: datetime, zone_name: str) -> datetime:
    """The naive wall-clock time of an instant in a zone."""
    return at.astimezone(zone(zone_name)).replace(tzinfo=None)
