"""Busy times and the self-test of an account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Busy(Protocol):
    """Free and busy times, never titles."""

    def busy(
        self, addresses: Sequence[str], *, since: datetime, until: datetime
    ) -> Mapping[str, Sequence[tuple[datetime, datetime]] | None]:
        """Busy spans by address; None where the provider does not say, which is not free."""


@dataclass(frozen=True)
class Finding:
    """One line of a self-test: what was tried, whether it went, and the code of the reason."""

    what: str
    went: bool
    code: str = ""
    said: str = ""


class Check(Protocol):
    """The self-test of an account."""

    def check(self) -> Sequence[Finding]:
        """Try what the product needs, changing nothing that stays."""
