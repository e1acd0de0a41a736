"""Video conferences of events: asked for, pending for a while, then there or failed."""

from itertools import count
from typing import Any

from integrations.simulators.google.calls import Refused
from integrations.simulators.google.world import MEET, Book, Entry, World


def take(world: World, book: Book, entry: Entry, wish: dict[str, Any] | None) -> None:
    """Apply what a write says of the conference; None takes it away."""
    event = entry.event
    if wish is None:
        event.pop("conferenceData", None)
        event.pop("hangoutLink", None)
        return
    asked = wish.get("createRequest")
    if asked is None:
        return
    before = event.get("conferenceData", {}).get("createRequest", {})
    if before.get("requestId") == asked.get("requestId"):
        return
    _begin(world, book, entry, asked)


def _begin(world: World, book: Book, entry: Entry, asked: dict[str, Any]) -> None:
    solution = asked.get("conferenceSolutionKey", {}).get("type", MEET)
    if solution not in book.solutions:
        raise Refused(400, "invalid", "Invalid conference type value.")
    if not asked.get("requestId"):
        raise Refused(400, "required", "Missing conference request id.")
    request = {
        "requestId": asked["requestId"], "conferenceSolutionKey": {"type": solution},
        "status": {"statusCode": "pending"},
    }  # fmt: skip
    entry.event["conferenceData"] = {"createRequest": request}
    entry.event.pop("hangoutLink", None)
    entry.polls = world.pending_polls
    if entry.polls == 0:
        _settle(world, entry)


def look(world: World, book: Book, entry: Entry) -> None:
    """Somebody looks at the event: a pending conference comes one step nearer."""
    request = entry.event.get("conferenceData", {}).get("createRequest", {})
    if request.get("status", {}).get("statusCode") != "pending":
        return
    entry.polls -= 1
    if entry.polls <= 0:
        _settle(world, entry)
        world.touch(book, entry)


def _settle(world: World, entry: Entry) -> None:
    data = entry.event["conferenceData"]
    data["createRequest"]["status"]["statusCode"] = world.conference
    if world.conference != "success":
        return
    code = _free_code(world)
    name = f"spaces/Sp{len(world.spaces) + 1:06d}"
    uri = f"{world.meeting_host}/{code}"
    world.spaces[name] = {"name": name, "meetingUri": uri, "meetingCode": code}
    data["conferenceId"] = code
    data["conferenceSolution"] = {"key": {"type": MEET}, "name": "Google Meet"}
    data["entryPoints"] = [
        {"entryPointType": "video", "uri": uri, "label": uri.partition("://")[2]},
        {
            "entryPointType": "phone", "uri": "tel:+385-1-555-0100", "label": "+385 1 555 0100",
            "pin": "123456789", "regionCode": "HR",
        },
    ]  # fmt: skip
    entry.event["hangoutLink"] = uri


def _free_code(world: World) -> str:
    taken = {one["meetingCode"] for one in world.spaces.values()}
    codes = (_code(number) for number in count(len(world.spaces) + 1))
    return next(code for code in codes if code not in taken)


def _code(number: int) -> str:
    letters = "".join(chr(ord("a") + number // 26**place % 26) for place in range(10))
    return f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"
