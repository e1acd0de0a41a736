"""Credentials at rest: AES-256-GCM, bound to the row, so a value copied elsewhere does not open."""

import json
from collections.abc import Mapping

from events.people import keyring, sealing
from integrations.accounts.models import Account
from integrations.ports import Denied


def sealed(account_id: int, secrets: Mapping[str, str]) -> bytes:
    """The credentials of an account as they are stored."""
    return keyring.seal(json.dumps(dict(secrets)), bound_to=_spot(account_id))


def opened(account: Account) -> dict[str, str]:
    """The credentials in plain text; raises Denied (`secret_unreadable`) when they do not open."""
    if account.sealed is None:
        raise Denied("secret_unreadable", "there are none")
    try:
        found: dict[str, str] = json.loads(
            keyring.unseal(bytes(account.sealed), bound_to=_spot(account.pk))
        )
    except sealing.SealBroken:
        raise Denied("secret_unreadable", "not sealed for this place with this key") from None
    return found


def renewed(account: Account) -> bytes | None:
    """The credentials under the present key; None when they are already. Raises SealBroken."""
    return keyring.renewed(bytes(account.sealed or b""), bound_to=_spot(account.pk))


def _spot(account_id: int) -> str:
    return sealing.place("account", "sealed", account_id)
