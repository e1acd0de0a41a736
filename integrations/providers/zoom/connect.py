"""An account at Zoom, and what it can do: it takes notices, and with an app for the API it asks."""

from collections.abc import Mapping
from dataclasses import dataclass

from integrations.providers.zoom.check import Check
from integrations.providers.zoom.client import NAMES, App, Client
from integrations.providers.zoom.harvest import Harvest


@dataclass(frozen=True)
class Connected:
    """The ports of an account at Zoom; without an app for the API nothing is asked for."""

    check: Check
    harvest: Harvest | None = None


def connect(
    options: Mapping[str, str], secret: Mapping[str, str], *, calendar: str, subject: str
) -> Connected:  # fmt: skip
    """What an account can do.

    `secret`: `webhook_secret`, the secret token of a Zoom app; and `account_id`, `client_id` and
    `client_secret` of a server-to-server app where reports are asked for. `options` may hold
    `zoom_url`, the address of a simulator.
    """
    del calendar, subject
    client = None
    if all(secret.get(name) for name in NAMES):
        known = {name: secret[name] for name in NAMES}
        client = Client(App(**known, home=options.get("zoom_url", "")))
    harvest = Harvest(client) if client is not None else None
    return Connected(Check(secret.get("webhook_secret", ""), client), harvest)
