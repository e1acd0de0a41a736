"""Reactions of this room."""

from datetime import datetime

from attendance.presence import watching
from attendance.questions import queries
from events.kernel.actors import system
from recordings.library import queries as library
from recordings.library.facts import RecordingTimed


def timed(fact: RecordingTimed, *, at: datetime) -> None:
    """It was said when a recording began: answered questions stand for that time."""
    recording = library.find(fact.recording_id)
    if recording is None:
        return
    for person_id in queries.passed_by(recording.pk):
        line = queries.earned(recording.part_id, person_id)
        watching.see_attested(
            recording, line, person_id=person_id, at_last=False, by=system("questions"), at=at
        )
