"""Cut spans out of a recording, ask its speakers, take it down or remove it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from events.backstage import jobs, post
from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.people import queries as people
from recordings.arrivals import commands as arrivals
from recordings.captions import forgetting
from recordings.keeping import clearing, letters
from recordings.library import commands as library
from recordings.library import shortening, timeline
from recordings.library.commands import BeingCut
from recordings.library.speakers import Speaker, speakers_of
from recordings.processing import orders

if TYPE_CHECKING:
    from events.backstage.models import Job
    from recordings.library.models import Recording

KIND = "recording_cut"
LIVE = frozenset({"waiting", "running"})
WHOLE = 100  # per cent


@transaction.atomic
def cut(
    recording_id: int, spans: Sequence[timeline.Pair], *, by: Actor, at: datetime
) -> "Job":  # fmt: skip
    """Take spans of player time (ms) out of the file, as a job; the recording is down meanwhile.

    Raises BeingCut while a cut is made, or what `shortening.want_cut` raises.
    """
    row = library.locked(recording_id, by=by)
    if is_being_cut(row):
        raise BeingCut
    row = shortening.want_cut(recording_id, spans, by=by, at=at)
    clearing.stop_work(row.pk, row.revision)
    params: dict[str, object] = {"recording_id": row.pk, "revision": row.revision}
    key = orders.key_of(row.pk, row.revision)
    return jobs.start(KIND, key=key, params=params, by=by, at=at, total=WHOLE)


def job_of(row: "Recording") -> "Job | None":
    """The job that cuts, or cut last, the present file."""
    return jobs.latest(KIND, prefix=orders.key_of(row.pk, row.revision))


def is_being_cut(row: "Recording") -> bool:
    """Whether a job is taking something out now."""
    job = job_of(row)
    return bool(row.wanted) and job is not None and job.state in LIVE


@transaction.atomic
def ask_speakers(recording_id: int, *, by: Actor, at: datetime) -> int:
    """Write to every speaker who has not answered yet, once each; returns how many letters."""
    row = library.locked(recording_id, by=by)
    asked = {one.person_id: one for one in reversed(speakers_of(row)) if is_open(one)}
    readers = people.addresses(list(asked))
    drafts = (letters.ask(row, readers[pk]) for pk in asked if pk in readers)
    sent = sum(post.queue(draft, at=at) is not None for draft in drafts if draft is not None)
    audit("speakers_asked", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"letters": sent})  # fmt: skip
    return sent


def is_open(one: Speaker) -> bool:
    """Whether a speaker is to be asked: nothing was said, and the talk is in the file."""
    return one.yes is None and not one.settled


@transaction.atomic
def remove(recording_id: int, *, by: Actor, at: datetime) -> None:
    """Delete a recording with its texts; its files are cleared away at once after.

    What was watched, how long it was and the digest of its file stay. Raises BeingCut.
    """
    row = library.locked(recording_id, by=by)
    if is_being_cut(row):
        raise BeingCut
    clearing.stop_work(row.pk, row.revision)
    arrivals.end_all(row.pk, at=at)
    forgetting.forget_all(row.pk, by=by, at=at)
    library.note_removed(row.pk, by=by, at=at)
