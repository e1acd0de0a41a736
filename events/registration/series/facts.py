"""Facts about taking part in a series."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SeriesJoined:
    """Somebody asked for several dates at once; `key` names the one receipt for ever."""

    series_id: int
    person_id: int
    registration_ids: tuple[int, ...]
    key: str
