"""Texts go with the spans they belong to, also those of captions that were replaced or taken away."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor
from recordings.captions import queries
from recordings.captions.models import Chapter, Cue, Track
from recordings.library import commands as library
from recordings.library import timeline


@transaction.atomic
def forget_inside(
    recording_id: int, spans: Sequence[timeline.Pair], *, by: Actor, at: datetime
) -> int:
    """Delete cues that reach into spans of source time, and chapters that begin there; how many.

    A chapter that begins in what was cut before goes too: its title belongs to what is gone.
    """
    row = library.locked(recording_id, by=by)
    gone = 0
    for start, end in spans:
        cues = Cue.objects.filter(track__recording=row, start_ms__lt=end, end_ms__gt=start)
        gone += cues.delete()[0]
    cuts = timeline.merged([*((int(one), int(two)) for one, two in row.cuts), *spans])
    for start, end in cuts:
        chapters = Chapter.objects.filter(recording=row, start_ms__gte=start, start_ms__lt=end)
        gone += chapters.delete()[0]
    library.note_captioned(row.pk, captioned=queries.is_captioned(row.pk), by=by, at=at)
    audit("texts_cut", by=by, at=at, thing="recording", thing_id=row.pk, changes={"gone": gone})
    return gone


@transaction.atomic
def forget_all(recording_id: int, *, by: Actor, at: datetime) -> None:
    """Delete every text of a recording."""
    row = library.locked(recording_id, by=by)
    Cue.objects.filter(track__recording=row).delete()
    Track.objects.filter(recording=row).delete()
    Chapter.objects.filter(recording=row).delete()
    library.note_captioned(row.pk, captioned=False, by=by, at=at)
    audit("texts_removed", by=by, at=at, thing="recording", thing_id=row.pk)
