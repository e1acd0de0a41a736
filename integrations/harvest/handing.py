"""Hands a file that is whole and checked to the library."""

import os
from datetime import datetime

from django.db import transaction

from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop
from integrations.harvest import fetches
from integrations.harvest.models import RecordingFetch
from recordings.arrivals import commands as arrivals
from recordings.arrivals import parcels
from recordings.library import queries as recordings


class RemovedHere(DomainError):
    """Somebody removed the recording on purpose."""

    code = "removed_here"
    status = 409
    sentence = gettext_noop("This recording was removed here, so it is not fetched again.")


def is_here(row: RecordingFetch) -> bool:
    """Whether the recording has its file, by whatever way it came."""
    found = recordings.find(row.recording_id or 0)
    return found is not None and recordings.original_of(found) is not None


def over(row: RecordingFetch, *, at: datetime) -> None:
    """Give the file to the library, once; it looks into it and refuses what cannot be played.

    The library gets a second name of the file, and the first goes when all is written down: a crash
    in between loses nothing.
    """
    if row.recording_id is None:
        raise RemovedHere
    if not is_here(row):
        _give(row, row.recording_id, at=at)
    else:
        fetches.note_done(row.pk, row.recording_id, at=at)
    parcels.remove(row.pk)


def _give(row: RecordingFetch, recording_id: int, *, at: datetime) -> None:
    path = parcels.path_of(row.pk)
    given = path.with_suffix(".given")
    given.unlink(missing_ok=True)
    os.link(path, given)
    try:
        with transaction.atomic():
            fetches.note_done(row.pk, recording_id, at=at)
            arrivals.receive_whole(
                recording_id, given, file_name=f"recording.{row.suffix}", by=fetches.BY, at=at
            )
    finally:
        given.unlink(missing_ok=True)
