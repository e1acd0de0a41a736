"""Begin to fetch the attendance of meetings, ask at once, and write down what a look found."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.presence import fetching
from attendance.presence import policies as presence
from events.backstage.commands import record, record_all
from events.kernel.actors import Actor, system
from events.programme import queries as programme
from events.programme import states as events
from integrations.accounts import health
from integrations.accounts import rules as accounts
from integrations.accounts.models import Account
from integrations.harvest import content, meetings, rules
from integrations.harvest.facts import HarvestDue, LateReportCame, RecordingsDue
from integrations.harvest.models import HarvestRow
from integrations.ports import Denied, Sitting

if TYPE_CHECKING:
    from events.programme.models import Part

BY = system("harvest")
State = HarvestRow.State
RECORDED = frozenset({"recording", "recorded"})


@transaction.atomic
def begin(part_id: int, *, at: datetime) -> list[HarvestRow]:
    """Plan to fetch the attendance of an ended part; again it changes nothing.

    There is one row per meeting that we know by the provider's own name: made with the entry of the
    part, a room of a server of ours that somebody entered, or one whose link was pasted and whose
    service tells us of it.
    """
    part = programme.find_part(part_id)
    if part is None or part.cancelled_at is not None or at < part.ends_at:
        return []
    if part.event.state not in {events.PUBLISHED, events.CLOSED}:
        return []
    return [_row(part, account, ref, at=at) for account, ref in meetings.of_part(part)]


def _row(part: "Part", account: Account, ref: str, *, at: datetime) -> HarvestRow:
    deadline = part.ends_at + rules.KEPT[account.provider]
    row, _made = HarvestRow.objects.get_or_create(
        part_id=part.pk, account=account, ref=ref,
        defaults={
            "next_at": max(at, part.ends_at + rules.LOOKS[0]), "deadline_at": deadline,
            "warn_at": rules.warn_at(part.ends_at, deadline), "made_at": at,
            "recordings_at": max(at, part.ends_at + rules.RECORDING_LOOKS[0]),
        },
    )  # fmt: skip
    return row


@transaction.atomic
def try_now(event_id: int, *, by: Actor, at: datetime) -> int:
    """Ask the services of an event at once; returns how many. Raises NotAllowed, Missing."""
    event = programme.seen(event_id, by=by)
    presence.require_may_keep(by, event)
    rows = HarvestRow.objects.select_for_update().filter(
        part__event_id=event_id, state__in=(State.WAITING, State.NOTHING), deadline_at__gt=at
    )
    return _wake(list(rows.order_by("pk")), at=at)


@transaction.atomic
def heard(account_id: int, ref: str, *, kind: str = "", at: datetime) -> int:
    """A service told something of a meeting: look at once; returns how many rows it concerns.

    Of a recording (`kind`) it is asked for its recordings. A meeting that ended before its part is
    looked at when the part ends.
    """
    rows = HarvestRow.objects.select_for_update().filter(account_id=account_id, ref=ref)
    found = list(rows.order_by("pk"))
    if kind in RECORDED:
        record_all([RecordingsDue(row.pk, row.account_id) for row in found], at=at)
        return len(found)
    return _wake([row for row in found if row.state != State.LOST], at=at)


def _wake(rows: list[HarvestRow], *, at: datetime) -> int:
    for row in rows:
        row.state, row.next_at = State.WAITING, at + rules.LOOKS[0]
        row.save(update_fields=["state", "next_at"])
    record_all([HarvestDue(row.pk, row.account_id) for row in rows], at=at)
    return len(rows)


@transaction.atomic
def note_found(harvest_id: int, sittings: Sequence[Sitting], *, at: datetime) -> HarvestRow:
    """Let what a look found count, and plan the next look.

    A session that goes on waits for its end. It is complete when two looks find the same: the report
    of a session opened anew can come later than that of the first.
    """
    row = HarvestRow.objects.select_for_update().get(pk=harvest_id)
    part = programme.part_for_work(row.part_id)
    found = rules.of_part(sittings, starts_at=part.starts_at, ends_at=part.ends_at)
    over = [one for one in found if one.ended_at is not None]
    again = _take(row, over, at=at) if over else False
    _bring_forward(row, part, found)
    row.looks, row.looked_at, row.failures = row.looks + 1, at, 0
    row.last_error = "" if found or not _owes(row, part, at=at) else rules.REPORT_MISSING
    _plan(row, part, complete=again and len(over) == len(found), at=at)
    row.save()
    health.note_good(row.account_id, at=at, synced=False)
    return row


def _take(row: HarvestRow, sittings: Sequence[Sitting], *, at: datetime) -> bool:
    """Hand sittings to the attendance; whether the look before found the same."""
    text = content.of(sittings)
    digest = hashlib.sha256(text).hexdigest()
    if row.found_hash == digest:
        return True
    provider = Account.objects.values_list("provider", flat=True).get(pk=row.account_id)
    taken = fetching.take_in(row.part_id, source=provider, ref=row.ref, content=text, by=BY, at=at)
    row.found_hash, row.people, row.fetched_at = digest, taken.row.people, at
    if taken.outcome is fetching.Outcome.WAITS:
        record(LateReportCame(taken.row.event_id, row.part_id, taken.row.pk), at=at)
    return False


def _bring_forward(row: HarvestRow, part: "Part", sittings: Sequence[Sitting]) -> None:
    """What the service itself says of how long it keeps a session counts."""
    ends = [one.expires_at for one in sittings if one.expires_at is not None]
    if ends:
        row.deadline_at = min(ends)
        row.warn_at = rules.warn_at(part.ends_at, row.deadline_at)


def _owes(row: HarvestRow, part: "Part", *, at: datetime) -> bool:
    """Whether a server that tells by itself has had time to: somebody entered its room."""
    rooms_of = Account.objects.filter(pk=row.account_id, provider__in=rules.ROOMS)
    return at >= part.ends_at + rules.LOOKS[1] and rooms_of.exists()


def _plan(row: HarvestRow, part: "Part", *, complete: bool, at: datetime) -> None:
    row.next_at = None if complete else rules.next_look(part.ends_at, at=at)
    if complete:
        row.state = State.DONE
    elif row.next_at is None and not row.fetched_at and not row.last_error:
        row.state = State.NOTHING
    else:
        row.next_at = row.next_at or at + rules.AFTERWARDS


@transaction.atomic
def note_refused(harvest_id: int, trouble: Denied, *, at: datetime) -> None:
    """A service refused: said on the board, and of the account where its credentials are the reason."""
    row = HarvestRow.objects.select_for_update().get(pk=harvest_id)
    part = programme.part_for_work(row.part_id)
    row.failures, row.last_error, row.looked_at = row.failures + 1, trouble.code[:40], at
    row.next_at = rules.next_look(part.ends_at, at=at) or at + rules.AFTERWARDS
    row.save()
    if trouble.code in accounts.RECONNECT:
        health.note_trouble(row.account_id, trouble, at=at)
