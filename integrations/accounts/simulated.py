"""Accounts at the simulators of the demo: marked by an option that no form asks for.

Their address is never stored: it follows from the settings, and without KOLEGA_SIMULATORS, which
production refuses, there is none.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

from integrations.accounts import rules
from integrations.accounts.models import Account
from integrations.ports import Denied

MARK = "simulated"
MARKED: Mapping[str, object] = {MARK: "yes"}
_elsewhere: ContextVar[str] = ContextVar("elsewhere", default="")


def is_marked(options: Mapping[str, object]) -> bool:
    """Whether an account with these options stands at our simulators."""
    return options.get(MARK) == "yes"


@contextmanager
def standing_at(url: str) -> Iterator[None]:
    """Within it, in this thread, marked accounts are led to simulators at another address.

    For whoever tells the story of the demo with simulators of its own.
    """
    token = _elsewhere.set(url)
    try:
        yield
    finally:
        _elsewhere.reset(token)


def endpoints(provider: str, options: Mapping[str, object]) -> dict[str, str]:
    """What leads the adapter of a marked account to the simulators; nothing for any other.

    Raises Denied (`address_refused`) where no simulators are wanted.
    """
    if not is_marked(options):
        return {}
    url = (_elsewhere.get() or settings.SIMULATORS_URL) if settings.KOLEGA_SIMULATORS else ""
    if not url:
        code = "address_refused"
        raise Denied(code, MARK)
    found = {
        "microsoft": {"graph_url": f"{url}/v1.0", "login_url": url},
        "google": {
            "calendar_endpoint": f"{url}/calendar/v3/", "meet_endpoint": url,
            "drive_endpoint": f"{url}/drive/v3/", "token_endpoint": f"{url}/token",
        },
        "bigbluebutton": {"address": url, "private": "yes"},
    }  # fmt: skip
    return found.get(provider, {})


def calendar_page(account: Account) -> str:
    """The address of the page that shows an account's calendar at the simulator; "" where none is."""
    if not settings.KOLEGA_SIMULATORS or not is_marked(account.options):
        return ""
    if account.provider not in rules.CALENDARS:
        return ""
    return f"{settings.SIMULATORS_URL}/calendars/{account.pk}/"
