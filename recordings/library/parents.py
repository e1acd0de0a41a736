"""Note that the parents of pupils who may be seen agreed."""

from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor
from recordings.library.commands import locked, save
from recordings.library.models import Recording


@transaction.atomic
def say_parents_agreed(recording_id: int, *, by: Actor, at: datetime) -> Recording:
    """Say that every parent of a pupil who is seen or heard agreed in writing; the first word stays."""
    row = locked(recording_id, by=by)
    if row.parents_at is None:
        row.parents_at, row.parents_by_id = at, by.person_id
        save(row, at=at)
        audit("recording_parents", by=by, at=at, thing="recording", thing_id=row.pk)
    return row
