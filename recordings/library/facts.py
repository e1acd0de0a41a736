"""Facts about recordings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OriginalArrived:
    """The file of a recording is here, whole and checked; it is now made into sizes."""

    recording_id: int
    revision: int


@dataclass(frozen=True)
class RenditionReady:
    """One size of a revision can be watched and downloaded."""

    recording_id: int
    revision: int
    name: str


@dataclass(frozen=True)
class RecordingTimed:
    """Somebody said when a recording was recorded: what was watched of it counts for that time."""

    recording_id: int


@dataclass(frozen=True)
class CreditDeadlineMoved:
    """Playing a recording counts until another instant than before."""

    recording_id: int


@dataclass(frozen=True)
class RecordingPublished:
    """A recording can be watched: it was published and at least one size is ready."""

    recording_id: int


@dataclass(frozen=True)
class RecordingWithdrawn:
    """A recording can no longer be watched."""

    recording_id: int


@dataclass(frozen=True)
class RecordingRemoved:
    """A recording was deleted: its files and texts go, what was watched of it stays."""

    recording_id: int
