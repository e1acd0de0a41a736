"""The self-test of an account at Microsoft."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

from integrations.ports import Denied, Finding, Gone, Trouble
from integrations.providers.microsoft import payloads
from integrations.providers.microsoft.meetings import Meetings
from integrations.providers.microsoft.wire import Graph, name

# A meeting that is nobody's: whoever may read meetings is told that there is none.
NOBODYS = "kolega-self-test"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LEFT = (
    ("attendance", "attendanceReports"), ("recordings", "recordings"),
    ("transcripts", "transcripts"),
)  # fmt: skip


class MicrosoftCheck:
    """Implements `ports.Check`.

    Findings are `token`, `calendar`, `write`, `meetings_allowed`, `meetings`, `attendance`,
    `recordings` and `transcripts`; without a token nothing else is tried.
    """

    def __init__(self, graph: Graph, mailbox: str, meetings: Meetings) -> None:
        """Take the wire, whose calendar, and what finds meetings."""
        self.graph = graph
        self.events = f"/users/{name(mailbox)}/events"
        self.path = f"/users/{name(mailbox)}/calendar"
        self.meetings = meetings

    def check(self) -> Sequence[Finding]:
        """Try one thing after the other."""
        token = _tried("token", lambda: self.graph.token(True))  # noqa: FBT003  a callable's one argument
        return [token, *(self._more() if token.went else [])]

    def _more(self) -> Iterator[Finding]:
        yield _tried("calendar", lambda: self.graph.call("GET", self.path))
        yield _tried("write", self._write)
        yield _tried("meetings_allowed", self._meetings_allowed)
        yield _tried("meetings", self._meetings)
        for what, part in LEFT:
            yield _tried(what, partial(self._left, part))

    def _write(self) -> None:
        """An entry long ago, free and without reminder, that is taken away at once."""
        moment = payloads.written(LONG_AGO)
        body = {"subject": "Kolega", "start": moment, "end": moment, "showAs": "free",
                "isReminderOn": False}  # fmt: skip
        made = payloads.found(self.graph.call("POST", self.events, body=body).body)
        self.graph.call("DELETE", f"{self.events}/{name(made.remote_id)}")

    def _meetings_allowed(self) -> None:
        said = self.graph.call("GET", self.path).body
        if "teamsForBusiness" not in (said.get("allowedOnlineMeetingProviders") or []):
            raise Denied("conference_not_allowed")

    def _meetings(self) -> None:
        self._nothing(lambda: self.meetings.folder("https://teams.microsoft.com/l/meetup-join/0"))

    def _left(self, part: str) -> None:
        path = f"/users/{self.meetings.organizer()}/onlineMeetings/{NOBODYS}/{part}"
        self._nothing(lambda: self.graph.call("GET", path))

    def _nothing(self, attempt: Callable[[], object]) -> None:
        """Permissions are looked at before ids, so a meeting that is not found was allowed."""
        try:
            attempt()
        except Gone:
            return
        except Denied as denied:
            if denied.code != "request_refused":
                raise


def _tried(what: str, attempt: Callable[[], object]) -> Finding:
    try:
        attempt()
    except Gone as gone:
        return Finding(what, went=False, code="calendar_missing", said=gone.said)
    except Trouble as trouble:
        return Finding(what, went=False, code=trouble.code, said=trouble.said)
    return Finding(what, went=True)
