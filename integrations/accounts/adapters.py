"""The one table of providers, and the object that talks to an account's provider."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from integrations.accounts import simulated
from integrations.ports import Denied

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Provider:
    """How to reach a provider: `path` of its `connect`, `options` that people may set.

    `calendars` is the path of what lists the calendars of an account, where one can be chosen.
    Further options, such as the mark of a simulator, count only with KOLEGA_SIMULATORS.
    """

    path: str
    options: frozenset[str] = NONE
    calendars: str = ""


PROVIDERS: Mapping[str, Provider] = {
    "google": Provider("integrations.providers.google.connect.connect"),
    "microsoft": Provider(
        "integrations.providers.microsoft.connect.connect", frozenset({"tenant", "client_id"})
    ),
    "bigbluebutton": Provider(
        "integrations.providers.bigbluebutton.connect.connect", frozenset({"address", "checksum"})
    ),
    "caldav": Provider(
        "integrations.providers.caldav.connect.connect", frozenset({"server"}),
        "integrations.providers.caldav.connect.calendars",
    ),
    "zoom": Provider("integrations.providers.zoom.connect.connect"),
    "jitsi": Provider(
        "integrations.providers.jitsi.connect.connect", frozenset({"url", "app_id", "kid"})
    ),
}  # fmt: skip


def unexpected(provider: str, options: Mapping[str, object]) -> list[str]:
    """Options that this installation does not take for the provider."""
    if settings.KOLEGA_SIMULATORS:
        return []
    return sorted(set(options) - PROVIDERS[provider].options)


def made(
    provider: str, options: Mapping[str, object], secret: Mapping[str, str], *, calendar: str,
    subject: str,
) -> Any:  # fmt: skip
    """The provider's object. Raises Denied: `provider_unknown`, `address_refused`."""
    if provider not in PROVIDERS:
        raise Denied("provider_unknown", provider[:16])
    if refused := unexpected(provider, options):
        raise Denied("address_refused", ", ".join(refused))
    try:
        connect: Callable[..., Any] = import_string(PROVIDERS[provider].path)
    except ImportError:
        raise Denied("provider_unknown", provider) from None
    found = {**options, **_privacy(options), **simulated.endpoints(provider, options)}
    return connect(found, secret, calendar=calendar, subject=subject)


def calendars(
    provider: str, options: Mapping[str, object], secret: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The calendars that an account may write to, each with address and name. Raises a Trouble."""
    if refused := unexpected(provider, options):
        raise Denied("address_refused", ", ".join(refused))
    listed: Callable[..., Any] = import_string(PROVIDERS[provider].calendars)
    found = listed({**options, **_privacy(options)}, secret)
    return [(one.address, one.name) for one in found if one.writable]


def _privacy(options: Mapping[str, object]) -> dict[str, str]:
    """What lets a provider call the server of the account inside a private network; from settings."""
    if not settings.KOLEGA_PRIVATE_SERVERS:
        return {}
    return {"private": "yes", "allowed_hosts": urlsplit(str(options.get("server", ""))).netloc}
