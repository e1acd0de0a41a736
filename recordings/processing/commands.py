"""Start, stop and repeat the making of sizes."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from events.backstage import jobs
from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop
from recordings.library import commands as library
from recordings.library import queries
from recordings.processing import orders

if TYPE_CHECKING:
    from events.backstage.models import Job

KIND = "recording"
WHOLE = 100  # per cent


class NothingToMake(DomainError):
    """There is no file that sizes could be made from."""

    code = "nothing_to_make"
    sentence = gettext_noop("There is no file of this recording here. Upload one first.")


@transaction.atomic
def begin(recording_id: int, *, by: Actor, at: datetime) -> "Job":
    """Make the sizes that are not there yet, as a job; while one runs, that one.

    Raises Missing, NotAllowed or NothingToMake.
    """
    recording = library.locked(recording_id, by=by)
    if queries.original_of(recording) is None:
        raise NothingToMake
    params: dict[str, object] = {"recording_id": recording.pk, "revision": recording.revision}
    key = orders.key_of(recording.pk, recording.revision)
    job = jobs.start(KIND, key=key, params=params, by=by, at=at, total=WHOLE)
    audit("recording_making_begun", by=by, at=at, thing="recording", thing_id=recording.pk)
    return job


@transaction.atomic
def stop(recording_id: int, *, by: Actor, at: datetime) -> None:
    """Stop making sizes; those that are ready stay. Raises Missing or NotAllowed."""
    recording = library.locked(recording_id, by=by)
    job = jobs.latest(KIND, prefix=orders.key_of(recording.pk, recording.revision))
    if job is not None:
        jobs.cancel(job.pk)
        audit("recording_making_stopped", by=by, at=at, thing="recording", thing_id=recording.pk)
