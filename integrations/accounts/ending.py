"""The end of an account: at once, or when its entries are away."""

from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit, record
from events.kernel.actors import Actor, system
from integrations.accounts.facts import AccountLeaves
from integrations.accounts.models import Account

BY = system("accounts")


def end(row: Account, *, by: Actor, at: datetime) -> Account:
    """Switch a locked account off and destroy its credentials."""
    was, row.state, row.sealed = row.state, Account.State.OFF, None
    row.leaving_at = None
    row.trouble, row.trouble_said, row.trouble_since = "", "", None
    row.save()
    audit("account_switched_off", by=by, at=at, thing="account", thing_id=row.pk,
          changes={"state": [was, row.state]})  # fmt: skip
    return row


def leave(row: Account, *, by: Actor, at: datetime) -> Account:
    """Let the entries of a locked account be removed first; asked again it goes on."""
    if row.leaving_at is None:
        row.leaving_at = at
        row.save(update_fields=["leaving_at"])
        audit("account_leaves", by=by, at=at, thing="account", thing_id=row.pk)
    record(AccountLeaves(row.pk), at=at)
    return row


@transaction.atomic
def note_left(account_id: int, *, at: datetime) -> None:
    """The entries of an account are away: if it waited for that, it is switched off."""
    rows = Account.objects.select_for_update().filter(leaving_at__isnull=False)
    row = rows.filter(pk=account_id).first()
    if row is not None:
        end(row, by=BY, at=at)
