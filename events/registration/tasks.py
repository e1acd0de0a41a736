"""Steps of the long letters: fifty people at a time, found anew each time, so a repeat is harmless."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from events.backstage import post
from events.backstage.models import Job
from events.kernel import clock
from events.programme import queries as programme
from events.programme import states
from events.programme.models import Event
from events.registration import changes, further, letters, links, occasions, readers
from events.registration.models import PersonalLink, Registration
from events.registration.readers import Reader
from events.registration.unaware import unaware

BATCH = 50


def invite_audience(job: Job) -> bool:
    """Invite the next fifty; at the end tell coordinators whom no mail reaches."""
    at = clock.now()
    event = Event.objects.get(pk=job.params["event_id"])
    if event.state != states.PUBLISHED or at >= event.ends_at:
        return True
    with transaction.atomic():
        batch = readers.readers(readers.to_invite(event, at=at)[:BATCH])
        _invite(occasions.occasion(event.pk), batch, at=at)
        if last := len(batch) < BATCH:
            _tell_keepers(event, at=at)
        count(job, len(batch))
    return last


def _invite(this: occasions.Occasion, batch: list[Reader], *, at: datetime) -> None:
    for reader in batch:
        link = links.link_for(event_id=this.event.pk, person_id=reader.address.person_id, at=at)
        with occasions.speaking_to(reader):
            post.queue(letters.invitation(this, reader, link), at=at)


def _tell_keepers(event: Event, *, at: datetime) -> None:
    this = occasions.occasion(event.pk)
    for school_id, missed in readers.unreached(this.event, at=at).items():
        for to in readers.keepers_of(this.event, school_id, at=at):
            reader = Reader(to, shared=bool(readers.shared_addresses([to.email])))
            with occasions.speaking_to(reader):
                post.queue(letters.unreached(this, reader, missed, school_id), at=at)


def tell_change(job: Job) -> bool:
    """Tell the next fifty what changed; whose receipt tells of it know it already."""
    at = clock.now()
    this = _changed(occasions.occasion(job.params["event_id"]), job)
    if this.event.state != states.PUBLISHED or at >= max(this.event.ends_at, this.part.ends_at):
        return True
    single = this.part.sequence == job.params["sequence"]
    moved, was = (job.params["moved"], job.params.get("was", [])) if single else ([], [])
    if this.part.cancelled_at is not None:
        moved = ["cancelled"]
    prefix = changes.change_purpose(this)
    with transaction.atomic():
        rows = readers.still_to_tell(this.event, prefix)
        batch = list(unaware(rows, this.event, this.part)[:BATCH])
        for row, reader, link in _told(batch, at=at):
            with occasions.speaking_to(reader):
                draft = changes.changed(this, reader, link, row, moved=moved, was=was, at=at)
                post.queue(draft, at=at)
        count(job, len(batch))
    return len(batch) < BATCH


def _changed(this: occasions.Occasion, job: Job) -> occasions.Occasion:
    """The part that a change is about, alone where the event has several."""
    part_id = job.params.get("part_id", 0)
    if len(this.parts) == 1 and part_id in {0, this.part.pk}:
        return this
    part = programme.part_for_work(part_id) if part_id else this.part
    return occasions.about(this, part)


def tell_cancellation(job: Job) -> bool:
    """Tell the next fifty that it will not take place: who has a place first, then who was invited."""
    at = clock.now()
    this = occasions.occasion(job.params["event_id"])
    prefix = changes.cancel_purpose(this.event.pk)
    off = programme.called_off_parts(this.event.pk, after=at)
    with transaction.atomic():
        batch = list(readers.still_to_tell(this.event, prefix)[:BATCH])
        for row, reader, _link in _told(batch, at=at):
            with occasions.speaking_to(reader):
                post.queue(changes.called_off(this, reader, row, at=at), at=at)
                further.clear(this, reader, row, prefix, at=at)
                further.clear_called_off(this, off, reader, row, at=at)
        invited = readers.readers(readers.invited_only(this.event, prefix)[: BATCH - len(batch)])
        for reader in invited:
            with occasions.speaking_to(reader):
                post.queue(changes.taken_back(this, reader), at=at)
        count(job, len(batch) + len(invited))
    return len(batch) + len(invited) < BATCH


def _told(
    rows: list[Registration], *, at: datetime
) -> list[tuple[Registration, Reader, PersonalLink]]:
    found = readers.readers(row.person for row in rows)
    return [
        (row, reader, links.link_for(event_id=row.event_id, person_id=row.person_id, at=at))
        for row, reader in zip(rows, found, strict=True)
    ]


def count(job: Job, number: int) -> None:
    """Say that a job wrote to so many more people."""
    Job.objects.filter(pk=job.pk).update(done=F("done") + number)
