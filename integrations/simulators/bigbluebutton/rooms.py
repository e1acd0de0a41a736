"""The calls about meetings."""

import re
import secrets
from urllib.parse import urlencode

from integrations.simulators.bigbluebutton import answers
from integrations.simulators.bigbluebutton.answers import Refused
from integrations.simulators.bigbluebutton.things import Clock, Meeting, Seat
from integrations.simulators.messages import Answer

KEY = re.compile(r"[A-Za-z0-9_-]{2,256}")
NAME = range(2, 65)


class Rooms:
    """The meetings of the server, by their key."""

    def __init__(self, clock: Clock) -> None:
        """Start with none."""
        self.clock = clock
        self.meetings: dict[str, Meeting] = {}

    def find(self, values: dict[str, str]) -> Meeting:
        """The meeting a call is about."""
        found = self.meetings.get(values.get("meetingID", ""))
        if found is None:
            raise Refused("notFound")
        return found

    def create(self, values: dict[str, str]) -> tuple[Meeting, Answer]:
        """Make a meeting; the same values again change nothing."""
        key = values.get("meetingID", "")
        if not KEY.fullmatch(key) or len(values.get("name", "")) not in NAME:
            about = "meetingID" if not KEY.fullmatch(key) else "name"
            raise Refused("validationError", about)
        known = self.meetings.get(key)
        if known is None:
            known = self.meetings[key] = Meeting(key, values, self.clock.millis())
            return known, answers.went(answers.made(known))
        if known.values != values:
            raise Refused("idNotUnique")
        said = "This conference was already in existence and may currently be in progress."
        again = {"messageKey": "duplicateWarning", "message": said}
        return known, answers.went({**answers.made(known), **again})

    def join(self, values: dict[str, str], *, home: str) -> tuple[Meeting, Seat, Answer]:
        """Let somebody in: into the browser, or as XML with `redirect=false`."""
        meeting = self.find(values)
        seat = self._seat(meeting, values)
        meeting.seats.append(seat)
        client = f"{home}/html5client/?{urlencode({'sessionToken': seat.token})}"
        if values.get("redirect", "true") != "false":
            return meeting, seat, Answer(302, headers={"Location": client})
        return meeting, seat, answers.went({
            "messageKey": "successfullyJoined", "message": "You have joined successfully.",
            "meeting_id": meeting.internal, "user_id": seat.internal,
            "auth_token": secrets.token_hex(6), "session_token": seat.token, "url": client,
        })  # fmt: skip

    def _seat(self, meeting: Meeting, values: dict[str, str]) -> Seat:
        if values.get("createTime", "") not in {"", str(meeting.created)}:
            raise Refused("mismatchCreateTimeParam")
        most = int(meeting.values.get("maxParticipants") or 0)
        if most and len(meeting.present) >= most:
            raise Refused("maxParticipantsReached")
        name = values.get("fullName", "")
        if not name:
            raise Refused("validationError", "fullName")
        internal = f"w_{secrets.token_hex(6)}"
        return Seat(
            internal, values.get("userID") or internal, name, _role(meeting, values),
            self.clock.millis(), secrets.token_hex(8),
        )  # fmt: skip


def _role(meeting: Meeting, values: dict[str, str]) -> str:
    role = values.get("role", "").upper()
    if role in {"MODERATOR", "VIEWER"}:
        return role
    passwords = {
        meeting.values.get("moderatorPW", "mp"): "MODERATOR",
        meeting.values.get("attendeePW", "ap"): "VIEWER",
    }
    if values.get("password", "") not in passwords:
        raise Refused("validationError", "role")
    return passwords[values["password"]]
