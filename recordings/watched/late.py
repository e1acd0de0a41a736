"""What was played after the deadline for credit, and what becomes of it when that is moved."""

from datetime import datetime

from django.db import transaction

from events.backstage.commands import record
from events.kernel.lines import Line, as_ms, union
from recordings.library import queries as library
from recordings.library.models import Recording
from recordings.watched.facts import RecordingWatched
from recordings.watched.models import Watched


def until(recording: Recording) -> int | None:
    """The deadline in milliseconds since 1970; None where there is none."""
    return as_ms(recording.credit_until) if recording.credit_until else None


def covered(mine: Watched) -> Line:
    """What may not count once more: what counted, and what would if the deadline were moved."""
    spans = [*mine.counted, *(one[:2] for one in mine.late)]
    return union((start, end) for start, end in spans)


@transaction.atomic
def count_late(recording_id: int, *, at: datetime) -> None:
    """The deadline for credit was moved: what was played before the new one counts now."""
    recording = library.find(recording_id)
    if recording is None:
        return
    over = until(recording)
    rows = Watched.objects.select_for_update().filter(recording_id=recording_id).exclude(late=[])
    for mine in rows.order_by("pk"):
        found = [one for one in mine.late if over is None or one[2] < over]
        if found:
            mine.late = [one for one in mine.late if one not in found]
            spans = [*mine.counted, *(one[:2] for one in found)]
            mine.counted = union((start, end) for start, end in spans)
            mine.save(update_fields=["late", "counted"])
            record(RecordingWatched(recording_id=recording_id, person_id=mine.person_id), at=at)
