"""Tell who takes part that a recording is up: first who was not there, last who was."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.certificates import crediting, news
from attendance.presence import queries as presence
from events.backstage import post
from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.programme import queries as programme
from events.registration import occasions, readers, watchers
from recordings.captions import queries as captions
from recordings.library import commands as recordings
from recordings.library import queries as library

if TYPE_CHECKING:
    from events.people.models import Person
    from recordings.library.models import Recording

BATCH = 50


def to_tell(recording: "Recording") -> "list[Person]":
    """Who has no letter about a recording yet: who was not there, who asked for it alone, who was there."""
    prefix = news.purpose_for(recording.pk)
    there = presence.were_there(recording.event_id)
    asked = watchers.recording_only(recording.event_id)
    found = watchers.to_tell(programme.event_for_work(recording.event_id), prefix)
    return sorted(found, key=lambda one: (one.pk in there, one.pk in asked, one.pk))


@transaction.atomic
def tell_up(recording_id: int, *, by: Actor, at: datetime) -> int:
    """Write to the next people about a recording; 0 when it is not up (any more) or all are told.

    The recording is locked, so taking it down waits for the batch and then finds all its letters.
    """
    try:
        recording = recordings.locked(recording_id, by=by)
    except Missing:
        return 0
    if not recording.watchable(at):
        return 0
    batch = to_tell(recording)[:BATCH]
    this = occasions.occasion(recording.event_id)
    tongues = [track.language for track in captions.tracks_of(recording)]
    what = news.News(library.shown(recording), tongues)
    for reader in readers.readers(batch):
        credit = crediting.credit_of(recording, reader.address.person_id, at=at)
        with occasions.speaking_to(reader):
            post.queue_anew(news.up(this, reader, what, credit), at=at)
    return len(batch)
