"""The calendar itself, people, and their free and busy times."""

from datetime import datetime, timedelta
from typing import Any

from integrations.simulators.messages import Answer
from integrations.simulators.microsoft import answers, schema, times
from integrations.simulators.microsoft.answers import Refused
from integrations.simulators.microsoft.calls import Call, Route
from integrations.simulators.microsoft.world import Event, Mailbox, World

Json = dict[str, Any]
LONGEST = timedelta(days=62)
MOST = 20
DIGITS = {"free": "0", "tentative": "1", "busy": "2", "oof": "3", "workingElsewhere": "4"}


def calendar(_: World, call: Call) -> Answer:
    """GET …/calendar: what the mailbox's calendar allows."""
    box = call.box
    return answers.one("Calendar", {
        "id": f"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A{box.person[:8]}cal",
        "name": "Calendar", "canEdit": True, "isDefaultCalendar": True,
        "allowedOnlineMeetingProviders": list(box.providers),
        "defaultOnlineMeetingProvider": box.providers[0] if box.providers else "unknown",
        "owner": {"name": box.name, "address": box.address},
    })  # fmt: skip


def person(_: World, call: Call) -> Answer:
    """GET /users/{id}: who a mailbox belongs to."""
    box = call.box
    return answers.one("User", {"id": box.person, "displayName": box.name, "mail": box.address})


def get_schedule(world: World, call: Call) -> Answer:
    """POST …/calendar/getSchedule: busy spans of several people, or why one is not said."""
    asked = call.action(
        schedules="string[]", startTime="DateTimeTimeZone", endTime="DateTimeTimeZone",
        availabilityViewInterval="number?",
    )  # fmt: skip
    since, until = times.read(asked["startTime"]), times.read(asked["endTime"])
    if not timedelta(0) < until - since < LONGEST or len(asked["schedules"]) > MOST:
        raise Refused(400, "ErrorInvalidTimeInterval", "The span or the number is too large.")
    step = timedelta(minutes=asked.get("availabilityViewInterval") or 30)
    rows = [_row(world, call, name, (since, until), step) for name in asked["schedules"]]
    return answers.many("ScheduleInformation", rows)


def _row(
    world: World, call: Call, name: str, span: tuple[datetime, datetime], step: timedelta
) -> Json:
    box = world.mailbox(name)
    if box is None or not box.shares_times:
        code = "ErrorMailRecipientNotFound" if box is None else "ErrorNoFreeBusyAccess"
        error = {"message": "The free/busy information is not available.", "responseCode": code}
        return {"scheduleId": name, "error": error}
    items = [_item(event, call.zone) for event in _during(box, span)]
    for item in items:
        schema.check("ScheduleItem", item)
    return {
        "scheduleId": name, "availabilityView": _view(box, span, step), "scheduleItems": items,
    }  # fmt: skip


def _during(box: Mailbox, span: tuple[datetime, datetime]) -> list[Event]:
    found = [item for item in box.events.values() if item.starts_at < span[1]]
    return sorted(
        (item for item in found if item.ends_at > span[0]), key=lambda item: item.starts_at
    )


def _item(event: Event, zone: str) -> Json:
    return {
        "status": event.values.get("showAs", "busy"),
        "start": times.write(event.starts_at, zone),
        "end": times.write(event.ends_at, zone),
    }


def _view(box: Mailbox, span: tuple[datetime, datetime], step: timedelta) -> str:
    digits, at = "", span[0]
    while at < span[1]:
        there = _during(box, (at, at + step))
        found = [DIGITS.get(item.values.get("showAs", "busy"), "0") for item in there]
        digits += max(found, default="0")
        at += step
    return digits


ROUTES = (
    Route("GET", "/users/{user}", person, "User.ReadBasic.All", frozenset({"$select"})),
    Route("GET", "/users/{user}/calendar", calendar, "Calendars.Read"),
    Route("POST", "/users/{user}/calendar/getSchedule", get_schedule, "Calendars.Read"),
)
