"""Lists which recordings of a meeting lie at its service. No transaction is open during the call.

A server tells that a recording is ready at best once, so it is asked at planned times whatever it told.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from events.backstage.reactions import Save
from events.backstage.sweep import Later
from events.programme import queries as programme
from integrations.accounts import queries as connected
from integrations.harvest import queries, rules
from integrations.harvest.models import HarvestRow, HeldRecording
from integrations.ports import Denied, Gone, Harvest, RecordingFile, Temporary
from integrations.sync.queries import HEARD
from integrations.webhooks import queries as told

AGAIN = timedelta(hours=1)


def look(harvest_id: int, *, at: datetime) -> Save | None:
    """Look once; raises Later when the service asked us to come back."""
    row = queries.for_work(harvest_id)
    if row is None or row.account.state not in HEARD:
        return None
    try:
        found, whole = _files(row)
    except Temporary as trouble:
        if trouble.after is not None:
            raise Later(max(trouble.after, 1.0), trouble.code) from trouble
        code = trouble.code
    except Denied as trouble:
        code = trouble.code
    else:
        return lambda: _save(harvest_id, found, whole=whole, at=at)
    return lambda: _note_failed(harvest_id, code, at=at)


def _files(row: HarvestRow) -> tuple[Sequence[RecordingFile], bool]:
    """What the service told by itself, and what it answers now, which counts more.

    The second says whether it answered: then there is nothing but this.
    """
    part = programme.part_for_work(row.part_id)
    since, until = part.starts_at - rules.EARLY, part.ends_at
    heard = told.recordings_told(row.account_id, row.ref, since=since, until=until)
    harvest: Harvest | None = getattr(connected.adapter_of(row.account), "harvest", None)
    if harvest is None:
        return heard, False
    try:
        asked = harvest.recordings(row.ref, since=since, until=until)
    except Gone:
        return heard, False
    found = {one.remote_id: one for one in heard} | {one.remote_id: one for one in asked}
    return list(found.values()), True


@transaction.atomic
def _save(
    harvest_id: int, found: Sequence[RecordingFile], *, whole: bool, at: datetime
) -> None:  # fmt: skip
    for one in found:
        values = {
            "kind": one.kind[:12], "state": one.state[:20], "started_at": one.started_at,
            "ended_at": one.ended_at, "url": one.url[:1000], "size": one.size,
            "checksum": one.checksum[:128], "downloads": one.downloads, "seen_at": at,
        }  # fmt: skip
        HeldRecording.objects.update_or_create(
            harvest_id=harvest_id, remote_id=one.remote_id[:300],
            defaults=values, create_defaults={**values, "found_at": at},
        )  # fmt: skip
    if whole:
        # While it is made, a recording may have a name of its own until its file has one.
        left = HeldRecording.objects.filter(harvest_id=harvest_id, state__in=rules.MAKING)
        left = left.exclude(remote_id__in=[one.remote_id[:300] for one in found])
        left.filter(fetch=None).delete()
    HarvestRow.objects.filter(pk=harvest_id).update(recordings_error="")


def _note_failed(harvest_id: int, code: str, *, at: datetime) -> None:
    """Keep why, and come back after an hour where no planned look comes before or at all."""
    row = HarvestRow.objects.get(pk=harvest_id)
    if row.deadline_at > at + AGAIN:
        row.recordings_at = min(row.recordings_at or at + AGAIN, at + AGAIN)
    row.recordings_error = code[:40]
    row.save(update_fields=["recordings_at", "recordings_error"])
