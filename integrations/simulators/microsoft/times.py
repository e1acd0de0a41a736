"""Times as Graph writes them, its names of time zones, and the simulator's own clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import win_tz

# The names beside the Windows ones that the page on dateTimeTimeZone lists for our part of the
# world. Zagreb, Belgrade, Tirane, Skopje and Sarajevo are not among them, which is the trap.
LISTED = frozenset({
    "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi",
    "America/Chicago", "America/Denver", "America/Los_Angeles", "America/New_York",
    "America/Sao_Paulo", "Asia/Baku", "Asia/Dubai", "Asia/Jerusalem", "Asia/Kolkata",
    "Asia/Shanghai", "Asia/Tbilisi", "Asia/Tokyo", "Asia/Yerevan", "Atlantic/Azores",
    "Atlantic/Reykjavik", "Etc/GMT", "Europe/Berlin", "Europe/Bucharest", "Europe/Budapest",
    "Europe/Istanbul", "Europe/Kaliningrad", "Europe/Kyiv", "Europe/London", "Europe/Moscow",
    "Europe/Paris", "Europe/Warsaw",
})  # fmt: skip


class UnknownZone(ValueError):
    """A name of a time zone that Graph does not take."""


@dataclass
class Clock:
    """The simulator's clock: it stands until somebody moves it."""

    at: datetime

    def __call__(self) -> datetime:
        """Now."""
        return self.at

    def advance(self, **span: float) -> None:
        """Let time pass: `advance(minutes=5)`."""
        self.at += timedelta(**span)


def zone(name: str) -> ZoneInfo:
    """A zone by a name that Graph takes; raises `UnknownZone`."""
    if name == "UTC" or name in LISTED:
        return ZoneInfo(name)
    if name in win_tz:
        return ZoneInfo(win_tz[name])
    raise UnknownZone(name)


def read(value: Mapping[str, str]) -> datetime:
    """An instant from a dateTimeTimeZone; raises ValueError."""
    text = value["dateTime"]
    found = datetime.fromisoformat(text[:26].rstrip("Z"))
    if text.endswith("Z"):
        return found.replace(tzinfo=UTC)
    return found.replace(tzinfo=zone(value.get("timeZone") or "UTC")).astimezone(UTC)


def write(at: datetime, name: str = "UTC") -> dict[str, str]:
    """A dateTimeTimeZone, with the seven digits of a second that Graph writes."""
    local = at.astimezone(zone(name)).replace(tzinfo=None)
    return {"dateTime": f"{local.isoformat(timespec='microseconds')}0", "timeZone": name}


def stamp(at: datetime) -> str:
    """A DateTimeOffset in UTC, with seven digits of a second."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}0Z"


def instant(text: str) -> datetime:
    """An instant from a DateTimeOffset; without an offset it is UTC. Raises ValueError."""
    bare = text.removesuffix("Z")
    if "." in bare:
        head, _, digits = bare.partition(".")
        bare = f"{head}.{digits[:6]}"
    found = datetime.fromisoformat(bare)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
