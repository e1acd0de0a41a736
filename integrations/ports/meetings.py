"""What is left of a meeting: sessions with their people, recordings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Attendee:
    """One person or device in a session.

    `ours` is the id that we gave the provider at joining, `remote_person` the provider's own id for
    the account; either may be empty. `spans` are the joins as they were reported: they may overlap.
    """

    name: str
    spans: Sequence[tuple[datetime, datetime]]
    ours: str = ""
    remote_person: str = ""
    email: str = ""
    host: bool = False


@dataclass(frozen=True)
class Sitting:
    """One session of a meeting: a meeting that was left and opened again has several."""

    record_id: str
    started_at: datetime
    ended_at: datetime | None
    people: Sequence[Attendee]
    expires_at: datetime | None = None


@dataclass(frozen=True)
class RecordingFile:
    """A recording or transcript that the provider holds. `kind`: video, transcript or captions.

    `downloads` says that its bytes can be fetched (`Download`), else it can only be looked at there.
    """

    remote_id: str
    kind: str
    state: str
    started_at: datetime | None
    ended_at: datetime | None
    url: str
    size: int | None = None
    checksum: str = ""
    downloads: bool = False


class Harvest(Protocol):
    """What is left of a meeting afterwards."""

    def sittings(self, ref: str, *, since: datetime, until: datetime) -> Sequence[Sitting]:
        """All sessions of a meeting that began in the span, each with its people; none is fine."""

    def recordings(self, ref: str, *, since: datetime, until: datetime) -> Sequence[RecordingFile]:
        """Recordings and transcripts of a meeting; one that is still being made has its state."""
