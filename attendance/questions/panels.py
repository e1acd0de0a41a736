"""What questions show beside a recording to whoever runs its event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from attendance.presence import policies
from attendance.questions import queries
from attendance.questions.rules import FEWEST
from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from recordings.library import queries as library


@dataclass(frozen=True)
class Desk:
    """How many questions there are, and how many are still needed."""

    slug: str
    written: int
    lacking: int


def desk(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """For whoever runs the event, where questions could earn something."""
    recording = library.find(ids["recording_id"])
    if recording is None or not policies.may_keep(actor, recording.event):
        return None
    if not queries.can_be_earned(recording, at=at):
        return None
    count = len(queries.written(recording.pk))
    return Panel("questions/desk.html", Desk(recording.slug, count, max(0, FEWEST - count)))
