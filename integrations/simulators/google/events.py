"""Events: made, read, changed, removed, brought in."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from integrations.simulators.google import conferences
from integrations.simulators.google.calls import Call, Refused, instant, stamp
from integrations.simulators.google.world import Book, Entry, World

IDS = re.compile(r"[a-v0-9]{5,1024}")
NOT_OURS = {"kind", "etag", "id", "created", "updated", "htmlLink", "creator", "organizer"}


def get(world: World, call: Call) -> dict[str, Any]:
    """One event, a cancelled one too."""
    book = world.book(call.params["calendarId"], call.subject)
    entry = entry_of(book, call)
    conferences.look(world, book, entry)
    return entry.event


def insert(world: World, call: Call) -> dict[str, Any]:
    """A new event; an id that was ever used is taken, also after removal."""
    book = writable(world, call)
    event_id = call.body.get("id") or f"g{world.change:08d}"
    if not IDS.fullmatch(event_id):
        raise Refused(400, "invalid", "Invalid resource id value.")
    if event_id in book.entries:
        raise Refused(409, "duplicate", "The requested identifier already exists.")
    return _add(world, book, call, event_id)


def bring_in(world: World, call: Call) -> dict[str, Any]:
    """A private copy of an event under its own UID."""
    book = writable(world, call)
    if not call.body.get("iCalUID"):
        raise Refused(400, "required", "Missing iCalUID.")
    return _add(world, book, call, call.body.get("id") or f"i{world.change:08d}")


def _add(world: World, book: Book, call: Call, event_id: str) -> dict[str, Any]:
    for name in ("start", "end"):
        if name not in call.body:
            raise Refused(400, "required", f"Missing {name} time.")
    person = {"email": call.subject, "self": True}
    event = {
        "kind": "calendar#event", "id": event_id, "status": "confirmed", "sequence": 0,
        "iCalUID": f"{event_id}@google.com", "created": stamp(call.at), "creator": person,
        "organizer": {"email": book.calendar_id, "self": True}, "eventType": "default",
        "htmlLink": f"https://www.google.com/calendar/event?eid={event_id}",
        "reminders": {"useDefault": True},
    }  # fmt: skip
    entry = Entry(event, 0)
    _write(world, book, entry, call)
    book.entries[event_id] = entry
    return event


def patch(world: World, call: Call) -> dict[str, Any]:
    """A change to the fields that are named; a stale If-Match is refused."""
    book = writable(world, call)
    entry = entry_of(book, call)
    _match(entry, call)
    trial = Entry(dict(entry.event), entry.changed, entry.polls)
    _write(world, book, trial, call)
    if (trial.event["start"], trial.event["end"]) != (entry.event["start"], entry.event["end"]):
        trial.event["sequence"] += 1
    book.entries[entry.event["id"]] = trial
    return trial.event


def delete(world: World, call: Call) -> None:
    """Cancel an event; one that is cancelled already is gone."""
    book = writable(world, call)
    entry = entry_of(book, call)
    if entry.event["status"] == "cancelled":
        raise Refused(410, "deleted", "Resource has been deleted")
    _match(entry, call)
    entry.event["status"] = "cancelled"
    world.touch(book, entry)


def _write(world: World, book: Book, entry: Entry, call: Call) -> None:
    wish = {name: value for name, value in call.body.items() if name not in NOT_OURS}
    conference = wish.pop("conferenceData", {})
    merge(entry.event, wish)
    _check_times(entry.event)
    # The strictest reading of the guide: a write that does not speak of conferences loses them.
    takes = call.number("conferenceDataVersion", 0) == 1
    conferences.take(world, book, entry, conference if takes else None)
    if call.params.get("sendUpdates", "none") != "none":
        world.invitations += len(entry.event.get("attendees", []))
    world.touch(book, entry)


def merge(known: dict[str, Any], wish: dict[str, Any]) -> None:
    """JSON merge patch: null removes, objects are merged, lists replaced."""
    for name, value in wish.items():
        if value is None:
            known.pop(name, None)
        elif isinstance(value, dict):
            known[name] = dict(known.get(name, {}))
            merge(known[name], value)
        else:
            known[name] = value


def _match(entry: Entry, call: Call) -> None:
    if call.headers.get("if-match", entry.event["etag"]) != entry.event["etag"]:
        raise Refused(412, "conditionNotMet", "Precondition Failed")


def entry_of(book: Book, call: Call) -> Entry:
    """The event a call names; refused when there was never one."""
    if call.params["eventId"] not in book.entries:
        raise Refused(404, "notFound", "Not Found")
    return book.entries[call.params["eventId"]]


def writable(world: World, call: Call) -> Book:
    """The calendar of a call, refused when the asker may only read it."""
    book = world.book(call.params["calendarId"], call.subject)
    if book.role not in ("owner", "writer"):
        raise Refused(403, "requiredAccessLevel", "You need to have writer access.")
    return book


def moment(side: dict[str, Any]) -> datetime:
    """The instant of a start or end; a whole day begins at midnight of its zone."""
    if "dateTime" in side:
        found = datetime.fromisoformat(side["dateTime"])
        return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(side["timeZone"]))
    midnight = datetime.fromisoformat(side["date"])
    return midnight.replace(tzinfo=ZoneInfo(side.get("timeZone", "UTC")))


def _check_times(event: dict[str, Any]) -> None:
    for side in (event["start"], event["end"]):
        if ("date" in side) == ("dateTime" in side):
            raise Refused(400, "invalid", "Either date or dateTime is needed.")
        if "dateTime" in side and "timeZone" not in side:
            instant(side["dateTime"])
    if moment(event["end"]) - moment(event["start"]) < timedelta(0):
        raise Refused(400, "timeRangeEmpty", "The specified time range is empty.")
