"""The server itself: checks the checksum, then answers."""

import hashlib
import hmac
import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from integrations.simulators import ranges
from integrations.simulators.bigbluebutton import answers, notices, words
from integrations.simulators.bigbluebutton.answers import Refused
from integrations.simulators.bigbluebutton.archive import Archive, Hooks
from integrations.simulators.bigbluebutton.rooms import Rooms
from integrations.simulators.bigbluebutton.things import Clock, Meeting, Recording, Seat
from integrations.simulators.faults import Fault
from integrations.simulators.messages import Answer, Request
from integrations.simulators.serving import Simulator

HOME = "/bigbluebutton/api/"
LENGTHS = {40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
STATUSES = {
    "rate_limit": 429, "rate_limit_silent": 429, "unauthorized": 401, "forbidden": 403,
    "not_found": 404, "gone": 410, "precondition": 412, "server_error": 500,
}  # fmt: skip


class BigBlueButton(Simulator):
    """A server with one secret. `algorithms` are those it takes; `digest` is that of its hooks."""

    def __init__(
        self, secret: str = "simulated-secret-0123456789abcdef",  # noqa: S107  opens nothing real
        *, algorithms: frozenset[str] = frozenset(LENGTHS.values()), digest: str = "sha1",
    ) -> None:  # fmt: skip
        """Start empty."""
        super().__init__()
        self.secret, self.algorithms, self.digest = secret, algorithms, digest
        self.clock = Clock()
        self.rooms, self.archive, self.hooks = Rooms(self.clock), Archive(), Hooks()
        self.past: dict[str, Meeting] = {}
        self.post = notices.Post()

    def answer(self, request: Request) -> Answer:
        """Carry a request out."""
        if request.path in self.archive.files:
            kind = "audio/ogg" if request.path.endswith("ogg") else "video/mp4"
            return ranges.answer(self.archive.files[request.path], kind, request)
        call = request.path.removeprefix(HOME)
        if not request.path.startswith(HOME) or call not in words.CALLS:
            return answers.refused(Refused("unsupportedRequest", call, status=404))
        try:
            values = self._checked(call, request)
            self.tidy()
            return self._calls()[call](values)
        except Refused as trouble:
            return answers.refused(trouble)

    def refusal(self, fault: Fault) -> Answer:
        """A fault as the web server in front would show it."""
        pause = {"Retry-After": str(fault.after)} if fault.kind == "rate_limit" else {}
        return Answer(
            STATUSES[fault.kind], b"<html></html>", {"Content-Type": "text/html", **pause}
        )

    def _checked(self, call: str, request: Request) -> dict[str, str]:
        """The values of a signed call. The checksum is over the query as it came, without itself."""
        query = re.sub(r"(^|&)checksum=[^&]*", "", request.raw_query).lstrip("&")
        given = request.query.get("checksum", "").lower()
        algorithm = LENGTHS.get(len(given), "")
        if algorithm not in self.algorithms:
            raise Refused("checksumError")
        made = hashlib.new(algorithm, f"{call}{query}{self.secret}".encode()).hexdigest()
        if not hmac.compare_digest(made, given):
            raise Refused("checksumError")
        values = dict(parse_qsl(query, keep_blank_values=True))
        for name in words.unknown(call, list(values)):
            raise Refused("unknownParameter", name, status=400)
        return values

    def _calls(self) -> dict[str, Callable[[dict[str, str]], Answer]]:
        return {
            "create": self._create, "join": self._join, "end": self._end,
            "isMeetingRunning": self._running, "getRecordings": self.archive.find,
            "getMeetingInfo": lambda values: answers.went(answers.told(self.rooms.find(values))),
            "getMeetings": lambda _: self._all(), "hooks/create": self.hooks.create,
            "hooks/list": self.hooks.list, "hooks/destroy": self.hooks.destroy,
        }  # fmt: skip

    def _create(self, values: dict[str, str]) -> Answer:
        known = set(self.rooms.meetings)
        meeting, answer = self.rooms.create(values)
        if meeting.key not in known:
            self.tell("meeting-created", meeting)
        return answer

    def _join(self, values: dict[str, str]) -> Answer:
        meeting, seat, answer = self.rooms.join(values, home=self.url)
        self.tell("user-joined", meeting, seat)
        return answer

    def _end(self, values: dict[str, str]) -> Answer:
        self.close(self.rooms.find(values))
        said = "A request to end the meeting was sent."
        return answers.went({"messageKey": "sentEndMeetingRequest", "message": said})

    def _running(self, values: dict[str, str]) -> Answer:
        found = self.rooms.meetings.get(values.get("meetingID", ""))
        return answers.went({"running": found is not None and bool(found.present)})

    def _all(self) -> Answer:
        found = [("meeting", answers.told(item)) for item in self.rooms.meetings.values()]
        empty = {"messageKey": "noMeetings", "message": "no meetings were found on this server"}
        return answers.went({"meetings": found, **({} if found else empty)})

    def tidy(self) -> None:
        """Forget meetings whose time is over, as the server does by itself."""
        for meeting in list(self.rooms.meetings.values()):
            over = meeting.over_at()
            if over and over <= self.clock.millis():
                self.close(meeting, at=over)

    def close(self, meeting: Meeting, *, at: int | None = None) -> None:
        """End a meeting: everybody is out, it is forgotten, and whoever asked is told."""
        meeting.ended = at or self.clock.millis()
        for seat in meeting.present:
            seat.left = meeting.ended
            self.tell("user-left", meeting, seat)
        self.past[meeting.key] = self.rooms.meetings.pop(meeting.key)
        if meeting.values.get("record") == "true":
            self.archive.recordings.append(Recording(meeting))
        self.tell("meeting-ended", meeting)
        self.hooks.hooks = [hook for hook in self.hooks.hooks if hook.key != meeting.key]
        self.send(notices.ended(meeting))

    def tell(self, kind: str, meeting: Meeting, seat: Seat | None = None) -> None:
        """Call every hook that wants to hear of an event."""
        for hook in list(self.hooks.hooks):
            if hook.key in {"", meeting.key} and (not hook.kinds or kind in hook.kinds):
                self.send(notices.event(
                    hook, kind, meeting, seat, at=self.clock.millis(), secret=self.secret,
                    digest=self.digest,
                ))  # fmt: skip

    def send(self, notice: notices.Notice | None) -> None:
        """Hand a notice in, if there is one."""
        if notice is not None:
            self.post.hand_in(notice)
