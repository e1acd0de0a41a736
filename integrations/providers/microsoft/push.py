"""Subscriptions to changes of one mailbox's events."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from integrations.ports import Channel, Conflict, Denied, Gone, Temporary
from integrations.providers.microsoft import payloads
from integrations.providers.microsoft.wire import Graph, Json, name

# Microsoft's pages give 10,080 minutes or 4,230, and longer wishes were still refused in 2026.
LONGEST = timedelta(minutes=4200)
UNREACHED = "ValidationError"


class MicrosoftPush:
    """Implements `ports.Push`. `Channel.resource` is the id of the subscription at Graph.

    Notices come to `address` as POST, also those about the subscription itself; each item carries
    `secret` as its clientState. While a channel is made, `address` must echo a token.
    """

    def __init__(self, graph: Graph, mailbox: str, *, longest: timedelta = LONGEST) -> None:
        """Take the wire, whose events, and how long a subscription may run."""
        self.graph = graph
        self.resource = f"users/{mailbox}/events"
        self.longest = longest

    def watch(self, *, channel_id: str, address: str, secret: str, until: datetime) -> Channel:
        """Ask for notices; see `ports.Push`. One that ends after `longest` is asked for shorter.

        Raises `Temporary` where `address` did not echo in time: asking again often helps.
        """
        running = self.graph.call("GET", "/subscriptions")
        body: Json = {
            "changeType": "created,updated,deleted",
            "notificationUrl": address,
            "lifecycleNotificationUrl": address,
            "resource": self.resource,
            "expirationDateTime": _text(self._end(until, running.at)),
            "clientState": secret,
        }
        try:
            made = self._create(body)
        except Conflict:
            self._drop_same(address)
            made = self._create(body)
        return _channel(channel_id, made)

    def renew(self, channel: Channel, *, until: datetime) -> Channel | None:
        """Move the end of a channel; None where it is gone and a new one is needed."""
        path = f"/subscriptions/{name(channel.resource)}"
        try:
            seen = self.graph.call("GET", path)
            body = {"expirationDateTime": _text(self._end(until, seen.at))}
            renewed = self.graph.call("PATCH", path, body=body).body
        except Gone:
            return None
        return replace(_channel(channel.channel_id, renewed), resource=channel.resource)

    def stop(self, channel: Channel) -> None:
        """End a channel."""
        try:
            self.graph.call("DELETE", f"/subscriptions/{name(channel.resource)}")
        except Gone:
            return

    def _end(self, until: datetime, now: datetime | None) -> datetime:
        """The end to ask for. The clock that counts is the one of Graph."""
        return min(until, now + self.longest) if now else until

    def _create(self, body: Json) -> Json:
        try:
            return self.graph.call("POST", "/subscriptions", body=body).body
        except Denied as denied:
            if denied.said == UNREACHED:
                raise Temporary("address_unreached", denied.said) from denied
            if denied.code == "request_refused":
                raise Denied("address_refused", denied.said) from denied
            raise

    def _drop_same(self, address: str) -> None:
        """Graph refuses a second one alike: it is ours, of a call whose answer was lost."""
        for row in list(self.graph.rows("/subscriptions")):
            if (row.get("resource"), row.get("notificationUrl")) == (self.resource, address):
                self.stop(Channel("", str(row["id"]), datetime.max.replace(tzinfo=UTC)))


def _text(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _channel(channel_id: str, made: Json) -> Channel:
    expires_at = payloads.moment(made.get("expirationDateTime"))
    if expires_at is None or not made.get("id"):
        raise Temporary("garbled", "a subscription")
    return Channel(channel_id, str(made["id"]), expires_at)
