"""How accounts fare: what a call to the provider meant for its account."""

from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import system
from integrations.accounts import letters, rules
from integrations.accounts.models import Account
from integrations.ports import Denied

BY = system("accounts")
TROUBLE = (Account.State.TROUBLED, Account.State.RECONNECT)


def note_good(account_id: int, *, at: datetime, synced: bool = True, wrote: bool = False) -> None:
    """A call went well: the account is fine, and whoever heard that it was broken hears so.

    Cheap while nothing was wrong, so it may be called after every call. A self-test is not
    `synced`: it says nothing about when the calendar was last read, and ends no silence. A trouble
    that a call met which `wrote` ends when another one goes well, and not by reading.
    """
    fine = Account.objects.filter(pk=account_id, trouble="").exclude(state=Account.State.OFF)
    heard = {"good_at": at} if synced else {}
    if not fine.update(state=Account.State.FINE, **heard):
        _recover(account_id, at=at, synced=synced, wrote=wrote)


@transaction.atomic
def _recover(account_id: int, *, at: datetime, synced: bool, wrote: bool) -> None:
    row = _in_trouble(account_id)
    if row is None or (row.trouble == rules.SILENT and not synced):
        return
    if row.trouble_in_writing and not wrote:
        Account.objects.filter(pk=row.pk).update(good_at=at if synced else row.good_at)
        return
    letters.tell_back(row, at=at)
    was, row.state = row.state, Account.State.FINE
    row.good_at = at if synced else row.good_at
    row.trouble, row.trouble_said, row.trouble_since = "", "", None
    row.trouble_in_writing = False
    row.told_at = row.admins_told_at = None
    row.save()
    audit("account_works_again", by=BY, at=at, thing="account", thing_id=row.pk,
          changes={"state": [was, row.state]})  # fmt: skip


def _in_trouble(account_id: int) -> Account | None:
    rows = Account.objects.select_for_update().exclude(state=Account.State.OFF)
    return rows.filter(pk=account_id).exclude(trouble="").first()


def note_trouble(
    account_id: int, trouble: Denied, *, at: datetime, since: datetime | None = None,
    writing: bool = False,
) -> None:  # fmt: skip
    """A call was refused for good: say so on the health page, and once to the owner.

    The same trouble again changes nothing; another one replaces the words, not the beginning,
    which is `since` (now unless said). `writing`: only a call that writes shows that it is over.
    """
    with transaction.atomic():
        rows = Account.objects.select_for_update().exclude(state=Account.State.OFF)
        row = rows.filter(pk=account_id).first()
        if row is None or _says_so_already(row, trouble, writing=writing):
            return
        began = not row.trouble
        _put_down(row, trouble, since=(since or at) if began else row.trouble_since)
        row.trouble_in_writing = writing and row.state != Account.State.RECONNECT
        if began:
            audit("account_broke", by=BY, at=at, thing="account", thing_id=row.pk,
                  changes={"trouble": [None, row.trouble]})  # fmt: skip
            letters.tell_owner(row, at=at)
        row.save()


def _says_so_already(row: Account, trouble: Denied, *, writing: bool) -> bool:
    same = row.trouble == trouble.code[:40] and row.state == rules.state_after(row.trouble)
    known = row.trouble_in_writing or not writing or row.state == Account.State.RECONNECT
    return same and known


def _put_down(row: Account, trouble: Denied, *, since: datetime | None) -> None:
    row.trouble = trouble.code[:40]
    row.trouble_said = " ".join(trouble.said.split())[:300]
    row.state = Account.State(rules.state_after(row.trouble))
    row.trouble_since = since
