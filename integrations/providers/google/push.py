"""Channels of notices (`ports.Push`)."""

from datetime import UTC, datetime
from typing import Any

from integrations.ports import Channel, Denied, Gone
from integrations.providers.google.service import Service


class GooglePush:
    """Notices of a calendar. A channel cannot be prolonged: make a new one, then stop the old."""

    def __init__(self, service: Service, calendar: str) -> None:
        """Take the line and the calendar's id."""
        self.service = service
        self.calendar = calendar

    def watch(self, *, channel_id: str, address: str, secret: str, until: datetime) -> Channel:
        """Ask for notices at an https address; the end that Google answers may be earlier."""
        body = {
            "id": channel_id, "type": "web_hook", "address": address, "token": secret,
            "expiration": str(int(until.timestamp() * 1000)),
        }  # fmt: skip
        try:
            made = self.service.run(
                lambda calls: calls.events().watch(calendarId=self.calendar, body=body)
            )
        except Gone as gone:
            raise Denied("calendar_missing", gone.said) from gone
        return _channel(made)

    def renew(self, channel: Channel, *, until: datetime) -> Channel | None:
        """None: Google knows no renewing."""
        del channel, until
        return None

    def stop(self, channel: Channel) -> None:
        """End a channel; one that is not there is fine."""
        body = {"id": channel.channel_id, "resourceId": channel.resource}
        try:
            self.service.tell(lambda calls: calls.channels().stop(body=body))
        except Gone:
            return


def _channel(made: dict[str, Any]) -> Channel:
    ends = datetime.fromtimestamp(int(made["expiration"]) / 1000, UTC)
    return Channel(made["id"], made["resourceId"], ends)
