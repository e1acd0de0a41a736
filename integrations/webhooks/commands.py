"""Keep notices, each once, and wake up who looks what it means."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from events.backstage.commands import record
from integrations.accounts.models import Account
from integrations.sync import channels
from integrations.sync.facts import ChannelDue
from integrations.sync.models import Channel
from integrations.webhooks.facts import MeetingNoticeCame
from integrations.webhooks.models import Receipt

KEPT = timedelta(days=30)
BATCH = 1000
LIFECYCLE = "lifecycle"


@dataclass(frozen=True)
class Message:
    """A notice whose sender was checked. `key` is the provider's own, the same when sent again.

    `calls`: somebody is to look what it means. `over`: the channel it came through has ended.
    """

    kind: str
    key: str
    about: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    calls: bool = True
    over: bool = False


@transaction.atomic
def receive_of_meeting(account: Account, message: Message, *, at: datetime) -> bool:
    """Keep a notice about a meeting and record that it came; False when it came before."""
    row = _kept(account.pk, message, at=at)
    if row is not None and message.calls:
        record(
            MeetingNoticeCame(
                account_id=account.pk, provider=account.provider, kind=row.kind, key=row.about,
                receipt_id=row.pk,
            ),
            at=at,
        )  # fmt: skip
    return row is not None


@transaction.atomic
def receive_of_calendar(channel: Channel, message: Message, *, at: datetime) -> bool:
    """Keep a notice of a channel and record that its calendar is to be read; False when it came before.

    A notice about the channel itself also lets the channel be looked after.
    """
    if _kept(channel.account_id, message, at=at) is None:
        return False
    if message.calls:
        channels.heard(channel, at=at)
    if message.kind == LIFECYCLE:
        changed = {"ended_at": at} if message.over else {"renew_at": at}
        Channel.objects.filter(pk=channel.pk, ended_at=None).update(**changed)
        record(ChannelDue(account_id=channel.account_id), at=at)
    return True


def _kept(account_id: int, message: Message, *, at: datetime) -> Receipt | None:
    """The new row, or None when the message was kept before."""
    row, made = Receipt.objects.get_or_create(
        account_id=account_id,
        digest=hashlib.sha256(message.key.encode()).hexdigest(),
        defaults={
            "kind": message.kind, "about": message.about, "headers": dict(message.headers),
            "body": message.body, "received_at": at,
        },
    )  # fmt: skip
    return row if made else None


def forget_old(*, at: datetime) -> int:
    """Remove what came more than 30 days ago; returns how many rows. A chore; one batch a time."""
    old = Receipt.objects.filter(received_at__lt=at - KEPT).order_by("pk")
    ids = list(old.values_list("pk", flat=True)[:BATCH])
    return Receipt.objects.filter(pk__in=ids).delete()[0]
