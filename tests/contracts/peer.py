"""What a provider brings to the contract suite: a server, an adapter, and a hand on the far side."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from integrations.ports import Calendar, Entry

STARTS = datetime(2026, 10, 24, 16, 0, tzinfo=UTC)
SINCE, UNTIL = STARTS - timedelta(days=60), STARTS + timedelta(days=60)


class Peer(Protocol):
    """A running far side. `faults` are the kinds it can be told to show (`simulators.faults`)."""

    faults: frozenset[str]

    def calendar(self) -> Calendar:
        """A fresh adapter, as another process would have it."""

    def fault(self, kind: str, **more: object) -> None:
        """Let the next request fail so."""

    def calm(self) -> None:
        """No more faults."""

    def moved_there(self, remote_id: str, starts_at: datetime, ends_at: datetime) -> None:
        """Somebody moves the entry in the provider's own pages."""

    def removed_there(self, remote_id: str) -> None:
        """Somebody removes it there."""

    def forget_cursors(self) -> None:
        """The far side takes no cursor that it gave before."""

    def count(self) -> int:
        """Entries that stand in the calendar over there."""

    def invitations(self) -> int:
        """Invitations that the provider sent by itself."""


@dataclass(frozen=True)
class Sample:
    """Entries for tests."""

    number: int = 0
    changes: dict[str, object] = field(default_factory=dict)

    def entry(self, **changes: object) -> Entry:
        """An entry with its own key; the same number gives the same one."""
        values: dict[str, object] = {
            "key": f"{self.number:032x}",
            "uid": f"part-{self.number}@kolega.example.org",
            "sequence": 0,
            "title": "TeachMeet: Škola za život — ја и ти",
            "text": "Ten talks, one break.\nhttps://kolega.example.org/e/teachmeet/",
            "place": "Learning lab, Zagreb",
            "starts_at": STARTS,
            "ends_at": STARTS + timedelta(hours=2),
            "zone": "Europe/Zagreb",
            "link": "https://kolega.example.org/go/7/",
        }
        return Entry(**{**values, **self.changes, **changes})  # type: ignore[arg-type]
