"""Reactions of this room."""

from datetime import datetime

from events.backstage.commands import record_all
from recordings.library.facts import CreditDeadlineMoved, RecordingTimed
from recordings.watched import late, queries
from recordings.watched.facts import RecordingWatched


def count_late(fact: CreditDeadlineMoved, *, at: datetime) -> None:
    """What was played after the old deadline and before the new one counts."""
    late.count_late(fact.recording_id, at=at)


def timed(fact: RecordingTimed, *, at: datetime) -> None:
    """It was said when a recording began: what everybody played of it counts for that time.

    One fact a person, because each may mean a new verdict, and nobody else may write to the event then.
    """
    viewers = queries.viewers_of(fact.recording_id)
    record_all((RecordingWatched(fact.recording_id, person_id) for person_id in viewers), at=at)
