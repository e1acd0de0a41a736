"""Clears away files that no row names: what killed work left, and what was deleted halfway.

Only what is older than a day goes, and nothing that somebody works with: working folders are locked
meanwhile, and a job that is not over keeps everything of its recording.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from events.backstage import jobs
from recordings.library import queries
from recordings.library.models import Recording
from recordings.media import store
from recordings.processing import orders, storing
from recordings.processing.commands import KIND

log = logging.getLogger(__name__)

OLD = timedelta(days=1)
LIVE = ("waiting", "running")


def sweep(*, at: datetime) -> None:
    """Remove working folders nobody works in, stored folders no row names, sizes half made."""
    left = store.remove_left(before=(at - OLD).timestamp())
    named = queries.folders()
    for folder in _stored():
        if folder not in named and _is_old(store.folder_of(*folder), before=at - OLD):
            store.remove_folder(store.folder_of(*folder))
            left.append(store.folder_of(*folder))
    for job in jobs.ended_early(KIND):
        _tidy(int(job.params["recording_id"]), int(job.params["revision"]))
    if left:
        log.warning("removed what nothing names: %s", ", ".join(left))


def _stored() -> Iterator[tuple[int, int]]:
    """Recording and revision of every folder in the storage."""
    for recording in store.folders_in(""):
        for revision in store.folders_in(recording):
            if recording.isdecimal() and revision.isdecimal():
                yield int(recording), int(revision)


def _is_old(folder: str, *, before: datetime) -> bool:
    return all(store.changed_at(key) < before for key in store.keys_under(folder))


def _tidy(recording_id: int, revision: int) -> None:
    """Take back sizes no row names, while nobody can begin to make them."""
    with transaction.atomic():
        Recording.objects.select_for_update().filter(pk=recording_id).first()
        job = jobs.latest(KIND, prefix=orders.key_of(recording_id, revision))
        order = orders.of(recording_id, revision)
        if order is not None and job is not None and job.state not in LIVE:
            storing.tidy(order)
