"""Facts about events."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EventPublished:
    """An event was promised to its audience."""

    event_id: int


@dataclass(frozen=True)
class EventChanged:
    """Time, place, link or title of a published event changed; `moved` names what.

    `part_id` is the part that changed (0 in facts written before events had several parts). It was
    added when `moved` holds `added`, and will not take place when it holds `cancelled`.
    """

    event_id: int
    sequence: int = 0
    moved: tuple[str, ...] = ()
    part_id: int = 0


@dataclass(frozen=True)
class EventCancelled:
    """An event will not take place."""

    event_id: int


@dataclass(frozen=True)
class PartEnded:
    """The planned end of a part has passed."""

    part_id: int


@dataclass(frozen=True)
class EventClosed:
    """The organiser has finished with an event's attendance."""

    event_id: int
