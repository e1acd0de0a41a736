"""Facts about watching."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordingWatched:
    """Somebody has played parts of a recording that were not known before, or they moved in time.

    Recorded at a pause, at the end, or per five covered minutes; never for a single beat.
    """

    recording_id: int
    person_id: int
