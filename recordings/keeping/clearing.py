"""Removes files that are shown no more: those before a cut, and those of deleted recordings.

A row says that files are gone only after the storage was asked whether they are.
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from events.backstage import jobs
from events.kernel import clock
from events.kernel.actors import system
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop
from recordings.library import cuts, queries, shortening, states
from recordings.library.models import Original
from recordings.media import store
from recordings.processing import orders
from recordings.processing.commands import KIND as MAKING

if TYPE_CHECKING:
    from events.backstage.models import Job

BY = system("keeping")
TRANSCRIBING = "transcribe"
PATIENCE = 60  # looks, half a second apart
TICK = 0.5
Beat = Callable[[], None]


class StillThere(DomainError):
    """The storage still has files that it was told to remove."""

    code = "still_there"
    status = 503
    sentence = gettext_noop("The storage did not remove the files. This is tried again by itself.")


def _nothing() -> None:
    return


def clear(recording_id: int, *, at: datetime, beat: Beat = _nothing) -> None:
    """Remove the files of all revisions that are shown no more; raises StillThere."""
    for row in cuts.superseded(recording_id):
        _let_go(row, beat)
        folder = store.folder_of(recording_id, row.revision)
        store.remove_folder(folder)
        if any(store.keys_under(folder)):
            raise StillThere
        shortening.note_cleared(row.pk, by=BY, at=at)
        beat()
    found = queries.find(recording_id)
    if found is not None and found.state == states.DELETED:
        store.remove_folder(str(recording_id))


def stop_work(recording_id: int, revision: int) -> None:
    """Ask the jobs that read or write the files of a revision to stop."""
    for job in _jobs(recording_id, revision):
        jobs.cancel(job.pk)


def _let_go(row: Original, beat: Beat) -> None:
    """Wait until nobody writes into the folder any more; what comes later is swept away."""
    stop_work(row.recording_id, row.revision)
    for _ in range(PATIENCE):
        if not any(_is_at_work(job) for job in _jobs(row.recording_id, row.revision)):
            return
        beat()
        time.sleep(TICK)


def _is_at_work(job: "Job") -> bool:
    return job.state == "running" and job.lease_until is not None and job.lease_until > clock.now()


def _jobs(recording_id: int, revision: int) -> "list[Job]":
    key = orders.key_of(recording_id, revision)
    found = (jobs.latest(kind, prefix=key) for kind in (MAKING, TRANSCRIBING))
    return [job for job in found if job is not None]
