"""What follows from the arrival of a file."""

from datetime import datetime

from events.kernel.actors import system
from events.kernel.errors import Missing
from recordings.library.facts import OriginalArrived
from recordings.processing import commands


def begin(fact: OriginalArrived, *, at: datetime) -> None:
    """Make its sizes; a recording that was deleted meanwhile needs none."""
    try:
        commands.begin(fact.recording_id, by=system("processing"), at=at)
    except (Missing, commands.NothingToMake):
        return
