"""When a part of an event is brought to mind."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from events.kernel.zones import instant

QUIET_FROM, QUIET_UNTIL = time(20), time(7)
BEFORE_QUIET = time(19)


@dataclass(frozen=True)
class Offset:
    """One reminder. `latest`: with less time left than that it is no help any more."""

    code: str
    latest: timedelta
    online_only: bool


DAY = Offset("day", timedelta(hours=2), online_only=False)
SOON = Offset("soon", timedelta(), online_only=True)
OFFSETS = {offset.code: offset for offset in (DAY, SOON)}
SOON_BEFORE = timedelta(minutes=15)


def due_at(offset: Offset, wall: datetime, zone: str) -> datetime:
    """The instant of a reminder for a part that starts at `wall` (naive) in an IANA zone.

    The day before means the same time by the wall clock, moved to 19:00 where it would fall into
    the quiet hours (20:00 to 7:00 of the event's zone); the quarter of an hour knows no quiet hours.
    """
    if offset is SOON:
        return instant(wall, zone) - SOON_BEFORE
    return instant(_out_of_quiet_hours(wall - timedelta(days=1)), zone)


def _out_of_quiet_hours(wall: datetime) -> datetime:
    if wall.time() >= QUIET_FROM:
        return datetime.combine(wall.date(), BEFORE_QUIET)
    if wall.time() < QUIET_UNTIL:
        return datetime.combine(wall.date() - timedelta(days=1), BEFORE_QUIET)
    return wall


def still_helps(offset: Offset, *, starts_at: datetime, at: datetime) -> bool:
    """Whether a reminder that is late may still leave."""
    return at < starts_at - offset.latest
