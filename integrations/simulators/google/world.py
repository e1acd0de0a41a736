"""What the simulated Google holds: calendars, meetings, files, channels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from integrations.simulators.google.calls import Refused, stamp
from integrations.simulators.google.clock import Clock

MEET = "hangoutsMeet"


@dataclass
class Entry:
    """An event as it stands, and the number of its last change. `polls`: looks until it has its link."""

    event: dict[str, Any]
    changed: int
    polls: int = 0


@dataclass
class Book:
    """A calendar. `role` is what the asker may do, `solutions` the conferences it allows."""

    calendar_id: str
    role: str = "owner"
    zone: str = "Europe/Zagreb"
    solutions: list[str] = field(default_factory=lambda: [MEET])
    entries: dict[str, Entry] = field(default_factory=dict)

    def standing(self) -> list[dict[str, Any]]:
        """Events that are not cancelled."""
        return [one.event for one in self.entries.values() if one.event["status"] != "cancelled"]


@dataclass
class Watch:
    """A channel that was asked for."""

    channel_id: str
    resource_id: str
    calendar_id: str
    address: str
    token: str
    expires_at: datetime
    sent: int = 0


@dataclass(frozen=True)
class Notice:
    """A notice as Google sends it: headers only."""

    address: str
    headers: Mapping[str, str]


@dataclass
class Held:
    """A meeting that took place: its record, and by name of their parent the lists below it."""

    record: dict[str, Any]
    code: str
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass
class StoredFile:
    """A file in Drive."""

    meta: dict[str, Any]
    content: bytes


@dataclass
class World:
    """Everything, with the switches that tests turn.

    `pending_polls`: how often an event is looked at before its conference is there;
    `conference`: how that ends, success or failure; `page_size`: the most a page holds;
    `epoch`: raised to make every earlier sync token unknown; `meeting_host`: where links to meetings
    lead; `told` is called for each notice.
    """

    clock: Callable[[], datetime] = field(default_factory=Clock)
    books: dict[str, Book] = field(default_factory=dict)
    spaces: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: dict[str, Held] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    watches: dict[str, Watch] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    change: int = 0
    epoch: int = 1
    pending_polls: int = 0
    conference: str = "success"
    page_size: int = 250
    channel_seconds: int = 7 * 24 * 3600
    invitations: int = 0
    meeting_host: str = "https://meet.google.com"
    told: Callable[[], None] = lambda: None

    def book(self, calendar_id: str, subject: str) -> Book:
        """A calendar; `primary` is the subject's own. Refused when there is none."""
        wanted = subject if calendar_id == "primary" else calendar_id
        if wanted not in self.books:
            raise Refused(404, "notFound", "Not Found")
        return self.books[wanted]

    def touch(self, book: Book, entry: Entry) -> None:
        """Number a change, so that the etag, the sync list and the channels know of it."""
        self.change += 1
        entry.changed = self.change
        entry.event["etag"] = f'"{self.change * 2000}"'
        entry.event["updated"] = stamp(self.clock())
        for watch in list(self.watches.values()):
            if watch.calendar_id == book.calendar_id:
                self.notify(watch, "exists")

    def notify(self, watch: Watch, state: str) -> None:
        """Write a notice for a channel that still runs; the server delivers it."""
        if watch.expires_at <= self.clock():
            return
        # Numbers grow but are not consecutive, except that the first is 1.
        watch.sent += 1 if watch.sent == 0 else 2
        headers = {
            "X-Goog-Channel-ID": watch.channel_id,
            "X-Goog-Resource-ID": watch.resource_id,
            "X-Goog-Resource-URI": resource_uri(watch.calendar_id),
            "X-Goog-Resource-State": state,
            "X-Goog-Message-Number": str(watch.sent),
            "X-Goog-Channel-Expiration": watch.expires_at.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        }
        if watch.token:
            headers["X-Goog-Channel-Token"] = watch.token
        self.notices.append(Notice(watch.address, headers))
        self.told()


def resource_uri(calendar_id: str) -> str:
    """The address of the watched list."""
    return f"https://www.googleapis.com/calendar/v3/calendars/{calendar_id}/events?alt=json"
