"""An account at Zoom, and what it can do: it takes notices and asks for nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from integrations.ports import Finding


class Check:
    """The self-test of an account: whether there is a secret to sign with; Zoom is not asked."""

    def __init__(self, secret: str) -> None:
        """Take the secret token."""
        self.secret = secret

    def check(self) -> Sequence[Finding]:
        """Say whether the secret is there."""
        went = bool(self.secret)
        return [Finding("sign", went=went, code="" if went else "secret_wrong")]


@dataclass(frozen=True)
class Connected:
    """The ports of an account at Zoom."""

    check: Check


def connect(
    options: Mapping[str, str], secret: Mapping[str, str], *, calendar: str, subject: str
) -> Connected:  # fmt: skip
    """What an account can do. `secret`: `webhook_secret`, the secret token of a Zoom app."""
    del options, calendar, subject
    return Connected(check=Check(secret.get("webhook_secret", "")))
