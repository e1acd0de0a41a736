"""What the server keeps: meetings with the people in them, recordings, hooks, and its clock."""

import hashlib
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MINUTE = 60_000  # milliseconds, as the API counts


class Clock:
    """The server's clock: the machine's, until it is held or moved."""

    def __init__(self) -> None:
        """Start with the machine's time."""
        self.held: int | None = None

    def millis(self) -> int:
        """Milliseconds since 1970."""
        return int(time.time() * 1000) if self.held is None else self.held

    def hold(self, at: datetime) -> None:
        """Stand still at an instant."""
        self.held = int(at.timestamp() * 1000)

    def move(self, **more: float) -> None:
        """Go on by hours, minutes or seconds, and stand still there."""
        self.held = self.millis() + int(timedelta(**more).total_seconds() * 1000)


@dataclass
class Seat:
    """One browser in a meeting. `left` is 0 while it is in."""

    internal: str
    user_id: str
    name: str
    role: str
    joined: int
    token: str
    left: int = 0


@dataclass
class Meeting:
    """A meeting, from its making to its end."""

    key: str
    values: dict[str, str]
    created: int
    seats: list[Seat] = field(default_factory=list)
    ended: int = 0

    @property
    def internal(self) -> str:
        """The server's own id: the digest of the key and the moment of making."""
        return f"{hashlib.sha1(self.key.encode()).hexdigest()}-{self.created}"  # noqa: S324  their form

    @property
    def present(self) -> list[Seat]:
        """Who is in."""
        return [seat for seat in self.seats if not seat.left]

    @property
    def metadata(self) -> dict[str, str]:
        """The `meta_` values; their names come back in lower case."""
        found = ((name, value) for name, value in self.values.items() if name.startswith("meta_"))
        return {name.removeprefix("meta_").lower(): value for name, value in found}

    def minutes(self, name: str, otherwise: int) -> int:
        """One of the values that are minutes, in milliseconds."""
        return int(self.values.get(name) or otherwise) * MINUTE

    def over_at(self) -> int:
        """When the server forgets it by itself if nobody comes; 0 for never."""
        if self.present:
            length = self.minutes("duration", 0)
            return self.created + length if length else 0
        if not self.seats:
            return self.created + self.minutes("meetingExpireIfNoUserJoinedInMinutes", 5)
        wait = self.minutes("meetingExpireWhenLastUserLeftInMinutes", 1)
        return max(seat.left for seat in self.seats) + wait if wait else 0


@dataclass
class Recording:
    """A recording of a meeting that ended."""

    meeting: Meeting
    state: str = "processing"
    formats: dict[str, str] = field(default_factory=dict)


@dataclass
class Hook:
    """Who wants to hear of events: of one meeting or of all."""

    number: int
    address: str
    key: str
    kinds: frozenset[str]
    raw: bool = False


def iso(millis: int) -> str:
    """An instant as reports of today write it."""
    return datetime.fromtimestamp(millis / 1000, tz=UTC).isoformat(timespec="milliseconds")
