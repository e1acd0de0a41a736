"""Lists of events: pages, filters, sync tokens."""

import hashlib
import json
from datetime import datetime
from typing import Any

from integrations.simulators.google import conferences
from integrations.simulators.google.calls import Call, Refused, instant, stamp
from integrations.simulators.google.events import moment
from integrations.simulators.google.world import Book, Entry, World

WITHOUT_TOKEN = (
    "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty",
    "timeMin", "timeMax", "updatedMin",
)  # fmt: skip
FREE = {"calendarId", "pageToken", "syncToken", "alt", *WITHOUT_TOKEN}


def listed(world: World, call: Call) -> dict[str, Any]:
    """A page of events; the last one brings the sync token."""
    book = world.book(call.params["calendarId"], call.subject)
    since = _since(world, call)
    first, until = _place(world, call)
    found = _chosen(book, call, since, until)
    size = min(call.number("maxResults", 250), world.page_size)
    page = found[first : first + size]
    for entry in page:
        conferences.look(world, book, entry)
    more = first + size < len(found)
    token = {"nextPageToken": f"{first + size}.{until}"} if more else _sync(world, call, until)
    return {
        "kind": "calendar#events", "etag": f'"p{world.change}"', "summary": book.calendar_id,
        "updated": stamp(call.at), "timeZone": book.zone, "accessRole": book.role,
        "defaultReminders": [], "items": [shown(entry.event) for entry in page], **token,
    }  # fmt: skip


def shown(event: dict[str, Any]) -> dict[str, Any]:
    """An event in a list: of a cancelled one only id and status are promised."""
    if event["status"] != "cancelled":
        return event
    return {name: event[name] for name in ("kind", "etag", "id", "status")}


def _since(world: World, call: Call) -> int | None:
    token = call.params.get("syncToken")
    if token is None:
        return None
    refused = [name for name in WITHOUT_TOKEN if name in call.params]
    if refused or call.params.get("showDeleted") == "false":
        raise Refused(400, "invalid", f"Not together with syncToken: {refused or 'showDeleted'}")
    epoch, change, fingerprint = [*token.split("."), "", ""][:3]
    if epoch != str(world.epoch):
        raise Refused(410, "fullSyncRequired", "Sync token is no longer valid.")
    if fingerprint != _fingerprint(call):
        raise Refused(400, "invalid", "Other parameters than those the syncToken was made with.")
    return int(change)


def _place(world: World, call: Call) -> tuple[int, int]:
    """Where a page begins, and the last change the whole list knows of."""
    if "pageToken" not in call.params:
        return 0, world.change
    first, until = call.params["pageToken"].split(".")
    return int(first), int(until)


def _chosen(book: Book, call: Call, since: int | None, until: int) -> list[Entry]:
    whole = since is None
    found = [
        entry
        for entry in book.entries.values()
        if (whole or entry.changed > (since or 0)) and _wanted(entry.event, call, whole=whole)
    ]
    # An entry that changes between two pages is shown again after the next token.
    return sorted((one for one in found if one.changed <= until), key=lambda one: one.event["id"])


def _wanted(event: dict[str, Any], call: Call, *, whole: bool) -> bool:
    if not whole:
        return True
    if event["status"] == "cancelled" and not call.says("showDeleted"):
        return False
    private = event.get("extendedProperties", {}).get("private", {})
    name, _, value = call.params.get("privateExtendedProperty", "").partition("=")
    if name and private.get(name) != value:
        return False
    uid = call.params.get("iCalUID", event["iCalUID"])
    return uid == event["iCalUID"] and _touches(event, call)


def _touches(event: dict[str, Any], call: Call) -> bool:
    def bound(name: str) -> datetime | None:
        return instant(call.params[name]) if name in call.params else None

    since, until = bound("timeMin"), bound("timeMax")
    late = until is not None and moment(event["start"]) >= until
    early = since is not None and moment(event["end"]) <= since
    return not (late or early)


def _sync(world: World, call: Call, until: int) -> dict[str, str]:
    if "orderBy" in call.params or "q" in call.params:
        return {}
    return {"nextSyncToken": f"{world.epoch}.{until}.{_fingerprint(call)}"}


def _fingerprint(call: Call) -> str:
    fixed = sorted((name, text) for name, text in call.params.items() if name not in FREE)
    return hashlib.sha256(json.dumps(fixed).encode()).hexdigest()[:8]
