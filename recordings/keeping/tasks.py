"""Cuts as a job, and the days on which recordings end."""

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from events.backstage import post
from events.backstage.holding import Hold, Stopped
from events.kernel.actors import system
from events.kernel.errors import DomainError
from recordings.keeping import clearing, commands, cutting, letters
from recordings.library import cuts, queries, retention, shortening

if TYPE_CHECKING:
    from events.backstage.models import Job

log = logging.getLogger(__name__)
BY = system("keeping")


def step(job: "Job") -> bool:
    """Take out what is wanted out of one revision; False when it had to stop before."""
    try:
        cutting.cut(int(job.params["recording_id"]), int(job.params["revision"]), Hold(job))
    except Stopped:
        log.info("cut of recording %s: stopped", job.params["recording_id"])
        return False
    return True


def look_after(*, at: datetime) -> None:
    """Warn before recordings end, remove those whose day has come, clear away what was left."""
    for recording_id in retention.to_warn(at=at):
        _warn(recording_id, at=at)
    for recording_id in retention.over(at=at):
        try:
            commands.remove(recording_id, by=BY, at=at)
        except DomainError as error:
            log.warning("recording %s is kept for now: %s", recording_id, error)
    for recording_id in cuts.with_left():
        row = queries.find(recording_id)
        if row is not None and not commands.is_being_cut(row):
            _clear(recording_id, at=at)


def _clear(recording_id: int, *, at: datetime) -> None:
    """One whose files do not go must not keep those of others."""
    try:
        clearing.clear(recording_id, at=at)
    except (DomainError, OSError) as error:
        log.warning("files of recording %s are still there: %s", recording_id, error)


@transaction.atomic
def _warn(recording_id: int, *, at: datetime) -> None:
    """Warn; while nobody can be told, nothing is noted and it is kept."""
    row = queries.find(recording_id)
    draft = letters.ending(row, at=at) if row is not None else None
    if draft is None:
        log.warning("recording %s is kept: nobody can be told", recording_id)
    elif post.queue(draft, at=at):
        shortening.note_warned(recording_id, by=BY, at=at)
