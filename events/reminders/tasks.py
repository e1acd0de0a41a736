"""Steps of the reminders: fifty people at a time, found anew each time, so a repeat is harmless."""

from datetime import datetime

from django.db import transaction

from events.backstage import jobs, post
from events.backstage.models import Job
from events.kernel import clock
from events.programme import queries as programme
from events.programme import states
from events.programme.models import Part
from events.registration import links, occasions, readers
from events.registration.models import Registration
from events.reminders import letters, queries, rules

BATCH = 50


def calls_for(part: Part, offset: rules.Offset, *, at: datetime) -> bool:
    """Whether the reminder is due by the present plan and not too late."""
    due = rules.due_at(offset, part.wall, part.zone)
    helps = rules.still_helps(offset, starts_at=part.starts_at, at=at)
    stands = part.event.state == states.PUBLISHED and part.cancelled_at is None
    return stands and due <= at and helps


def remind(job: Job) -> bool:
    """Remind the next fifty of a part."""
    at = clock.now()
    part = programme.part_for_work(job.params["part_id"])
    offset = rules.OFFSETS[job.params["offset"]]
    if not calls_for(part, offset, at=at):
        return True
    with transaction.atomic():
        batch = list(queries.still_to_remind(part, offset)[:BATCH])
        _write(part, offset, batch, at=at)
        jobs.advance(job, by=len(batch), total=job.total)
    return len(batch) < BATCH


def _write(part: Part, offset: rules.Offset, batch: list[Registration], *, at: datetime) -> None:
    this = occasions.about(occasions.occasion(part.event_id), part)
    found = readers.readers(row.person for row in batch)
    for row, reader in zip(batch, found, strict=True):
        link = links.link_for(event_id=part.event_id, person_id=row.person_id, at=at)
        with occasions.speaking_to(reader):
            post.queue(letters.reminder(this, reader, link, row, offset), at=at)
