"""Where the credentials of an account go, and for whom they act."""

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from integrations.accounts.models import Account

# Who gave credentials gave them for what stands in this field.
FIELDS: Mapping[str, str] = {
    "google": "subject", "microsoft": "calendar", "caldav": "server", "bigbluebutton": "address",
    "jitsi": "url",
}  # fmt: skip


def field_of(account: Account) -> str:
    """The field with which the credentials would go elsewhere; empty where nothing leads them there.

    A person's own Google account acts for nobody but them, whatever is written beside it.
    """
    own = account.provider == "google" and account.scope == Account.Scope.PERSON
    return "" if own else FIELDS.get(account.provider, "")


def reach(account: Account) -> frozenset[str]:
    """The hosts that are sent the credentials, each `scheme://host:port`, or who is acted for."""
    name = field_of(account)
    if name in {"", "subject", "calendar"}:
        return frozenset({str(getattr(account, name)).casefold()} if name else ())
    server = str(account.options.get(name, ""))
    if account.provider != "caldav":
        return frozenset({_origin(server, "")})
    return frozenset({_origin(server, ""), _origin(server, account.calendar)})


def _origin(server: str, address: str) -> str:
    try:
        found = urlsplit(urljoin(server, address.strip()))
    except ValueError:
        return address
    return f"{found.scheme}://{found.netloc}".lower()
