"""Asks a service what is left of a meeting. No transaction is open during the call.

Each way ends in a `Save`, which the sweep calls in the transaction that marks the work as done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F

from events.backstage.reactions import Save
from events.backstage.sweep import Later
from events.programme import queries as programme
from integrations.accounts import queries as connected
from integrations.harvest import commands, queries, rules
from integrations.harvest.models import HarvestRow
from integrations.ports import Denied, Gone, Harvest, Sitting, Temporary
from integrations.sync.queries import HEARD
from integrations.webhooks import queries as told


def look(harvest_id: int, *, at: datetime) -> Save | None:
    """Look once; raises Later when the service asked us to come back."""
    row = queries.for_work(harvest_id)
    if row is None or row.state != HarvestRow.State.WAITING or row.account.state not in HEARD:
        return None
    try:
        found = _sittings(row)
    except Temporary as trouble:
        _come_back(row, trouble, at=at)
        return None
    except Denied as trouble:
        refused = trouble
        return lambda: commands.note_refused(harvest_id, refused, at=at)
    return lambda: _save(harvest_id, found, at=at)


def _save(harvest_id: int, found: Sequence[Sitting], *, at: datetime) -> None:
    commands.note_found(harvest_id, found, at=at)


def _sittings(row: HarvestRow) -> Sequence[Sitting]:
    """What the service tells of a meeting: by itself, or as an answer.

    A server with rooms of ours tells by itself and cannot be asked. Elsewhere the answer counts, and
    what was told stands in where there is none.
    """
    heard = told.sittings_told(row.account_id, row.ref)
    harvest: Harvest | None = getattr(connected.adapter_of(row.account), "harvest", None)
    if harvest is None or (heard and row.account.provider in rules.ROOMS):
        return heard
    part = programme.part_for_work(row.part_id)
    try:
        asked = harvest.sittings(row.ref, since=part.starts_at - rules.EARLY, until=part.ends_at)
    except Gone:
        return heard
    except (Denied, Temporary) as trouble:
        if heard and (isinstance(trouble, Denied) or row.failures >= rules.PATIENCE):
            return heard
        raise
    known = {one.record_id: one for one in heard} | {one.record_id: one for one in asked}
    return sorted(known.values(), key=lambda one: one.started_at)


def _come_back(row: HarvestRow, trouble: Temporary, *, at: datetime) -> None:
    """Wait in place where a pause was asked for; else step aside until the next try."""
    wait = rules.pause(row.failures) if trouble.after is None else _asked(trouble.after)
    HarvestRow.objects.filter(pk=row.pk).update(
        failures=F("failures") + 1, last_error=trouble.code[:40], looked_at=at,
        next_at=at + wait,
    )  # fmt: skip
    if trouble.after is not None:
        raise Later(max(trouble.after, 1.0), trouble.code) from trouble


def _asked(seconds: float) -> timedelta:
    """Past the pause asked for: by then the waiting work itself has looked."""
    return timedelta(seconds=seconds) + rules.LOOKS[0]
