"""Facts about answered questions."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AttestationMoved:
    """A recording is said to have begun at another time, and somebody has answered its questions."""

    recording_id: int
    person_id: int
