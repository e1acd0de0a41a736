"""What the simulated tenant holds: mailboxes with events, meetings, subscriptions, tokens."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

TENANT = "6f1d2c3b-0000-4000-8000-00000000aaaa"
CLIENT = "6f1d2c3b-0000-4000-8000-00000000bbbb"
ROLES = frozenset({
    "Calendars.ReadWrite", "OnlineMeetings.Read.All", "OnlineMeetingArtifact.Read.All",
    "OnlineMeetingRecording.Read.All", "OnlineMeetingTranscript.Read.All", "User.ReadBasic.All",
})  # fmt: skip
Json = dict[str, Any]


@dataclass
class Event:
    """An event of a mailbox. `extended` holds its single-value extended properties by id."""

    event_id: str
    number: int
    starts_at: datetime
    ends_at: datetime
    values: Json
    extended: dict[str, str] = field(default_factory=dict)
    transaction: str = ""
    meets_from: datetime | None = None
    join_url: str = ""
    version: int = 1
    changed: int = 0
    made_at: datetime | None = None
    changed_at: datetime | None = None
    older: "Event | None" = None


@dataclass
class Mailbox:
    """The mailbox of a person, with one calendar."""

    person: str
    address: str
    name: str
    events: dict[str, Event] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    transactions: dict[str, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    providers: list[str] = field(default_factory=lambda: ["teamsForBusiness"])
    shares_times: bool = True
    ticks: int = 0

    def tick(self) -> int:
        """The number of the next change."""
        self.ticks += 1
        return self.ticks


@dataclass
class Meeting:
    """An online meeting, and what is left of it."""

    meeting_id: str
    organizer: str
    join_url: str
    subject: str
    reports: list[Json] = field(default_factory=list)
    records: dict[str, list[Json]] = field(default_factory=dict)
    recordings: list[Json] = field(default_factory=list)
    transcripts: list[Json] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Switches:
    """How this tenant behaves where Graph or its administrator leaves a choice."""

    granted: set[str] = field(default_factory=lambda: set(ROLES))
    policy: bool = True
    meetings_after: timedelta = timedelta(0)
    repeats: bool = False
    link_host: str = ""
    keeps_transactions: bool = True
    longest: timedelta = timedelta(minutes=4230)
    refuses_duplicates: bool = False
    sign_in_error: tuple[str, str] | None = None
    largest_page: int = 50
    handshake_seconds: float = 10.0
    meeting_host: str = "https://teams.microsoft.com"


@dataclass
class World:
    """One tenant. `clock` is asked for the time, `url` is where its server listens."""

    clock: Callable[[], datetime]
    url: str = ""
    mailboxes: list[Mailbox] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    subscriptions: dict[str, Json] = field(default_factory=dict)
    notices: list[tuple[str, Json]] = field(default_factory=list)
    tokens: dict[str, datetime] = field(default_factory=dict)
    cursors: dict[str, Json] = field(default_factory=dict)
    sent: list[tuple[str, str]] = field(default_factory=list)
    switches: Switches = field(default_factory=Switches)
    secret: str = "a-secret-of-the-simulator"  # noqa: S105  not a secret of anybody
    certificate: str = ""

    def mailbox(self, name: str) -> Mailbox | None:
        """A mailbox by object id or address."""
        return next(
            (
                box for box in self.mailboxes
                if name in (box.person, box.address) or name.lower() == box.address.lower()
            ),
            None,
        )  # fmt: skip

    def add_mailbox(self, address: str, name: str = "") -> Mailbox:
        """A new person with a mailbox."""
        person = str(uuid.uuid5(uuid.NAMESPACE_URL, f"mailto:{address}"))
        made = Mailbox(person, address, name or address.partition("@")[0])
        self.mailboxes.append(made)
        return made
