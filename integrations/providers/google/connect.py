"""The door: from an account's options and secret to everything that can be asked of Google."""

from collections.abc import Mapping

from integrations.ports import Connected
from integrations.providers.google.adapter import GoogleCalendar
from integrations.providers.google.auth import SCOPES, Identity
from integrations.providers.google.busy import GoogleBusy
from integrations.providers.google.check import GoogleCheck
from integrations.providers.google.download import GoogleDownload
from integrations.providers.google.harvest import GoogleHarvest
from integrations.providers.google.push import GooglePush
from integrations.providers.google.service import Service

PRIMARY = "primary"
APIS = {"meet": "meet", "drive": "drive"}


def connect(
    options: Mapping[str, str], secret: Mapping[str, str], *, calendar: str, subject: str
) -> Connected:
    """Everything that can be asked of one Google account; nothing is called yet.

    `secret` holds either `service_account` (the text of the key file of a service account with
    domain-wide delegation) or `refresh_token`, `client_id` and `client_secret` (a coordinator's own
    consent). `subject` is the person whom a service account acts for, by address; with a refresh
    token it is not used. `calendar` is the calendar's id, empty for that person's first calendar.

    `options` may hold `calendar_endpoint` (…/calendar/v3/), `meet_endpoint` (bare host),
    `drive_endpoint` (…/drive/v3/) and `token_endpoint`, for a simulator. They receive the credentials:
    they come from the installation's settings, never from a form.

    A secret that cannot be read shows itself at the first call, as Denied("secret_wrong").
    """
    lines = _lines(Identity(options, secret, subject))
    # A self-test wants to know what holds now, so it gets tokens of its own.
    fresh = _lines(Identity(options, secret, subject, keeps=False))
    where = calendar or PRIMARY
    return Connected(
        calendar=GoogleCalendar(lines["events"], where),
        push=GooglePush(lines["events"], where),
        harvest=GoogleHarvest(lines["meet"], lines["drive"]),
        busy=GoogleBusy(lines["busy"]),
        check=GoogleCheck(fresh, where),
        download=GoogleDownload(lines["drive"]),
    )


def _lines(identity: Identity) -> dict[str, Service]:
    return {
        purpose: Service(APIS.get(purpose, "calendar"), purpose, identity) for purpose in SCOPES
    }
