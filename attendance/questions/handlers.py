"""Reactions of this room."""

from datetime import datetime

from attendance.presence import watching
from attendance.questions import queries
from attendance.questions.facts import AttestationMoved
from events.backstage.commands import record_all
from events.kernel.actors import system
from recordings.library import queries as library
from recordings.library.facts import RecordingTimed


def timed(fact: RecordingTimed, *, at: datetime) -> None:
    """It was said when a recording began: answered questions stand for that time.

    One fact a person, because each may mean a new verdict, and nobody else may write to the event then.
    """
    people = queries.passed_by(fact.recording_id)
    record_all((AttestationMoved(fact.recording_id, person_id) for person_id in people), at=at)


def moved(fact: AttestationMoved, *, at: datetime) -> None:
    """What somebody earned by answers is written anew for the right time."""
    recording = library.find(fact.recording_id)
    if recording is not None:
        line = queries.earned(recording.part_id, fact.person_id)
        watching.see_attested(
            recording, line, person_id=fact.person_id, at_last=False, by=system("questions"), at=at
        )


def settle_moved(fact: AttestationMoved, *, at: datetime) -> None:
    """A day later: minutes attested for the right time beyond what was needed count too."""
    by = system("questions")
    watching.settle_viewer(fact.recording_id, person_id=fact.person_id, by=by, at=at)
