"""Events of a mailbox: made once per transactionId, read, found, changed, cancelled, removed."""

import re
from copy import deepcopy
from typing import Any

from integrations.simulators.messages import Answer
from integrations.simulators.microsoft import answers, times
from integrations.simulators.microsoft.answers import Refused
from integrations.simulators.microsoft.calls import Call, Route
from integrations.simulators.microsoft.changes import changed, made, removed
from integrations.simulators.microsoft.rendering import BLOB, etag, join_url, shown
from integrations.simulators.microsoft.world import Event, Mailbox, World

Json = dict[str, Any]
ROLE, READ = "Calendars.ReadWrite", "Calendars.Read"
READ_ONLY = frozenset({
    "id", "changeKey", "createdDateTime", "lastModifiedDateTime", "iCalUId", "bodyPreview",
    "isCancelled", "isOrganizer", "onlineMeeting", "onlineMeetingUrl", "organizer",
    "originalStartTimeZone", "originalEndTimeZone", "responseStatus", "type", "webLink",
})  # fmt: skip
EXPAND = re.compile(r"singleValueExtendedProperties\(\$filter=id eq '([^']+)'\)")
FILTER = re.compile(
    r"singleValueExtendedProperties/Any\(ep: ep/id eq '([^']+)' and ep/value eq '([^']*)'\)"
)
PROPERTY_ID = re.compile(r"String \{[0-9a-fA-F-]{36}\} Name \w+")


def create(world: World, call: Call) -> Answer:
    """POST …/events: the same transactionId with the same content makes nothing new."""
    values = call.body("Event")
    _writable(values)
    box, transaction = call.box, values.get("transactionId", "")
    if transaction in box.transactions:
        return _again(world, call, values, transaction)
    event = _new(world, box, values)
    _write(world, box, event, values)
    if transaction:
        box.transactions[transaction] = event.event_id
        box.contents[transaction] = repr(sorted(values.items()))
    made(world, box, event)
    return answers.one("Event", shown(world, box, event, call.zone), 201)


def _again(world: World, call: Call, values: Json, transaction: str) -> Answer:
    box = call.box
    event = box.events.get(box.transactions[transaction])
    if event is None or box.contents[transaction] != repr(sorted(values.items())):
        message = "The TransactionId in the request was used for a different event already."
        raise Refused(409, "ErrorDuplicateTransactionId", message)
    return answers.one("Event", shown(world, box, event, call.zone), 201)


def _new(world: World, box: Mailbox, values: Json) -> Event:
    for name in ("start", "end"):
        if name not in values:
            raise Refused(400, "ErrorPropertyValidationFailure", f"{name} is required.")
    number = box.tick()
    event = Event(
        f"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A{box.person[:8]}{number:08X}AbAa{number:04d}",
        number, world.clock(), world.clock(), {}, made_at=world.clock(),
    )  # fmt: skip
    for item in values.get("singleValueExtendedProperties", []):
        if not PROPERTY_ID.fullmatch(item.get("id", "")):
            raise Refused(400, "ErrorInvalidProperty", "The id of an extended property is wrong.")
        event.extended[item["id"]] = item["value"]
    event.transaction = values.get("transactionId", "")
    return event


def _writable(values: Json) -> None:
    for name in values.keys() & READ_ONLY:
        raise Refused(400, "ErrorInvalidPropertySet", f"{name} is read-only.")


def _write(world: World, box: Mailbox, event: Event, values: Json) -> None:
    event.values = {**event.values, **deepcopy(values)}
    try:
        event.starts_at = times.read(event.values["start"])
        event.ends_at = times.read(event.values["end"])
    except times.UnknownZone as unknown:
        raise Refused(400, "TimeZoneNotSupportedException", str(unknown)) from unknown
    except (ValueError, KeyError) as wrong:
        raise Refused(400, "ErrorPropertyValidationFailure", str(wrong)) from wrong
    if event.ends_at < event.starts_at:
        raise Refused(400, "ErrorCalendarEndDateIsEarlierThanStartDate")
    if values.get("isOnlineMeeting") and event.meets_from is None:
        _meet(world, box, event)
    # Whoever writes the body without the link in it takes the Teams meeting away.
    elif "body" in values and event.join_url not in values["body"].get("content", ""):
        event.join_url = ""
    event.changed_at = world.clock()


def _meet(world: World, box: Mailbox, event: Event) -> None:
    if event.values.get("onlineMeetingProvider", "unknown") not in (*box.providers, "unknown"):
        raise Refused(400, "ErrorOnlineMeetingProviderNotAllowed")
    event.meets_from, event.join_url = world.clock(), join_url(world, box, event)
    content = event.values.get("body", {}).get("content", "")
    blob = BLOB.format(url=event.join_url)
    event.values["body"] = {"contentType": "html", "content": f"{content}{blob}"}


def found(call: Call) -> Event:
    """The event that the path names; raises `Refused`."""
    event = call.box.events.get(call.ids["event"])
    if event is None:
        raise Refused(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return event


def _same_version(call: Call, event: Event) -> None:
    wanted = call.request.headers.get("if-match", "*")
    if wanted not in ("*", etag(event)):
        raise Refused(412, "ErrorIrresolvableConflict", "The change key does not match.")


def read(world: World, call: Call) -> Answer:
    """GET …/events/{id}, with one extended property where $expand asks for it."""
    value = shown(world, call.box, event := found(call), call.zone)
    return answers.one("Event", {**value, **_expanded(call, event)})


def _expanded(call: Call, event: Event) -> Json:
    asked = call.request.query.get("$expand")
    if asked is None:
        return {}
    match = EXPAND.fullmatch(asked)
    if match is None:
        raise Refused(400, "BadRequest", "This $expand is not understood.")
    value = event.extended.get(match[1])
    given = [{"id": match[1], "value": value}] if value is not None else []
    return {"singleValueExtendedProperties": given} if given else {}


def search(world: World, call: Call) -> Answer:
    """GET …/events with a filter on one extended property; the whole list is not needed here."""
    match = FILTER.fullmatch(call.request.query.get("$filter", ""))
    if match is None:
        raise Refused(400, "ErrorInvalidUrlQueryFilter", "This $filter is not understood.")
    hits = [event for event in call.box.events.values() if event.extended.get(match[1]) == match[2]]
    rows = [
        {**shown(world, call.box, event, call.zone), **_expanded(call, event)} for event in hits
    ]
    return answers.many("Event", rows)


def change(world: World, call: Call) -> Answer:
    """PATCH …/events/{id}: what is named is replaced; refused when If-Match is not the version."""
    event, values = found(call), call.body("Event")
    _writable(values)
    _same_version(call, event)
    if "transactionId" in values or values.get("isOnlineMeeting") is False:
        raise Refused(400, "ErrorInvalidPropertySet", "This cannot be changed any more.")
    older = deepcopy(event)
    _write(world, call.box, event, values)
    event.older = older
    changed(world, call.box, event)
    return answers.one("Event", shown(world, call.box, event, call.zone))


def cancel(world: World, call: Call) -> Answer:
    """POST …/events/{id}/cancel, by the organizer: attendees get a mail, the event is gone."""
    call.action(comment="string?", Comment="string?")
    removed(world, call.box, found(call))
    return Answer(202)


def delete(world: World, call: Call) -> Answer:
    """DELETE …/events/{id}; as organizer it tells the attendees, too."""
    event = found(call)
    _same_version(call, event)
    removed(world, call.box, event)
    return Answer(204)


_ONE = "/users/{user}/events/{event}"
_LIST = frozenset({"$filter", "$expand", "$top", "$select"})
ROUTES = (
    Route("POST", "/users/{user}/events", create, ROLE),
    Route("GET", "/users/{user}/events", search, READ, _LIST),
    Route("GET", _ONE, read, READ, frozenset({"$expand"})),
    Route("PATCH", _ONE, change, ROLE),
    Route("DELETE", _ONE, delete, ROLE),
    Route("POST", f"{_ONE}/cancel", cancel, ROLE),
)
