"""Online meetings and what is left of them: reports, records, recordings, transcripts."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from integrations.simulators import ranges
from integrations.simulators.messages import Answer
from integrations.simulators.microsoft import answers
from integrations.simulators.microsoft.answers import POLICY, Refused
from integrations.simulators.microsoft.calls import Call, Handler, Route
from integrations.simulators.microsoft.world import Meeting, World

Json = dict[str, Any]
FILTER = re.compile(r"JoinWebUrl eq '((?:[^']|'')+)'")
REPORTS_KEPT = 50


def _allowed(world: World, call: Call) -> None:
    """Meetings are read by object id only, and where an access policy names the application."""
    if call.box.person != call.ids["user"]:
        raise Refused(404, "UnknownError", "The user must be given by object id.")
    if not world.switches.policy:
        raise Refused(403, "Forbidden", POLICY)


def search(world: World, call: Call) -> Answer:
    """GET …/onlineMeetings with a filter on the join address."""
    _allowed(world, call)
    match = FILTER.fullmatch(call.request.query.get("$filter", ""))
    if match is None:
        raise Refused(400, "InvalidArgument", "Filter by JoinWebUrl.")
    found = [item for item in _of(world, call) if item.join_url == match[1].replace("''", "'")]
    rows = [{"id": one.meeting_id, "joinWebUrl": one.join_url, "subject": one.subject}
            for one in found]  # fmt: skip
    return answers.many("OnlineMeeting", rows)


def _of(world: World, call: Call) -> list[Meeting]:
    return [item for item in world.meetings if item.organizer == call.box.person]


def _meeting(world: World, call: Call) -> Meeting:
    _allowed(world, call)
    found = [item for item in _of(world, call) if item.meeting_id == call.ids["meeting"]]
    if not found:
        raise Refused(404, "NotFound", "The meeting was not found.")
    return found[0]


def _page(world: World, call: Call, kind: str, rows: list[Json]) -> Answer:
    """A page, as long as the switch allows, and the address of the next one."""
    size = min(int(call.prefer.get("odata.maxpagesize", 50)), world.switches.largest_page)
    first = int(call.request.query.get("$skip", 0))
    if first + size >= len(rows):
        return answers.many(kind, rows[first:])
    host = world.switches.link_host or world.url
    link = f"{host}{quote(call.request.path)}?$skip={first + size}"
    return answers.many(kind, rows[first : first + size], nextLink=link)


def reports(world: World, call: Call) -> Answer:
    """GET …/attendanceReports: the latest fifty, without their records."""
    latest = _meeting(world, call).reports[::-1][:REPORTS_KEPT]
    return _page(world, call, "MeetingAttendanceReport", latest)


def records(world: World, call: Call) -> Answer:
    """GET …/attendanceReports/{id}/attendanceRecords."""
    rows = _meeting(world, call).records.get(call.ids["report"])
    if rows is None:
        raise Refused(404, "NotFound", "The report was not found.")
    return _page(world, call, "AttendanceRecord", rows)


def recordings(world: World, call: Call) -> Answer:
    """GET …/recordings."""
    return _page(world, call, "CallRecording", _meeting(world, call).recordings)


def transcripts(world: World, call: Call) -> Answer:
    """GET …/transcripts."""
    return _page(world, call, "CallTranscript", _meeting(world, call).transcripts)


def _content(kind: str) -> Callable[[World, Call], Answer]:
    def content(world: World, call: Call) -> Answer:
        found = _meeting(world, call).contents.get(call.ids["item"])
        if found is None:
            raise Refused(404, "NotFound", "The file was not found.")
        return ranges.answer(found, kind, call.request)

    return content


_ONE = "/users/{user}/onlineMeetings/{meeting}"
_ARTIFACT = "OnlineMeetingArtifact.Read.All"
_PAGED = frozenset({"$skip", "$top"})
_TABLE: tuple[tuple[str, Handler, str, frozenset[str]], ...] = (
    ("/users/{user}/onlineMeetings", search, "OnlineMeetings.Read.All", frozenset({"$filter"})),
    (f"{_ONE}/attendanceReports", reports, _ARTIFACT, _PAGED),
    (f"{_ONE}/attendanceReports/{{report}}/attendanceRecords", records, _ARTIFACT, _PAGED),
    (f"{_ONE}/recordings", recordings, "OnlineMeetingRecording.Read.All", _PAGED),
    (f"{_ONE}/recordings/{{item}}/content", _content("video/mp4"),
     "OnlineMeetingRecording.Read.All", frozenset()),
    (f"{_ONE}/transcripts", transcripts, "OnlineMeetingTranscript.Read.All", _PAGED),
    (f"{_ONE}/transcripts/{{item}}/content", _content("text/vtt"),
     "OnlineMeetingTranscript.Read.All", frozenset({"$format"})),
)  # fmt: skip
ROUTES = tuple(Route("GET", path, handler, role, query) for path, handler, role, query in _TABLE)
