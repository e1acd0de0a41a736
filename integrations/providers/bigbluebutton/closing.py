"""Rooms that stand on the server, and closing one: for runs that clear up after themselves."""

from collections.abc import Mapping

from integrations.ports import Gone
from integrations.providers.bigbluebutton.client import Client


class Closing:
    """Implements `ports.Closing`."""

    def __init__(self, client: Client) -> None:
        """Take the client that calls go through."""
        self.client = client

    def standing(self) -> Mapping[str, str]:
        """Names of the rooms on the server, by key; the secret of a server shows all of them."""
        found = self.client.call("getMeetings", {}).iterfind("meetings/meeting")
        return {one.findtext("meetingID", ""): one.findtext("meetingName", "") for one in found}

    def close(self, key: str) -> None:
        """End a room; one that is not there is fine."""
        try:
            self.client.call("end", {"meetingID": key})
        except Gone:
            return
