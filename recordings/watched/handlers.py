"""Reactions of this room."""

from datetime import datetime

from recordings.library.facts import CreditDeadlineMoved
from recordings.watched import late


def count_late(fact: CreditDeadlineMoved, *, at: datetime) -> None:
    """What was played after the old deadline and before the new one counts."""
    late.count_late(fact.recording_id, at=at)
