"""The door of this package: what an account's settings make."""

from collections.abc import Mapping
from datetime import timedelta

from integrations.ports import Connected, Denied
from integrations.providers.microsoft import auth
from integrations.providers.microsoft.adapter import MicrosoftCalendar
from integrations.providers.microsoft.busy import MicrosoftBusy
from integrations.providers.microsoft.check import MicrosoftCheck
from integrations.providers.microsoft.download import MicrosoftDownload
from integrations.providers.microsoft.harvest import MicrosoftHarvest
from integrations.providers.microsoft.meetings import Meetings
from integrations.providers.microsoft.push import LONGEST, MicrosoftPush
from integrations.providers.microsoft.wire import GRAPH, Graph


def connect(
    options: Mapping[str, str], secret: Mapping[str, str], *, calendar: str, subject: str
) -> Connected:
    """An account at Microsoft 365; nothing is asked of the network yet.

    `calendar` is the mailbox written to, as address or object id; empty, it is that of `subject`.
    `subject` is who organizes the Teams meetings; best the object id, empty the owner of `calendar`.

    `options`: `tenant` and `client_id` (of the app registration) are needed; `graph_url` and
    `login_url` lead to another server; `subscription_minutes` limits how long a channel runs (4200).
    `secret`: either `client_secret`, or `private_key` and `certificate`, both PEM.

    Raises `Denied`: `request_refused` naming the option that is missing or no number,
    `address_refused` for an address that is neither https nor this machine.
    """
    for key in ("tenant", "client_id"):
        if not options.get(key):
            raise Denied("request_refused", key)
    mailbox = calendar or subject
    if not mailbox:
        raise Denied("calendar_missing", "calendar")
    graph = _graph(options, secret)
    meetings = Meetings(graph, subject or calendar)
    return Connected(
        calendar=MicrosoftCalendar(graph, mailbox),
        push=MicrosoftPush(graph, mailbox, longest=_longest(options)),
        harvest=MicrosoftHarvest(meetings),
        busy=MicrosoftBusy(graph, mailbox),
        check=MicrosoftCheck(graph, mailbox, meetings),
        download=MicrosoftDownload(graph),
    )


def _graph(options: Mapping[str, str], secret: Mapping[str, str]) -> Graph:
    application = auth.Application(
        tenant=options["tenant"],
        client_id=options["client_id"],
        client_secret=secret.get("client_secret", ""),
        private_key=secret.get("private_key", ""),
        certificate=secret.get("certificate", ""),
        login_url=options.get("login_url") or auth.LOGIN,
    )
    return Graph(
        lambda fresh: auth.token(application, fresh=fresh), options.get("graph_url") or GRAPH
    )


def _longest(options: Mapping[str, str]) -> timedelta:
    try:
        return timedelta(minutes=int(options.get("subscription_minutes") or 0)) or LONGEST
    except ValueError as failed:
        raise Denied("request_refused", "subscription_minutes") from failed
