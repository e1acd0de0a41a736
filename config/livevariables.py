"""The variables of `make live`. They hold credentials, so they are read for one run and never kept."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from integrations.live.running import Wanted


class NotGiven(ValueError):
    """A variable is missing or cannot be read; the text says which and what to write."""


@dataclass(frozen=True)
class Given:
    """One variable: `place` is option, secret, calendar or subject; `needed` whether a run needs it."""

    name: str
    place: str
    key: str
    meaning: str
    needed: bool = False


GOOGLE = (
    Given("LIVE_GOOGLE_KEY", "secret", "service_account",
          "Text of the service account's JSON key file; or the next three instead."),
    Given("LIVE_GOOGLE_REFRESH_TOKEN", "secret", "refresh_token", "Own consent: refresh token."),
    Given("LIVE_GOOGLE_CLIENT_ID", "secret", "client_id", "Own consent: client id."),
    Given("LIVE_GOOGLE_CLIENT_SECRET", "secret", "client_secret", "Own consent: client secret."),
    Given("LIVE_GOOGLE_SUBJECT", "subject", "", "Address that the service account acts for.",
          needed=True),
    Given("LIVE_GOOGLE_CALENDAR", "calendar", "", "Id of the calendar; the person's first if unset."),
)  # fmt: skip
MICROSOFT = (
    Given("LIVE_MICROSOFT_TENANT", "option", "tenant", "Directory (tenant) ID.", needed=True),
    Given("LIVE_MICROSOFT_CLIENT_ID", "option", "client_id", "Application (client) ID.",
          needed=True),
    Given("LIVE_MICROSOFT_CLIENT_SECRET", "secret", "client_secret",
          "Value of the client secret; or the next two instead."),
    Given("LIVE_MICROSOFT_PRIVATE_KEY", "secret", "private_key", "Private key, as PEM."),
    Given("LIVE_MICROSOFT_CERTIFICATE", "secret", "certificate", "Certificate, as PEM."),
    Given("LIVE_MICROSOFT_MAILBOX", "calendar", "", "Address of the mailbox to write to.",
          needed=True),
    Given("LIVE_MICROSOFT_SUBJECT", "subject", "", "Object ID of who organizes; the mailbox if unset."),
)  # fmt: skip
BIGBLUEBUTTON = (
    Given("LIVE_BIGBLUEBUTTON_ADDRESS", "option", "address", "Address of the server.", needed=True),
    Given("LIVE_BIGBLUEBUTTON_SECRET", "secret", "secret", "Shared secret.", needed=True),
    Given("LIVE_BIGBLUEBUTTON_CHECKSUM", "option", "checksum", "sha1 to sha512; sha256 if unset."),
)  # fmt: skip
CALDAV = (
    Given("LIVE_CALDAV_SERVER", "option", "server", "Address of the server.", needed=True),
    Given("LIVE_CALDAV_USER", "secret", "user", "User name.", needed=True),
    Given("LIVE_CALDAV_PASSWORD", "secret", "password", "Password, best an app password.",
          needed=True),
    Given("LIVE_CALDAV_CALENDAR", "calendar", "", "Address of the calendar.", needed=True),
    Given("LIVE_CALDAV_SUBJECT", "subject", "", "Mail address of whose calendar it is; for busy times."),
)  # fmt: skip
ZOOM = (
    Given("LIVE_ZOOM_SECRET", "secret", "webhook_secret", "Secret token of the app.", needed=True),
)  # fmt: skip
TABLE: Mapping[str, tuple[Given, ...]] = {
    "google": GOOGLE, "microsoft": MICROSOFT, "bigbluebutton": BIGBLUEBUTTON, "caldav": CALDAV,
    "zoom": ZOOM,
}  # fmt: skip
# Addresses of a simulator, as JSON; refused unless KOLEGA_SIMULATORS=yes, which production refuses.
FURTHER = "LIVE_OPTIONS"


def wanted(provider: str) -> Wanted:
    """What the environment says of a provider. Raises NotGiven."""
    given = {one: os.environ.get(one.name, "").strip() for one in TABLE[provider]}
    missing = [one.name for one, value in given.items() if one.needed and not value]
    secret = {one.key: value for one, value in given.items() if one.place == "secret" and value}
    if not secret and not missing:
        missing = [next(one.name for one in TABLE[provider] if one.place == "secret")]
    if missing:
        message = f"Set these in the environment first: {', '.join(missing)}."
        raise NotGiven(message)
    options = {one.key: value for one, value in given.items() if one.place == "option" and value}
    alone = {one.place: value for one, value in given.items() if not one.key}
    return Wanted(
        provider, {**options, **_further()}, secret,
        calendar=alone.get("calendar", ""), subject=alone.get("subject", ""),
    )  # fmt: skip


def _further() -> dict[str, object]:
    try:
        found = json.loads(os.environ.get(FURTHER) or "{}")
    except ValueError as unreadable:
        message = f"{FURTHER} is no JSON."
        raise NotGiven(message) from unreadable
    if not isinstance(found, dict):
        message = f"{FURTHER} is no JSON object."
        raise NotGiven(message)
    return found
