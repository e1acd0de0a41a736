"""Drive: what a file is, and its bytes in ranges."""

from typing import Any

from integrations.simulators import ranges
from integrations.simulators.google.calls import Call, Refused
from integrations.simulators.google.world import StoredFile, World
from integrations.simulators.messages import Answer, Request

SHORT = "kind,id,name,mimeType"


def get(world: World, call: Call) -> dict[str, Any] | Answer:
    """Metadata, or with alt=media the bytes."""
    found = world.files.get(call.params["fileId"])
    if found is None:
        raise Refused(404, "notFound", f"File not found: {call.params['fileId']}.")
    if call.params.get("alt") == "media":
        return _media(found, call)
    names = call.params.get("fields", SHORT).split(",")
    return {name: found.meta[name] for name in names if name in found.meta}


def listed(world: World, call: Call) -> dict[str, Any]:
    """Files the asker can see."""
    size = call.number("pageSize", 100)
    found = [
        {name: stored.meta[name] for name in SHORT.split(",")} for stored in world.files.values()
    ]
    return {"kind": "drive#fileList", "incompleteSearch": False, "files": found[:size]}


def _media(found: StoredFile, call: Call) -> Answer:
    request = Request("GET", "", {}, call.headers, b"")
    return ranges.answer(found.content, found.meta["mimeType"], request, tagged=False)
