"""Facts of this room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AccountLeaves:
    """An account is to be switched off once its entries of coming events are removed."""

    account_id: int
