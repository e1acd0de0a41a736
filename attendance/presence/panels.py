"""What presence says on pages of rooms further in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from attendance.presence import policies
from attendance.presence.models import VerdictRow
from attendance.presence.reach import reach
from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import family_queries as families
from recordings.library import queries as library


@dataclass(frozen=True)
class Progress:
    """How many events of a family there are, and how many of them the reader has attended."""

    total: int
    attended: int
    course: bool


def family_progress(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get at
    """The reader's own progress; only settled verdicts of enough presence count."""
    if actor.person_id is None:
        return None
    events = families.counted_ids(ids["family_id"], by=actor)
    if not events:
        return None
    attended = VerdictRow.objects.filter(
        event_id__in=events, person_id=actor.person_id, current=True, status="present"
    ).count()
    course = families.is_course(ids["family_id"])
    return Panel("presence/family.html", Progress(len(events), attended, course), order=10)


def too_short(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """For whoever runs the event: that nobody can earn the credit by playing alone."""
    recording = library.find(ids["recording_id"])
    if recording is None or not policies.may_keep(actor, recording.event):
        return None
    found = reach(recording, at=at)
    if found is None or found.enough or recording.credit_over(at):
        return None
    return Panel("presence/too_short.html", found, order=30)
