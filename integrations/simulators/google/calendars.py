"""Calendars themselves, free and busy times, channels of notices."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from integrations.simulators.google.calls import Call, Refused, instant, stamp
from integrations.simulators.google.events import moment
from integrations.simulators.google.world import Book, Watch, World, resource_uri

MOST_CALENDARS = 50


def calendar(world: World, call: Call) -> dict[str, Any]:
    """What a calendar says of itself."""
    book = world.book(call.params["calendarId"], call.subject)
    return {
        "kind": "calendar#calendar", "etag": '"1"', "id": book.calendar_id,
        "summary": book.calendar_id, "timeZone": book.zone, "conferenceProperties": _allowed(book),
    }  # fmt: skip


def in_list(world: World, call: Call) -> dict[str, Any]:
    """A calendar as the asker has it in the list."""
    book = world.book(call.params["calendarId"], call.subject)
    return {
        "kind": "calendar#calendarListEntry", "etag": '"1"', "id": book.calendar_id,
        "summary": book.calendar_id, "timeZone": book.zone, "accessRole": book.role,
        "conferenceProperties": _allowed(book),
    }  # fmt: skip


def _allowed(book: Book) -> dict[str, Any]:
    return {"allowedConferenceSolutionTypes": list(book.solutions)}


def free_busy(world: World, call: Call) -> dict[str, Any]:
    """Busy spans of calendars; of one that is not known only that."""
    items = [item["id"] for item in call.body.get("items", [])]
    since, until = instant(call.body["timeMin"]), instant(call.body["timeMax"])
    if len(items) > call.body.get("calendarExpansionMax", MOST_CALENDARS):
        answers = {one: _unknown("tooManyCalendarsRequested") for one in items}
    else:
        answers = {
            one: _busy(world, call.subject if one == "primary" else one, since, until)
            for one in items
        }
    return {
        "kind": "calendar#freeBusy", "timeMin": stamp(since), "timeMax": stamp(until),
        "calendars": answers,
    }  # fmt: skip


def _unknown(reason: str) -> dict[str, Any]:
    return {"errors": [{"domain": "global", "reason": reason}], "busy": []}


def _busy(world: World, wanted: str, since: datetime, until: datetime) -> dict[str, Any]:
    if wanted not in world.books:
        return _unknown("notFound")
    spans = sorted(
        (max(moment(event["start"]), since), min(moment(event["end"]), until))
        for event in world.books[wanted].standing()
        if event.get("transparency", "opaque") == "opaque"
    )
    shown = [(start, end) for start, end in spans if start < end]
    return {"busy": [{"start": stamp(start), "end": stamp(end)} for start, end in shown]}


def watch(world: World, call: Call) -> dict[str, Any]:
    """A channel; the first notice says only that it is there."""
    book = world.book(call.params["calendarId"], call.subject)
    body = call.body
    _check_channel(world, body)
    found = Watch(
        body["id"], f"res-{book.calendar_id}-{len(world.watches)}", book.calendar_id,
        body["address"], body.get("token", ""), _expiry(world, body),
    )  # fmt: skip
    world.watches[found.channel_id] = found
    world.notify(found, "sync")
    answer = {
        "kind": "api#channel", "id": found.channel_id, "resourceId": found.resource_id,
        "resourceUri": resource_uri(book.calendar_id),
        "expiration": str(int(found.expires_at.timestamp() * 1000)),
    }  # fmt: skip
    return {**answer, "token": found.token} if found.token else answer


def _check_channel(world: World, body: dict[str, Any]) -> None:
    if body["id"] in world.watches or body["id"] in world.stopped:
        raise Refused(400, "channelIdNotUnique", "Channel id not unique")
    address = urlsplit(body["address"])
    if address.scheme != "https" and address.hostname != "127.0.0.1":
        raise Refused(400, "push.webhookUrlNotHttps", "WebHook callback must be HTTPS")
    if body.get("type") != "web_hook":
        raise Refused(400, "channelUnknown", "Unknown channel type")


def _expiry(world: World, body: dict[str, Any]) -> datetime:
    longest = world.clock() + timedelta(seconds=world.channel_seconds)
    if "expiration" in body:
        wished = datetime.fromtimestamp(int(body["expiration"]) / 1000, UTC)
    else:
        ttl = int(body.get("params", {}).get("ttl", world.channel_seconds))
        wished = world.clock() + timedelta(seconds=ttl)
    return min(wished, longest)


def stop(world: World, call: Call) -> None:
    """End a channel."""
    found = world.watches.get(call.body.get("id", ""))
    if found is None or found.resource_id != call.body.get("resourceId"):
        raise Refused(404, "notFound", "Channel not found")
    del world.watches[found.channel_id]
    world.stopped.append(found.channel_id)
