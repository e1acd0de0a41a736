"""Notices of the server: what it sends, and what becomes of it on the way."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import jwt
import requests

from integrations.simulators.bigbluebutton.things import Hook, Meeting, Seat, iso

KINDS = ("ended", "event", "report", "recording")
FATES = ("lost", "doubled", "late")
DAY = 86_400


@dataclass(frozen=True)
class Notice:
    """A call of the server to somebody. `kind` is one of `KINDS`."""

    kind: str
    method: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def call(notice: Notice) -> int:
    """Send a notice by HTTP, as the server would: no redirect is followed. Gives the status."""
    answer = requests.request(
        notice.method, notice.address, headers=dict(notice.headers), data=notice.body,
        timeout=5, allow_redirects=False,
    )  # fmt: skip
    return answer.status_code


class Post:
    """The way of notices. `fates` says by kind what befalls the next ones; then they go well again."""

    def __init__(self, send: Callable[[Notice], int] = call) -> None:
        """Take what sends a notice and gives the HTTP status."""
        self.send = send
        self.fates: dict[str, list[str]] = {}
        self.waiting: list[Notice] = []
        self.answered: list[tuple[Notice, int]] = []

    def fate(self, kind: str, fate: str) -> None:
        """Let the next notice of a kind be lost, doubled or late."""
        if kind not in KINDS or fate not in FATES:
            message = f"{kind} {fate} is not one of {KINDS} and {FATES}"
            raise ValueError(message)
        self.fates.setdefault(kind, []).append(fate)

    def hand_in(self, notice: Notice) -> None:
        """Send a notice, or let its fate befall it."""
        due = self.fates.get(notice.kind)
        fate = due.pop(0) if due else ""
        if fate == "late":
            self.waiting.append(notice)
        elif fate != "lost":
            for _ in range(2 if fate == "doubled" else 1):
                self._send(notice)

    def arrive(self) -> None:
        """Let everything that is late arrive, the newest first."""
        while self.waiting:
            self._send(self.waiting.pop())

    def _send(self, notice: Notice) -> None:
        try:
            status = self.send(notice)
        except requests.RequestException:
            status = 0
        self.answered.append((notice, status))


def ended(meeting: Meeting) -> Notice | None:
    """The unsigned call to `endCallbackUrl`."""
    address = meeting.metadata.get("endcallbackurl", "")
    marks = "true" if meeting.values.get("record") == "true" else "false"
    joint = "&" if "?" in address else "?"
    return Notice("ended", "GET", f"{address}{joint}recordingmarks={marks}") if address else None


def recording(meeting: Meeting, *, secret: str) -> Notice | None:
    """The call to `bbb-recording-ready-url`."""
    address = meeting.metadata.get("bbb-recording-ready-url", "")
    claims = {"meeting_id": meeting.key, "record_id": meeting.internal}
    body = urlencode({"signed_parameters": _signed(claims, "HS256", secret)}).encode()
    return Notice("recording", "POST", address, _FORM, body) if address else None


def report(meeting: Meeting, *, secret: str, at: int, legacy: bool = False) -> Notice | None:
    """The analytics callback."""
    address = meeting.metadata.get("analytics-callback-url", "")
    if not address or meeting.values.get("meetingKeepEvents") != "true":
        return None
    token = _signed({"exp": at // 1000 + DAY}, "HS512", secret)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    body = {
        "version": "1.0", "meeting_id": meeting.key, "internal_meeting_id": meeting.internal,
        "data": _data(meeting, _legacy if legacy else iso),
    }  # fmt: skip
    return Notice("report", "POST", address, headers, json.dumps(body).encode())


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _signed(claims: Mapping[str, object], algorithm: str, secret: str) -> str:
    # Filled up with zeros, as HMAC does with short keys: jwt warns of a short one.
    key = secret.encode().ljust(128 if algorithm == "HS512" else 64, b"\0")
    return jwt.encode(dict(claims), key, algorithm=algorithm)


def _legacy(millis: int) -> str:
    return iso(millis).replace("T", " ").split(".")[0] + " +0000"


def _data(meeting: Meeting, when: Callable[[int], str]) -> dict[str, object]:
    people: dict[str, list[Seat]] = {}
    for seat in meeting.seats:
        people.setdefault(seat.user_id, []).append(seat)
    return {
        "metadata": {"meeting_name": meeting.values["name"], "is_breakout": "false"},
        "duration": (meeting.ended - meeting.created) // 1000,
        "start": when(meeting.created), "finish": when(meeting.ended),
        "attendees": [_attendee(known, seats, when) for known, seats in people.items()],
        "files": [], "polls": [],
    }  # fmt: skip


def _attendee(known: str, seats: list[Seat], when: Callable[[int], str]) -> dict[str, object]:
    joins, lefts = [when(seat.joined) for seat in seats], [when(s.left) for s in seats if s.left]
    moment = {"userid": "", "ext_userid": known}
    return {
        # The gem that writes reports gives ids of digits alone as numbers.
        "ext_user_id": int(known) if known.isdecimal() else known, "name": seats[0].name,
        "moderator": seats[0].role == "MODERATOR", "joins": joins, "leaves": lefts,
        "duration": 0, "recent_talking_time": "",
        "engagement": {"chats": 0, "talks": 0, "raisehand": 0, "emojis": 0, "poll_votes": 0,
                       "talk_time": 0},
        "sessions": {
            seat.internal: {
                "joins": [{"timestamp": when(seat.joined), **moment}],
                "lefts": [{"timestamp": when(seat.left), **moment}] if seat.left else [],
            }
            for seat in seats
        },
    }  # fmt: skip


def event(
    hook: Hook, kind: str, meeting: Meeting, seat: Seat | None, *, at: int, secret: str, digest: str
) -> Notice:  # fmt: skip
    """The call of a hook; the checksum is over its address, its raw body and the secret."""
    attributes: dict[str, object] = {
        "meeting": {"internal-meeting-id": meeting.internal, "external-meeting-id": meeting.key}
    }
    if seat is not None:
        attributes["user"] = {
            "internal-user-id": seat.internal, "external-user-id": seat.user_id,
            **({"name": seat.name, "role": seat.role} if kind == "user-joined" else {}),
        }  # fmt: skip
    data = {"data": {"type": "event", "id": kind, "attributes": attributes, "event": {"ts": at}}}
    told = json.dumps([data], separators=(",", ":"))
    body = urlencode({"domain": "bbb.example.test", "event": told, "timestamp": at}).encode()
    made = hashlib.new(digest, hook.address.encode() + body + secret.encode()).hexdigest()
    joint = "&" if "?" in hook.address else "?"
    return Notice("event", "POST", f"{hook.address}{joint}checksum={made}", _FORM, body)
