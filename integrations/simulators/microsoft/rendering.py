"""Events as Graph shows them."""

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from integrations.simulators.microsoft import times
from integrations.simulators.microsoft.world import TENANT, Event, Mailbox, World

Json = dict[str, Any]
BLOB = (
    '<div class="me-email-text">________________<br>Microsoft Teams meeting<br>'
    '<a href="{url}">Join the meeting now</a></div>'
)


def etag(event: Event) -> str:
    """The version of an event, as If-Match takes it."""
    return f'W/"{event.number:08x}{event.version:06d}AAA=="'


def join_url(world: World, box: Mailbox, event: Event) -> str:
    """The address of an event's Teams meeting, with tenant and organizer as Teams writes them."""
    thread = quote(f"19:meeting_{uuid.uuid5(uuid.NAMESPACE_OID, event.event_id).hex}@thread.v2")
    context = quote(f'{{"Tid":"{TENANT}","Oid":"{box.person}"}}', safe="")
    return f"{world.switches.meeting_host}/l/meetup-join/{thread}/0?context={context}"


def meets_now(world: World, event: Event) -> bool:
    """Whether the meeting of an event is there already."""
    after = world.switches.meetings_after
    return event.meets_from is not None and world.clock() >= event.meets_from + after


def shown(world: World, box: Mailbox, event: Event, zone: str) -> Json:
    """An event with the properties that Graph gives without being asked for any."""
    return {
        "@odata.etag": etag(event),
        "id": event.event_id,
        "changeKey": etag(event)[3:-1],
        "createdDateTime": times.stamp(event.made_at or world.clock()),
        "lastModifiedDateTime": times.stamp(event.changed_at or world.clock()),
        "iCalUId": f"040000008200E00074C5B7101A82E008{event.number:032X}",
        **_plain(event),
        **_when(event, zone),
        **_people(box, event),
        **_meeting(world, event),
    }


def _plain(event: Event) -> Json:
    values = event.values
    content = values.get("body", {"contentType": "text", "content": ""})
    found = {
        "categories": values.get("categories", []),
        "reminderMinutesBeforeStart": values.get("reminderMinutesBeforeStart", 15),
        "isReminderOn": values.get("isReminderOn", True),
        "hasAttachments": False,
        "subject": values.get("subject", ""),
        "bodyPreview": content["content"][:255],
        "body": content,
        "importance": values.get("importance", "normal"),
        "sensitivity": values.get("sensitivity", "normal"),
        "isAllDay": values.get("isAllDay", False),
        "isCancelled": False,
        "allowNewTimeProposals": values.get("allowNewTimeProposals", True),
        "hideAttendees": values.get("hideAttendees", False),
        "showAs": values.get("showAs", "busy"),
        "type": "singleInstance",
        "webLink": f"https://outlook.office365.com/owa/?itemid={event.event_id}&exvsurl=1",
    }
    return {**found, **({"transactionId": event.transaction} if event.transaction else {})}


def _when(event: Event, zone: str) -> Json:
    return {
        "originalStartTimeZone": event.values["start"].get("timeZone", "UTC"),
        "originalEndTimeZone": event.values["end"].get("timeZone", "UTC"),
        "start": times.write(event.starts_at, zone),
        "end": times.write(event.ends_at, zone),
        "seriesMasterId": None,
        "recurrence": None,
    }


def _people(box: Mailbox, event: Event) -> Json:
    location = {"displayName": "", **event.values.get("location", {})}
    return {
        "isOrganizer": True,
        "responseRequested": event.values.get("responseRequested", True),
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "location": {**location, "locationType": "default"},
        "locations": [{**location, "locationType": "default"}] if location["displayName"] else [],
        "attendees": event.values.get("attendees", []),
        "organizer": {"emailAddress": {"name": box.name, "address": box.address}},
    }


def _meeting(world: World, event: Event) -> Json:
    meets = event.meets_from is not None
    there = bool(event.join_url) and meets_now(world, event)
    return {
        "isOnlineMeeting": meets,
        "onlineMeetingProvider": "teamsForBusiness" if meets else "unknown",
        "onlineMeetingUrl": None,
        "onlineMeeting": {"joinUrl": event.join_url} if there else None,
    }


def touches(event: Event, since: str, until: str) -> bool:
    """Whether an event touches a window of DateTimeOffsets; one without length counts as well."""
    first, last = times.instant(since), times.instant(until)
    ends_at = max(event.ends_at, event.starts_at + timedelta(microseconds=1))
    return event.starts_at < last and ends_at > first
