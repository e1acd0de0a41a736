"""Files on their way in."""

from uuid import UUID

from events.kernel.actors import Actor
from events.kernel.errors import Missing
from recordings.arrivals.models import Upload
from recordings.library import queries as library


def coming(upload_id: UUID, *, by: Actor) -> Upload:
    """A file on its way that the actor may send; raises Missing or NotAllowed."""
    row = Upload.objects.filter(pk=upload_id).first()
    if row is None or row.state in {Upload.State.REFUSED, Upload.State.TAKEN}:
        raise Missing
    library.managed(row.recording_id, by=by)
    return row
