"""The door: what an account gives, and what it gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from integrations.ports import Busy, Calendar, Check
from integrations.providers.caldav import discovery
from integrations.providers.caldav.adapter import CalDavCalendar
from integrations.providers.caldav.busy import CalDavBusy
from integrations.providers.caldav.check import CalDavCheck
from integrations.providers.caldav.collection import Collection
from integrations.providers.caldav.discovery import Listed
from integrations.providers.caldav.web import Server


@dataclass(frozen=True)
class Connected:
    """What an account can do. `busy` answers None for addresses it does not know."""

    calendar: Calendar
    check: Check
    busy: Busy


def connect(
    options: Mapping[str, str], secret: Mapping[str, str], *, calendar: str, subject: str
) -> Connected:
    """The calendar of an account; nothing is asked of the server yet.

    `options`: `server`, the https address that somebody typed; `allowed_hosts`, hosts separated by
    commas (`host` or `host:port`) that may be private and without TLS. That one comes from the
    installation's settings and never from a form.
    `secret`: `user` and `password` (an app password where the server knows them).
    `calendar`: the address of a calendar as `calendars` lists it, on the same server.
    `subject`: the mail address of the person whose calendar it is; empty where nobody said.
    Raises Denied("address_refused") or Denied("calendar_missing").
    """
    collection = Collection(_server(options, secret), calendar)
    return Connected(
        CalDavCalendar(collection),
        CalDavCheck(collection, subject),
        CalDavBusy(collection, subject),
    )


def calendars(options: Mapping[str, str], secret: Mapping[str, str]) -> Sequence[Listed]:
    """The calendars of an account, for the form in which one is chosen.

    Takes `options` and `secret` as `connect` does. Raises Denied or Temporary.
    """
    return discovery.calendars(_server(options, secret))


def _server(options: Mapping[str, str], secret: Mapping[str, str]) -> Server:
    allowed = [host.strip().lower() for host in options.get("allowed_hosts", "").split(",")]
    return Server(
        options.get("server", ""), user=secret.get("user", ""),
        password=secret.get("password", ""), allowed=[host for host in allowed if host],
    )  # fmt: skip
