"""Answers in XML, as the server writes them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from integrations.simulators.bigbluebutton.things import Meeting, Recording, Seat
from integrations.simulators.messages import Answer

SAID = {
    "checksumError": "Checksums do not match",
    "notFound": "A meeting with that ID does not exist",
    "idNotUnique": "A meeting already exists with that meeting ID",
    "validationError": "A parameter is missing or not of its form",
    "unknownParameter": "This server does not know that parameter",
    "mismatchCreateTimeParam": "The createTime parameter submitted mismatches with the current meeting",
    "maxParticipantsReached": "The number of participants allowed for this meeting has been reached",
    "unsupportedRequest": "This request is not supported",
    "missingParamCallbackURL": "You must specify a callbackURL in the parameters.",
    "missingParamHookID": "You must specify a hookID in the parameters.",
    "destroyMissingHook": "The hook informed was not found.",
}


class Refused(Exception):
    """A call that fails with a message key."""

    def __init__(self, key: str, about: str = "", *, status: int = 200) -> None:
        """Take the key, what it is about, and the HTTP status."""
        super().__init__(key)
        self.key = key
        self.about = about
        self.status = status


def refused(trouble: Refused) -> Answer:
    """The answer to a call that failed."""
    text = SAID.get(trouble.key, trouble.key)
    return xml(
        {"returncode": "FAILED", "messageKey": trouble.key,
         "message": f"{text}: {trouble.about}" if trouble.about else text},
        status=trouble.status,
    )  # fmt: skip


def went(values: Mapping[str, object] | None = None) -> Answer:
    """The answer to a call that went well."""
    return xml({"returncode": "SUCCESS", **(values or {})})


def xml(values: Mapping[str, object], *, status: int = 200) -> Answer:
    """Values as an answer: mappings and sequences of (name, mapping) pairs become elements."""
    root = Element("response")
    _fill(root, values)
    return Answer(status, tostring(root), {"Content-Type": "text/xml;charset=utf-8"})


def _fill(at: Element, values: Mapping[str, object] | Sequence[tuple[str, object]]) -> None:
    pairs = values.items() if isinstance(values, Mapping) else values
    for name, value in pairs:
        below = SubElement(at, name)
        if isinstance(value, Mapping | list):
            _fill(below, value)
        elif isinstance(value, bool):
            below.text = "true" if value else "false"
        else:
            below.text = str(value)


def made(meeting: Meeting) -> dict[str, object]:
    """What `create` says of a meeting."""
    when = datetime.fromtimestamp(meeting.created / 1000, tz=UTC)
    return {
        "meetingID": meeting.key, "internalMeetingID": meeting.internal,
        "parentMeetingID": "bbb-none", "attendeePW": meeting.values.get("attendeePW", "ap"),
        "moderatorPW": meeting.values.get("moderatorPW", "mp"), "createTime": meeting.created,
        "voiceBridge": 70000 + meeting.created % 9999, "dialNumber": "613-555-1234",
        "createDate": when.strftime("%a %b %d %H:%M:%S UTC %Y"),
        "hasUserJoined": bool(meeting.seats), "duration": meeting.values.get("duration", "0"),
        "hasBeenForciblyEnded": False,
    }  # fmt: skip


def told(meeting: Meeting) -> dict[str, object]:
    """What `getMeetingInfo` and `getMeetings` say of a meeting."""
    present = meeting.present
    return {
        "meetingName": meeting.values["name"], **made(meeting), "running": bool(present),
        "recording": meeting.values.get("record") == "true", "startTime": meeting.created,
        "endTime": meeting.ended, "participantCount": len(present), "listenerCount": 0,
        "voiceParticipantCount": 0, "videoCount": 0,
        "maxUsers": meeting.values.get("maxParticipants", "0"),
        "moderatorCount": sum(seat.role == "MODERATOR" for seat in present),
        "attendees": [("attendee", _attendee(seat)) for seat in present],
        "metadata": dict(meeting.metadata), "isBreakout": False,
    }  # fmt: skip


def _attendee(seat: Seat) -> dict[str, object]:
    return {
        "userID": seat.user_id, "fullName": seat.name, "role": seat.role, "isPresenter": False,
        "isListeningOnly": False, "hasJoinedVoice": False, "hasVideo": False,
        "clientType": "HTML5", "customdata": {},
    }  # fmt: skip


def kept(recording: Recording) -> dict[str, object]:
    """What `getRecordings` says of a recording."""
    meeting = recording.meeting
    length = max(1, (meeting.ended - meeting.created) // 60_000)
    return {
        "recordID": meeting.internal, "meetingID": meeting.key,
        "internalMeetingID": meeting.internal, "name": meeting.values["name"],
        "isBreakout": False, "published": recording.state == "published",
        "state": recording.state, "startTime": meeting.created, "endTime": meeting.ended,
        "participants": len({seat.user_id for seat in meeting.seats}),
        "metadata": {"meetingName": meeting.values["name"], **meeting.metadata},
        "playback": [
            ("format", {"type": kind, "url": url, "processingTime": 7177, "length": length})
            for kind, url in recording.formats.items()
        ],
    }  # fmt: skip
