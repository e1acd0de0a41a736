"""Notices of Google and Microsoft: who sends them, and what they are."""

import hmac
import json
import secrets
from collections.abc import Mapping

from django.http import HttpRequest

from integrations.sync import channels, queries
from integrations.sync.models import Channel
from integrations.webhooks.answers import Forged, Unreadable
from integrations.webhooks.commands import LIFECYCLE, Message

REMOVED = "subscriptionRemoved"
GOOGLE_KEPT = ("X-Goog-Message-Number", "X-Goog-Resource-State", "X-Goog-Resource-ID")


def channel_at(token: str) -> Channel | None:
    """The live channel of the token in an address; None when it is unknown, ended or its account off."""
    found = queries.channel_at(channels.digest(token))
    if found is None or found.ended_at is not None or found.account.state not in queries.HEARD:
        return None
    return found


def of_google(request: HttpRequest, channel: Channel) -> Message:
    """A notice of Google: it is in the headers alone. The first one, `sync`, says of no change."""
    told = request.headers
    _require(channel, told.get("X-Goog-Channel-Token", ""))
    if told.get("X-Goog-Channel-ID") != channel.channel_id:
        raise Forged
    state = told.get("X-Goog-Resource-State", "")
    return Message(
        kind="sync" if state == "sync" else "changed", about=channel.channel_id,
        key=f"{channel.channel_id}|{told.get('X-Goog-Message-Number', '')}", body=request.body,
        headers={name: told[name][:200] for name in GOOGLE_KEPT if name in told},
        calls=state != "sync",
    )  # fmt: skip


def of_microsoft(request: HttpRequest, channel: Channel) -> Message:
    """A notice of Graph: several changes may come at once, each with our secret in it."""
    changes = _changes(request.body)
    for change in changes:
        _require(channel, str(change.get("clientState") or ""))
    events = [str(change["lifecycleEvent"]) for change in changes if change.get("lifecycleEvent")]
    return Message(
        kind=LIFECYCLE if events else "changed", about=channel.channel_id,
        key="\n".join(_key(change) for change in changes), body=request.body,
        over=REMOVED in events,
    )  # fmt: skip


def _changes(body: bytes) -> list[Mapping[str, object]]:
    try:
        found = json.loads(body)["value"]
    except (ValueError, KeyError, TypeError) as trouble:
        raise Unreadable from trouble
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise Unreadable
    return found


def _key(change: Mapping[str, object]) -> str:
    """What tells one change from another. Without an etag nothing does, so then it counts anew."""
    data = change.get("resourceData")
    etag = data.get("@odata.etag") if isinstance(data, dict) else None
    mark = change.get("id") or etag or secrets.token_hex(8)
    parts = (change.get(name) for name in ("subscriptionId", "changeType", "resource"))
    return "|".join(str(part) for part in (*parts, mark))


def _require(channel: Channel, secret: str) -> None:
    if not hmac.compare_digest(channels.digest(secret), channel.secret_hash):
        raise Forged
