"""Regular chores: who is due to be read, which entries wait, which notices run out."""

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from events.backstage.commands import record, record_all
from events.backstage.due import busy_lanes
from events.programme import queries as programme
from integrations.accounts import queries as accounts
from integrations.accounts import rules as providers
from integrations.accounts.models import Account
from integrations.sync import keeping, leaving, queries, states
from integrations.sync.facts import ChannelDue, LinkDue, NoticeCame
from integrations.sync.models import Channel, Cursor, Link
from integrations.sync.rules import LANE, LONGEST_PAUSE

TROUBLED_PAUSE = timedelta(minutes=5)
OVERDUE = timedelta(minutes=10)
FORGOTTEN = timedelta(seconds=LONGEST_PAUSE) + OVERDUE
BATCH = 200
PAST = timedelta(days=1)


@transaction.atomic
def read_calendars(*, at: datetime) -> None:
    """Let each connected calendar be read when its time has come, whatever notices do."""
    rows = Account.objects.filter(provider__in=providers.CALENDARS, state__in=queries.HEARD)
    for account in rows.select_related("cursor").order_by("pk"):
        cursor, _new = Cursor.objects.get_or_create(account=account, defaults={"next_at": at})
        pause = _pause(account)
        if Cursor.objects.filter(pk=cursor.pk, next_at__lte=at).update(next_at=at + pause):
            record(NoticeCame(account_id=account.pk, noticed_at=at.isoformat()), at=at)


def _pause(account: Account) -> timedelta:
    """Jittered, so that calendars connected together are not read together."""
    if account.state == Account.State.TROUBLED:
        return TROUBLED_PAUSE
    base = timedelta(minutes=settings.KOLEGA_CALENDAR_MINUTES)
    return base * random.uniform(0.8, 1.2)  # noqa: S311  jitter


@transaction.atomic
def push_waiting(*, at: datetime) -> None:
    """Say again that entries are due that have waited too long: desired and confirmed state differ.

    Whatever was lost on the way, this finds it: it looks at the difference, not at errors. A removal
    that keeps failing has nothing else that remembers it. What is over, or stands in a lane in which
    something waits anyway, is left alone.
    """
    late = Q(tried_at=None) | Q(tried_at__lt=at - OVERDUE)
    forgotten = Q(
        wished_hash="", state__in=(states.PENDING, states.FAILED), tried_at__lt=at - FORGOTTEN
    )
    rows = Link.objects.filter(
        forgotten | Q(late, state=states.PENDING, failures=0),
        account__state__in=Account.WORKING, made_at__lt=at - OVERDUE, part__ends_at__gt=at,
    )  # fmt: skip
    busy = {lane.removeprefix(LANE) for lane in busy_lanes(LANE)}
    rows = rows.exclude(account_id__in=busy)
    due = rows.order_by("pk").values_list("pk", "account_id")[:BATCH]
    record_all([LinkDue(pk, account_id) for pk, account_id in due], at=at)


def compare_wishes(*, at: datetime) -> None:
    """Bring the links of all promised events in step, also those of which no fact told.

    Texts change without a fact, accounts are connected after events were published.
    """
    if not Account.objects.filter(provider__in=providers.CALENDARS).exists():
        return
    promised = programme.outlines(list(programme.promised_ids(after=at)))
    served = accounts.accounts_for(promised.values(), need="calendar")
    wanted = {event_id for event_id, account in served.items() if account is not None}
    for event_id in sorted(wanted | promised.keys() & set(queries.linked_events())):
        keeping.keep(event_id, at=at)
    leaving.carry_on(at=at)


@transaction.atomic
def renew_channels(*, at: datetime) -> None:
    """Let notices be asked for where none come, or where half of their time is over."""
    rows = Account.objects.filter(provider__in=providers.CALENDARS, state__in=Account.WORKING)
    fresh = Channel.objects.filter(ended_at=None, renew_at__gt=at).values("account_id")
    due = rows.exclude(pk__in=fresh).order_by("pk").values_list("pk", flat=True)
    record_all([ChannelDue(account_id=pk) for pk in due], at=at)
    _bury(at=at)


def _bury(*, at: datetime) -> None:
    """Channels that ran out come to their end; after 30 days nobody asks for them any more."""
    Channel.objects.filter(ended_at=None, expires_at__lt=at).update(ended_at=at)
    Channel.objects.filter(ended_at__lt=at - Channel.KEPT).delete()
