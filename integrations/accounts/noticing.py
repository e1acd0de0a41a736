"""Addresses at which a meeting server tells an account's notices.

The token is the account's number and a keyed digest (HMAC-SHA-256, 130 bits kept), so nothing that
opens an address is stored. A new SECRET_KEY ends all of them: rooms get new ones when they are
made, an address typed at Zoom has to be typed anew.
"""

import base64
import hashlib
import hmac
from urllib.parse import urlencode

from django.conf import settings

from events.backstage import addresses
from integrations.accounts.models import Account

LENGTH, DIGITS = 26, 18  # of the digest; of a number that PostgreSQL can hold


def token_of(account_id: int) -> str:
    """The token in the addresses of an account."""
    text = f"account-notice:{account_id}".encode()
    mac = hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256)
    return f"{account_id}-{base64.b32encode(mac.digest()).decode().lower()[:LENGTH]}"


def account_at(token: str, *, provider: str) -> Account | None:
    """The account of a token; None for a forged one, another provider and a switched-off account."""
    number = token.partition("-")[0]
    if not (number.isascii() and number.isdecimal()) or len(number) > DIGITS:
        return None
    if not hmac.compare_digest(token_of(int(number)).encode(), token.encode()):
        return None
    rows = Account.objects.filter(pk=int(number), provider=provider)
    return rows.exclude(state=Account.State.OFF).first()


def address(account: Account, **values: str) -> str:
    """Where the provider tells notices of this account; `values` stand in its query."""
    path = addresses.first(f"{account.provider}_notice", args=(token_of(account.pk),))
    query = f"?{urlencode(values)}" if values else ""
    return addresses.absolute(f"{path}{query}") if path else ""
