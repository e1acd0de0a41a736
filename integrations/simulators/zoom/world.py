"""What the simulated Zoom holds: sessions of meetings with their people and recordings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

ACCOUNT, CLIENT = "simulated-account", "simulated-client"
SCOPES = frozenset({
    "meeting:read:list_past_instances:admin", "report:read:list_meeting_participants:admin",
    "cloud_recording:read:list_recording_files:admin",
})  # fmt: skip
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Guest:
    """Somebody in a meeting, with a span for each join; `waited` are spans in the waiting room."""

    name: str
    spans: Sequence[Span]
    email: str = ""
    person: str = ""
    registrant: str = ""
    waited: Sequence[Span] = ()


@dataclass
class Held:
    """One session of a meeting. Zoom gives each an id of its own, which may hold slashes."""

    number: str
    uuid: str
    started: datetime
    ended: datetime
    guests: Sequence[Guest]
    files: list[dict[str, object]] = field(default_factory=list)


@dataclass
class World:
    """One Zoom account. `kept` is switched off where it makes no reports."""

    secret: str = "simulated-client-secret"  # noqa: S105  opens nothing real
    held: list[Held] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    largest_page: int = 300
    api_url: str = ""


def stamp(at: datetime) -> str:
    """An instant as Zoom writes it: UTC, whole seconds, Z."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
