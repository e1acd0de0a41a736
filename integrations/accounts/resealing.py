"""Brings credentials under the present key."""

from events.people import resealing
from integrations.accounts import credentials
from integrations.accounts.models import Account


def accounts() -> resealing.Tally:
    """The credentials of all accounts that are not switched off."""
    return resealing.walk(Account.objects.filter(sealed__isnull=False), _account)


def _account(row: Account) -> bool:
    renewed = credentials.renewed(row)
    if renewed is None:
        return False
    row.sealed = renewed
    row.save(update_fields=["sealed"])
    return True
