"""Facts about events.

A fact about one event that was part of a deed on its series carries `series_id`; people are told
of that deed once, by the fact about the series.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class EventPublished:
    """An event was promised to its audience."""

    event_id: int
    series_id: int | None = None


@dataclass(frozen=True)
class EventChanged:
    """Time, place, link or title of a published event changed; `moved` names what.

    `part_id` is the part that changed (0 in facts written before events had several parts). It was
    added when `moved` holds `added`, and will not take place when it holds `cancelled`.
    `was` holds the start and end before (ISO 8601, UTC) and the zone before, where the time moved.
    """

    event_id: int
    sequence: int = 0
    moved: tuple[str, ...] = ()
    part_id: int = 0
    series_id: int | None = None
    was: tuple[str, ...] = ()


@dataclass(frozen=True)
class EventCancelled:
    """An event will not take place."""

    event_id: int
    series_id: int | None = None


@dataclass(frozen=True)
class PartEnded:
    """The planned end of a part has passed."""

    part_id: int


@dataclass(frozen=True)
class EventClosed:
    """The organiser has finished with an event's attendance."""

    event_id: int


@dataclass(frozen=True)
class SeriesPublished:
    """All coming dates of a series were promised to its audience."""

    series_id: int


@dataclass(frozen=True)
class SeriesChanged:
    """Published dates of a series changed together; `sequence` is the series' own.

    `event_ids` are the dates changed, `cancelled` those that no longer take place; `moved` names
    what changed.
    """

    series_id: int
    sequence: int
    event_ids: tuple[int, ...] = ()
    cancelled: tuple[int, ...] = ()
    moved: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeriesSplit:
    """Dates of one series went over to a new one; `was` says how calendars know them.

    Each item of `was`: event id, original start, shown start, zone, minutes, SEQUENCE, as before.
    """

    series_id: int
    former_id: int
    sequence: int
    was: tuple[tuple[int, str, str, str, int, int], ...] = ()
    cancelled: tuple[int, ...] = ()
    moved: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeriesCancelled:
    """Dates of a series will not take place, for one reason."""

    series_id: int
    sequence: int
    event_ids: tuple[int, ...] = ()
