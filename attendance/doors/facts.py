"""Facts about doors."""

from dataclasses import dataclass


@dataclass(frozen=True)
class JoinOpened:
    """Somebody went on from their wait page to the meeting; a hint, no proof of presence."""

    part_id: int
    person_id: int
