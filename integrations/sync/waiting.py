"""Entries that wait for their account: said to be due when it works, or one of them to see whether it does."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from events.backstage.commands import record, record_all
from integrations.accounts import commands as accounts
from integrations.accounts.models import Account
from integrations.sync import rules, states
from integrations.sync.facts import LinkDue
from integrations.sync.models import Link


def _waits(account_id: int) -> QuerySet[Link]:
    rows = Link.objects.filter(account_id=account_id, state__in=(states.PENDING, states.FAILED))
    return rows.order_by("pk")


def take_up(account_id: int, *, at: datetime) -> int:
    """Say that every entry of an account that waits is due; returns how many there are."""
    rows = _waits(account_id).values_list("pk", flat=True)
    record_all([LinkDue(pk, account_id) for pk in rows], at=at)
    return len(rows)


def may_try(link: Link) -> bool:
    """Whether an entry may be tried though its account is in trouble: only writing shows the end."""
    account = link.account
    if account.state in Account.WORKING:
        return True
    tried = account.state == Account.State.TROUBLED and account.trouble_in_writing
    return tried and link.last_error == account.trouble


def after_reading(account_id: int, *, at: datetime) -> None:
    """An account that was in trouble can be read: take up what waits, or try one refused entry.

    Where no refused entry is left to be tried, nothing is known against the account any more.
    """
    account = Account.objects.get(pk=account_id)
    if account.trouble_in_writing:
        refused = _waits(account_id).filter(last_error=account.trouble, part__ends_at__gt=at)
        if (one := refused.first()) is not None:
            if one.tried_at is None or one.tried_at <= at - _pause(account):
                record(LinkDue(one.pk, account_id), at=at)
            return
        accounts.note_good(account_id, at=at, wrote=True)
    take_up(account_id, at=at)


def _pause(account: Account) -> timedelta:
    return timedelta(seconds=rules.USAGE_PAUSE if account.trouble == rules.USAGE_LIMIT else 0)


def wrote(link: Link, *, at: datetime) -> None:
    """A call for an entry went well: so the account is fine, and what waited for that is due."""
    was = link.account.state
    accounts.note_good(link.account_id, at=at, wrote=True)
    if was not in Account.WORKING:
        take_up(link.account_id, at=at)
