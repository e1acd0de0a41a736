"""Drive: what a file is, and its bytes in ranges."""

import re
from typing import Any

from integrations.simulators.google.calls import Call, Refused
from integrations.simulators.google.world import StoredFile, World
from integrations.simulators.messages import Answer

SHORT = "kind,id,name,mimeType"


def get(world: World, call: Call) -> dict[str, Any] | Answer:
    """Metadata, or with alt=media the bytes."""
    found = world.files.get(call.params["fileId"])
    if found is None:
        raise Refused(404, "notFound", f"File not found: {call.params['fileId']}.")
    if call.params.get("alt") == "media":
        return _media(found, call.headers.get("range", ""))
    names = call.params.get("fields", SHORT).split(",")
    return {name: found.meta[name] for name in names if name in found.meta}


def listed(world: World, call: Call) -> dict[str, Any]:
    """Files the asker can see."""
    size = call.number("pageSize", 100)
    found = [
        {name: stored.meta[name] for name in SHORT.split(",")} for stored in world.files.values()
    ]
    return {"kind": "drive#fileList", "incompleteSearch": False, "files": found[:size]}


def _media(found: StoredFile, wanted: str) -> Answer:
    size = len(found.content)
    kind = {"Content-Type": found.meta["mimeType"], "Accept-Ranges": "bytes"}
    if not wanted:
        return Answer(200, found.content, kind)
    match = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
    first = int(match[1]) if match else size
    if first >= size:
        return Answer(416, b"", {"Content-Range": f"bytes */{size}"})
    last = min(int(match[2]) if match and match[2] else size - 1, size - 1)
    place = {"Content-Range": f"bytes {first}-{last}/{size}"}
    return Answer(206, found.content[first : last + 1], {**kind, **place})
