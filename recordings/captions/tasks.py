"""Captions as a job."""

from typing import TYPE_CHECKING

from django.db import transaction

from events.backstage import jobs
from events.kernel import clock
from events.kernel.actors import system
from recordings.captions import commands, queries, transcribing
from recordings.captions.models import Track
from recordings.library import queries as library
from recordings.library.commands import locked
from recordings.library.models import Recording
from recordings.media import store

if TYPE_CHECKING:
    from events.backstage.models import Job

BY = system("captions")


def transcribe_step(job: "Job") -> bool:
    """Let the local program write the captions of a recording's own language; once is enough."""
    row = library.find(int(job.params["recording_id"]))
    if row is None:
        return True
    sound = library.shown(row).size("audio")
    if sound is None or queries.track_of(row, row.language) is not None:
        return True

    def alive() -> bool:
        jobs.advance(job, by=0, total=None)
        job.refresh_from_db(fields=["cancel_asked", "lease_token"])
        return not job.cancel_asked

    with store.at_hand(f"{store.folder_of(row.pk, row.revision)}/{sound.download}") as path:
        written = transcribing.run(
            path, language=row.language, duration_ms=row.length_ms, alive=alive
        )
    if written:
        _add(row, written)
    return True


@transaction.atomic
def _add(heard: Recording, written: bytes) -> None:
    """Add what was written, unless there are captions or what was listened to changed meanwhile."""
    row = locked(heard.pk, by=BY)
    same = (row.revision, row.language) == (heard.revision, heard.language)
    if same and queries.track_of(row, heard.language) is None:
        commands.add_track(
            row.pk, language=heard.language, content=written, origin=Track.Origin.MACHINE,
            by=BY, at=clock.now(),
        )  # fmt: skip
