"""Files on their way in."""

from uuid import UUID

from events.kernel.actors import Actor
from events.kernel.errors import Missing
from recordings.arrivals.models import Upload
from recordings.library import queries as library

MOST = 20


def coming(upload_id: UUID, *, by: Actor) -> Upload:
    """A file on its way that the actor may send; raises Missing or NotAllowed."""
    row = Upload.objects.filter(pk=upload_id).first()
    if row is None or row.state in {Upload.State.REFUSED, Upload.State.TAKEN}:
        raise Missing
    library.managed(row.recording_id, by=by)
    return row


def last_of(recording_id: int) -> list[Upload]:
    """The files that were sent last for a recording, newest first."""
    return list(Upload.objects.filter(recording_id=recording_id).order_by("-created_at")[:MOST])


def one_of(recording_id: int, upload_id: UUID) -> Upload:
    """One file that was sent for a recording, whatever became of it; raises Missing."""
    row = Upload.objects.filter(pk=upload_id, recording_id=recording_id).first()
    if row is None:
        raise Missing
    return row
