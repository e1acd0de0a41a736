"""Meet: spaces, records of conferences, their people, recordings and transcripts."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from integrations.simulators.google.calls import Call, Refused, instant
from integrations.simulators.google.world import Held, World

CLAUSE = re.compile(
    r'(?P<text>space\.name|space\.meeting_code) = "(?P<value>[^"]*)"'
    r'|(?P<time>start_time|end_time) (?P<sign><=|>=|<|>) "(?P<at>[^"]*)"'
    r"|(?P<open>end_time) IS NULL"
)
SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b, ">": lambda a, b: a > b,
}  # fmt: skip
# Default and largest page of each list (facts A7).
PAGES = {"conferenceRecords": (25, 100), "participants": (100, 250), "participantSessions": (100, 250), "recordings": (10, 100), "transcripts": (10, 100)}  # fmt: skip


def space(world: World, call: Call) -> dict[str, Any]:
    """A space by its id or by its meeting code."""
    wanted = call.params["spacesId"]
    for found in world.spaces.values():
        if wanted in (found["name"].removeprefix("spaces/"), found["meetingCode"]):
            return found
    raise Refused(404, "notFound", "Requested entity was not found.")


def records(world: World, call: Call) -> dict[str, Any]:
    """Records of conferences, the newest first."""
    tests = _clauses(call.params.get("filter", ""))
    found = [held.record for held in world.records.values() if all(test(held) for test in tests)]
    found.sort(key=lambda record: record["startTime"], reverse=True)
    return _page(world, call, "conferenceRecords", found)


def below(kind: str) -> Callable[[World, Call], dict[str, Any]]:
    """A list under a record or participant."""

    def answer(world: World, call: Call) -> dict[str, Any]:
        held = _held(world, call)
        parent = held.record["name"]
        if "participantsId" in call.params:
            parent += f"/participants/{call.params['participantsId']}"
        return _page(world, call, kind, held.lists.get(f"{parent}/{kind}", []))

    return answer


def _held(world: World, call: Call) -> Held:
    name = f"conferenceRecords/{call.params['conferenceRecordsId']}"
    if name not in world.records:
        raise Refused(404, "notFound", "Requested entity was not found.")
    return world.records[name]


def _page(world: World, call: Call, kind: str, found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    usual, most = PAGES[kind]
    size = min(call.number("pageSize", usual) or usual, most, world.page_size)
    first = int(call.params.get("pageToken") or 0)
    more = {"nextPageToken": str(first + size)} if first + size < len(found) else {}
    # Google leaves an empty list out.
    page = list(found[first : first + size])
    return {**({kind: page} if page else {}), **more}


def _clauses(text: str) -> list[Callable[[Held], bool]]:
    parts = [part for part in re.split(r"\s+AND\s+", text.strip()) if part]
    found = [CLAUSE.fullmatch(part) for part in parts]
    if None in found:
        raise Refused(400, "invalidArgument", f"Bad filter: {text}")
    return [_test(match) for match in found if match]


def _test(match: re.Match[str]) -> Callable[[Held], bool]:
    if match["text"] == "space.name":
        return lambda held: held.record["space"] == match["value"]
    if match["text"]:
        return lambda held: held.code == match["value"]
    if match["open"]:
        return lambda held: "endTime" not in held.record
    name = {"start_time": "startTime", "end_time": "endTime"}[match["time"]]
    wanted, holds = instant(match["at"]), SIGNS[match["sign"]]
    return lambda held: name in held.record and holds(instant(held.record[name]), wanted)
