"""Calendar messages: an invitation, a cancellation, a file to download (RFC 5545, 5546, 6047)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal, TypeVar

from icalendar import Alarm, Calendar, Component, Event, Timezone, vCalAddress, vText

from events.backstage import letters
from events.invitations import fields, lines
from events.invitations.feeds import PRODID, feed
from events.invitations.fields import TEXT, Field
from events.invitations.parts import CalendarPart, Entry, parts_of
from events.invitations.vtimezone import vtimezone

__all__ = ["cancel", "cancel_dates", "feed", "publish_file", "request"]

_C = TypeVar("_C", bound=Component)
PartStat = Literal["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE"]


def request(
    entry: Entry, *, attendee_name: str, attendee_address: str, stamp: datetime,
    partstat: PartStat = "ACCEPTED",
) -> bytes:  # fmt: skip
    """An iTIP REQUEST for one person: the first invitation, or a change when `sequence` rose.

    RSVP=FALSE: nobody reads replies yet, so clients must not offer to send one. `stamp` is the
    instant of this message. Raises letters.AddressRefused.
    """
    attendee = _person(attendee_name, attendee_address)
    attendee.params.update(
        {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": partstat, "RSVP": "FALSE"}
    )
    return _message("REQUEST", entry, stamp=stamp, attendee=attendee)


def cancel(entry: Entry, *, attendee_name: str, attendee_address: str, stamp: datetime) -> bytes:
    """An iTIP CANCEL for one person, also when only that person gave the place back.

    `sequence` must have risen, or clients ignore it. A series is cancelled as a whole; a part
    with a `recurrence_id` cancels that date alone. Raises letters.AddressRefused.
    """
    attendee = _person(attendee_name, attendee_address)
    return _message("CANCEL", _cancelled(entry), stamp=stamp, attendee=attendee)


def cancel_dates(
    dates: Sequence[CalendarPart], *, attendee_name: str, attendee_address: str, stamp: datetime
) -> bytes:
    """One iTIP CANCEL for several dates of a series, each with its `recurrence_id`."""
    attendee = _person(attendee_name, attendee_address)
    gone = [_cancelled(date) for date in dates]
    return _message("CANCEL", *gone, stamp=stamp, attendee=attendee)


def publish_file(*entries: Entry) -> bytes:
    """Entries as one file to download (`text/calendar; charset=utf-8`), without attendees."""
    return _message("PUBLISH", *entries, stamp=None, attendee=None)


def _cancelled(entry: Entry) -> Entry:
    if isinstance(entry, CalendarPart):
        return replace(entry, status="CANCELLED")
    return replace(entry, master=replace(entry.master, status="CANCELLED"), overrides=())


def _message(
    method: str, *entries: Entry, stamp: datetime | None, attendee: vCalAddress | None
) -> bytes:
    calendar = Calendar()
    head = {"VERSION": "2.0", "PRODID": PRODID, "CALSCALE": "GREGORIAN", "METHOD": method}
    for name, value in head.items():
        calendar.add(name, value)
    for zone in fields.zones_of(parts_of(entries)):
        calendar.add_component(Timezone.from_ical(vtimezone(zone)))
    found = (pair for entry in entries for pair in fields.events_of(entry, stamp=stamp))
    for part, held in found:
        component = event(part, held)
        component.add("ORGANIZER", _person(part.organizer_name, part.organizer_address))
        if attendee is not None:
            component.add("ATTENDEE", attendee)
        calendar.add_component(component)
    return bytes(calendar.to_ical())


def event(part: CalendarPart, held: list[Field]) -> Event:
    """The VEVENT of a part with its alarm, without its people."""
    component = _filled(Event(), held)
    if alarm := fields.alarm_fields(part):
        component.add_component(_filled(Alarm(), alarm))
    return component


def _filled(component: _C, held: list[Field]) -> _C:
    for field in held:
        component.add(field[0], _value(component, field), encode=False)
    return component


def _value(component: Component, field: Field) -> Any:
    name, sort, text, after = field
    pairs = (pair.partition("=") for pair in after.split(";") if pair)
    parameters = {key: value for key, _, value in pairs}
    if sort is TEXT:
        return vText(text, params=parameters)
    kind: Any = component.types_factory.for_property(name, parameters.get("VALUE"))
    zone = parameters.get("TZID")
    value = kind(kind.from_ical(text, zone) if zone else kind.from_ical(text))
    value.params.update(parameters)
    return value


def _person(name: str, address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{letters.checked_address(address)}")
    if shown := lines.one_line(name):
        person.params["CN"] = shown.replace('"', "'")
    return person
