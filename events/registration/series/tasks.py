"""Steps of the letters about series: fifty people at a time, found anew each time."""

from datetime import datetime

from django.db import transaction

from events.backstage import post
from events.backstage.models import Job
from events.kernel import clock
from events.programme.models import Series
from events.registration import occasions
from events.registration import readers as people
from events.registration.series import letters, readers, telling
from events.registration.series.telling import Deed
from events.registration.tasks import BATCH, count


def invite(job: Job) -> bool:
    """Invite the next fifty to a series: one letter each, whatever the number of dates."""
    at = clock.now()
    row = Series.objects.get(pk=job.params["series_id"])
    parts = readers.coming(row, at=at)
    if row.published_at is None or not parts:
        return True
    with transaction.atomic():
        batch = people.readers(readers.to_invite(row, at=at)[:BATCH])
        for reader in batch:
            told = readers.told(row, reader, parts[0].event_id, at=at)
            with occasions.speaking_to(reader):
                post.queue(letters.invitation(told, parts), at=at)
        count(job, len(batch))
    return len(batch) < BATCH


def tell(job: Job) -> bool:
    """Tell the next fifty what one edit of a series means for them."""
    at = clock.now()
    deed = deed_of(job.params)
    with transaction.atomic():
        found = readers.still_to_tell(deed.all_ids, deed.prefix, before=deed.before)
        batch = people.readers(found[:BATCH])
        for reader in batch:
            with occasions.speaking_to(reader):
                for draft in telling.drafts(deed, reader, at=at):
                    post.queue(draft, at=at)
        count(job, len(batch))
    return len(batch) < BATCH


def deed_of(params: dict[str, object]) -> Deed:
    """The edit a job is about."""
    former = params.get("former_id")
    was = params.get("was") or []
    ids, cancelled = params["event_ids"], params["cancelled"]
    if not (isinstance(ids, list) and isinstance(cancelled, list) and isinstance(was, list)):
        raise TypeError
    return Deed(
        row=Series.objects.get(pk=int(str(params["series_id"]))),
        prefix=f"series-edit:{params['series_id']}:{params['sequence']}:",
        event_ids=frozenset(ids),
        cancelled=frozenset(cancelled),
        before=datetime.fromisoformat(str(params["before"])),
        former=Series.objects.get(pk=int(str(former))) if former else None,
        was={item[0]: item for item in was},
    )
