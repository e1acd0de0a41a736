"""Takes away the entries of an account that is to be switched off without them, in its lane."""

from datetime import datetime

from django.db.models import QuerySet

from events.kernel.actors import system
from events.programme import commands as programme
from events.programme import queries as parts
from integrations.accounts import ending
from integrations.accounts.models import Account
from integrations.sync import keeping, states
from integrations.sync.models import Link

BY = system("calendar")


def begin(account_id: int, *, at: datetime) -> None:
    """Say that the entries of coming events are due to be removed; without any it ends at once.

    One event after another, each in a transaction of its own: nobody waits for hundreds of them.
    """
    if not Account.objects.filter(pk=account_id, leaving_at__isnull=False).exists():
        return
    part_ids = _waiting(account_id, at=at).values_list("part_id", flat=True)
    for event_id in sorted(parts.event_ids_of(part_ids)):
        keeping.keep(event_id, at=at)
    finish(account_id, at=at)


def carry_on(*, at: datetime) -> None:
    """Look after all accounts that wait for their entries: some events are over meanwhile."""
    rows = Account.objects.filter(leaving_at__isnull=False).order_by("pk")
    for account_id in list(rows.values_list("pk", flat=True)):
        begin(account_id, at=at)


def finish(account_id: int, *, at: datetime) -> None:
    """Let the account be switched off once nothing of it waits; called after each removal."""
    if not _waiting(account_id, at=at).exists():
        ending.note_left(account_id, at=at)


def forget_meeting(link: Link, *, at: datetime) -> None:
    """A video link that went with its entry leads nowhere: the part has none until another comes.

    Called before links are locked: series and events are locked first everywhere.
    """
    if link.account.leaving_at is None or not link.join_url:
        return
    part = parts.part_for_work(link.part_id)
    if part.join_url == link.join_url:
        programme.attach_link(part.pk, join_url="", former=link.join_url, by=BY, at=at)


def _waiting(account_id: int, *, at: datetime) -> QuerySet[Link]:
    rows = Link.objects.filter(account_id=account_id, part__ends_at__gt=at)
    return rows.exclude(state__in=(states.REMOVED, states.DETACHED))
