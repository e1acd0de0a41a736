"""Rooms at BigBlueButton: made when somebody enters, for a server forgets an empty room."""

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from xml.etree.ElementTree import Element

from integrations.ports import Conflict, Room, Temporary, Trouble, Visitor
from integrations.providers.bigbluebutton.client import Client, Server

SHORTEST, LONGEST = 2, 64  # characters of a room's name
NAME = 80  # characters of a visitor's name
CALLBACKS = {
    "ended": "meta_endCallbackUrl",
    "report": "meta_analytics-callback-url",
    "recording": "meta_bbb-recording-ready-url",
}
# A moderator starts the recording; everybody in the room is told of it.
RECORDED = {"record": "true", "allowStartStopRecording": "true", "notifyRecordingIsOn": "true"}
EVENTS = "meeting-created,meeting-ended,user-joined,user-left,rap-published,rap-publish-ended"


def plain(text: str, *, longest: int) -> str:
    """A text without control and direction characters, cut to a length.

    BigBlueButton shows names as they come (CVE-2022-31064, CVE-2020-28954), so they leave us clean.
    """
    kept = (
        char for char in text if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )
    return " ".join("".join(kept).split())[:longest].strip()


def made_with(room: Room) -> Mapping[str, str]:
    """The values of `create`: the same room always gives the same ones, so that it may be repeated.

    `meetingKeepEvents` makes the server report who was there although nothing is recorded.
    """
    name = plain(room.name, longest=LONGEST)
    return {
        "name": name if len(name) >= SHORTEST else f"{name} {room.key[:6]}".strip(),
        "meetingID": room.key,
        "meetingKeepEvents": "true",
        **(RECORDED if room.recorded else {"record": "false"}),
        **{CALLBACKS[what]: to for what, to in sorted(room.notices.items()) if what in CALLBACKS},
    }


class Rooms:
    """Rooms of one account."""

    def __init__(self, server: Server) -> None:
        """Take the server; nothing is called yet."""
        self.server = server

    def way_in(self, room: Room, visitor: Visitor, *, at: datetime, within: float) -> str:
        """Make the room if it is not there, and give the address that lets this visitor in.

        A room that stands with other values, because its title changed meanwhile, is entered as
        it stands. The moment of its making goes into the address, so that an address of an
        earlier room of the same key lets nobody in.
        """
        del at
        client = Client(self.server, within=within)
        found = _opened(client, room)
        _listen(client, room, found)
        return self.server.address("join", {
            "fullName": plain(visitor.name, longest=NAME) or visitor.ours,
            "meetingID": room.key,
            "role": "MODERATOR" if visitor.leads else "VIEWER",
            "userID": visitor.ours,
            "createTime": found.findtext("createTime", ""),
            "redirect": "true",
        })  # fmt: skip


def _opened(client: Client, room: Room) -> Element:
    try:
        found = client.call("create", made_with(room))
    except Conflict:
        found = client.call("getMeetingInfo", {"meetingID": room.key})
    if found.findtext("hasBeenForciblyEnded", "") == "true":
        code = "ended"
        raise Temporary(code, "The room was ended just now; it can be made again in a moment.")
    return found


def _listen(client: Client, room: Room, found: Element) -> None:
    """Ask for notices while nobody is in; without them the report still comes at the end."""
    if "happened" not in room.notices or found.findtext("hasUserJoined", "") == "true":
        return
    with suppress(Trouble):
        client.call("hooks/create", {
            "callbackURL": room.notices["happened"], "meetingID": room.key, "eventID": EVENTS,
        })  # fmt: skip
