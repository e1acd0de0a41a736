"""Which calendar an account writes to, by a name that means the same to every account."""

from urllib.parse import urljoin

from integrations.accounts.models import Account

# How Google calls the first calendar of whoever asks.
FIRST = frozenset({"", "primary"})


def same(one: Account, other: Account) -> bool:
    """Whether two accounts write to one calendar; where nobody knows which it is they do not."""
    found = place(one)
    return bool(found) and (one.provider, found) == (other.provider, place(other))


def place(account: Account) -> str:
    """The calendar: its address at a CalDAV server, its id or mailbox elsewhere; empty if unknown."""
    if account.provider == Account.Provider.CALDAV:
        return _address(str(account.options.get("server", "")), account.calendar)
    if account.provider == Account.Provider.GOOGLE and account.calendar in FIRST:
        return (account.calendar_id or account.subject).casefold()
    return account.calendar.casefold()


def _address(server: str, calendar: str) -> str:
    try:
        return urljoin(server, calendar).rstrip("/")
    except ValueError:
        return ""
