"""Notices of changes: asked for, renewed at half of their life, ended after the next one is there."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from events.backstage import addresses
from events.backstage.commands import record
from events.backstage.reactions import Save
from events.backstage.sweep import Later
from events.kernel import chance
from integrations.accounts import queries as connected
from integrations.accounts.models import Account
from integrations.ports import Channel as Promise
from integrations.ports import Denied, Gone, Push, Temporary
from integrations.sync import queries, rules
from integrations.sync.facts import ChannelDue, NoticeCame
from integrations.sync.models import Channel

WANTED = timedelta(days=7)
FAILED_PAUSE = timedelta(hours=1)
ROUTE = "calendar_notice"


def digest(text: str) -> str:
    """The SHA-256 digest (hex) under which a secret or a token of an address is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def refresh(account_id: int, *, at: datetime) -> Save | None:
    """See that notices come: extend the present channel, or open a new one and then end the old.

    An account whose provider sends no notices, or an installation that cannot be reached by it, is
    read regularly all the same. Raises Later when the far side asked us to come back.
    """
    account = Account.objects.filter(pk=account_id, state__in=Account.WORKING).first()
    if account is None or not _reachable():
        return None
    present = queries.live_channels(account_id, at=at).first()
    if present is not None and present.renew_at is not None and present.renew_at > at:
        return None
    try:
        push: Push | None = getattr(connected.adapter_of(account), "push", None)
        if push is None:
            return None
        return _extend(present, push, at=at) or _open(account, push, at=at)
    except Temporary as trouble:
        raise Later(trouble.after or rules.pause(rules.PATIENCE), trouble.code) from trouble
    except Denied:
        return None  # the account is read regularly; pushes and rounds say what is wrong with it


def _reachable() -> bool:
    """Providers send notices to https addresses alone; simulators stand on this machine."""
    path = addresses.first(ROUTE, args=("x",))
    return bool(path) and (settings.BASE_URL.startswith("https://") or settings.KOLEGA_SIMULATORS)


def _extend(present: Channel | None, push: Push, *, at: datetime) -> Save | None:
    """Extend a channel where the provider can; None where a new one is needed."""
    if present is None or present.expires_at is None:
        return None
    try:
        promise = push.renew(_promise(present), until=at + WANTED)
    except Gone:
        return None
    if promise is None:
        return None
    renewed = promise
    return lambda: _keep(present, renewed, at=at)


def _promise(row: Channel) -> Promise:
    return Promise(row.remote_id or row.channel_id, row.resource, row.expires_at or row.asked_at)


def _keep(row: Channel, promise: Promise, *, at: datetime) -> None:
    row.remote_id, row.resource = promise.channel_id[:300], promise.resource[:600]
    row.expires_at, row.renew_at = promise.expires_at, at + (promise.expires_at - at) / 2
    row.save(update_fields=["remote_id", "resource", "expires_at", "renew_at"])


def _open(account: Account, push: Push, *, at: datetime) -> Save:
    """Open a channel. The row stands before the call: the provider may ask our address at once."""
    secret, path = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    row = Channel.objects.create(
        account=account, channel_id=str(chance.uuid()), secret_hash=digest(secret),
        path_hash=digest(path), asked_at=at,
    )  # fmt: skip
    address = addresses.absolute(addresses.first(ROUTE, args=(path,)))
    try:
        promise = push.watch(
            channel_id=row.channel_id, address=address, secret=secret, until=at + WANTED
        )
    except (Temporary, Denied):
        Channel.objects.filter(pk=row.pk).update(ended_at=at)
        raise
    return _opened(row, promise, at=at)


def _opened(row: Channel, promise: Promise, *, at: datetime) -> Callable[[], None]:
    def save() -> None:
        _keep(row, promise, at=at)
        old = queries.live_channels(row.account_id, at=at).exclude(pk=row.pk)
        old.update(ended_at=at)
        record(ChannelDue(account_id=row.account_id), at=at)
        # What happened between the two is read now.
        record(NoticeCame(account_id=row.account_id, noticed_at=at.isoformat()), at=at)

    return save


@transaction.atomic
def lost(account_id: int, *, at: datetime) -> None:
    """The far side has forgotten the channels of an account: ask for a new one at once."""
    queries.live_channels(account_id, at=at).update(ended_at=at, stopped_at=at)
    record(ChannelDue(account_id=account_id), at=at)


def stop_old(account_id: int, *, at: datetime) -> Save | None:
    """Tell the provider to stop channels that a newer one has replaced; nobody minds if it fails."""
    rows = list(
        Channel.objects.filter(
            account_id=account_id, ended_at__isnull=False, stopped_at=None, expires_at__isnull=False
        ).select_related("account")
    )
    if not rows or rows[0].account.state not in Account.WORKING:
        return None
    push = connected.adapter_of(rows[0].account).push
    done = [row.pk for row in rows if _stopped(push, row)]
    return lambda: _note_stopped(done, at=at)


def _stopped(push: Push, row: Channel) -> bool:
    try:
        push.stop(_promise(row))
    except Temporary:
        return False  # it ends by itself, and its notices are ignored
    except (Denied, Gone):
        return True
    return True


def _note_stopped(ids: list[int], *, at: datetime) -> None:
    Channel.objects.filter(pk__in=ids).update(stopped_at=at)


def heard(row: Channel, *, at: datetime) -> bool:
    """A notice came through a channel: let the calendar be read. False where it has ended.

    The caller has checked the secret. A doubled or late notice costs at most one more look.
    """
    if row.ended_at is not None or row.account.state not in queries.HEARD:
        return False
    with transaction.atomic():
        Channel.objects.filter(pk=row.pk).update(heard_at=at)
        record(NoticeCame(account_id=row.account_id, noticed_at=at.isoformat()), at=at)
    return True
