"""Our entry as a calendar file and back (RFC 5545, RFC 4791 §4.1): one file, one UID, no METHOD."""

import re
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from integrations.ports import Entry, Found
from integrations.providers.caldav.timezones import wall_clock

PRODID = "-//Kolega//CalDAV//EN"
KEY, TEXT, ZONE = "X-KOLEGA-KEY", "X-KOLEGA-TEXT", "X-KOLEGA-ZONE"
NAMED = re.compile(r"([0-9a-f]{32})\.ics")
# Not even escaped may these stand in XML, which carries the file in every list of changes.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
REPEATS = ("RRULE", "RDATE", "EXDATE", "EXRULE")
SPANS = ("DTSTART", "DTEND", "DURATION")


class Unreadable(ValueError):
    """A file that holds no single event anybody could read."""


def fresh(entry: Entry) -> bytes:
    """The file of an entry that stands nowhere yet."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    event = Event()
    event.add("TRANSP", "OPAQUE")
    calendar.add_component(event)
    return _written(calendar, event, entry)


def merged(body: bytes, entry: Entry) -> bytes:
    """The file as it stands, with what is ours as wished; the very same bytes if it is so already.

    Alarms, guests and their answers, categories and a text that somebody changed there are left
    alone. A repetition that somebody added goes: the time is ours. Raises Unreadable.
    """
    calendar = read(body)
    before = bytes(calendar.to_ical())
    event = event_of(calendar)
    for other in calendar.walk("VEVENT"):
        if other is not event:
            calendar.subcomponents.remove(other)
    after = _written(calendar, event, entry)
    return body if after == before else after


def read(body: bytes) -> Calendar:
    """A calendar file. Raises Unreadable."""
    try:
        found = Calendar.from_ical(body)
    except (ValueError, KeyError, IndexError) as error:
        raise Unreadable(str(error)) from error
    if not isinstance(found, Calendar):
        raise Unreadable("no calendar")
    return found


def event_of(calendar: Calendar) -> Event:
    """The event, or the master of a series. Raises Unreadable."""
    for event in calendar.walk("VEVENT"):
        if isinstance(event, Event) and "RECURRENCE-ID" not in event:
            return event
    raise Unreadable("no event")


def found(name: str, etag: str, body: bytes) -> Found:
    """What stands in a file; only its name and ETag where nobody can read it."""
    try:
        event = event_of(read(body))
        starts_at, ends_at = _instant(event, "start"), _instant(event, "end")
    except (Unreadable, ValueError, TypeError):
        return Found(remote_id=name, etag=etag)
    place, link = _text(event, "LOCATION"), _text(event, "URL")
    return Found(
        remote_id=name, etag=etag, key=_key(name, event), title=_text(event, "SUMMARY"),
        place="" if place == link else place, starts_at=starts_at, ends_at=ends_at,
        removed=_text(event, "STATUS").upper() == "CANCELLED",
    )  # fmt: skip


def _key(name: str, event: Event) -> str:
    """The key in the file's name; else the one noted inside, unless it was copied along."""
    if named := NAMED.fullmatch(name):
        return named.group(1)
    key, _, uid = _text(event, KEY).partition("/")
    return key if uid == _text(event, "UID") else ""


def _instant(event: Event, which: str) -> datetime | None:
    """Start or end in UTC. Days and floating times are meant in the zone that we wrote."""
    value: date | datetime | None = getattr(event, which)
    if value is None:
        return None
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if value.tzinfo is None:
        value = value.replace(tzinfo=ZoneInfo(_text(event, ZONE) or "UTC"))
    return value.astimezone(UTC)


def _text(event: Event, name: str) -> str:
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) else value)


def clean(text: str) -> str:
    """A text without what would break the XML that carries it."""
    return CONTROLS.sub("", text.replace("\r\n", "\n")).strip()


def _set(event: Event, name: str, value: Any, **parameters: str) -> None:
    event.pop(name, None)
    if value not in ("", None):
        event.add(name, value, parameters=parameters)


def _written(calendar: Calendar, event: Event, entry: Entry) -> bytes:
    calendar.pop("METHOD", None)
    calendar["PRODID"] = PRODID
    changed = entry.changed_at or entry.starts_at
    _set(event, "UID", clean(entry.uid))
    _set(event, "SEQUENCE", max(int(event.get("SEQUENCE", 0)), entry.sequence))
    _set(event, "DTSTAMP", changed.astimezone(UTC))
    _set(event, "LAST-MODIFIED", entry.changed_at and entry.changed_at.astimezone(UTC))
    _set(event, "STATUS", "CONFIRMED")
    _set(event, "SUMMARY", clean(entry.title))
    _set(event, "LOCATION", clean(entry.place or entry.link))
    _set(event, "URL", clean(entry.link))
    _set(event, "CONFERENCE", clean(entry.link), VALUE="URI", FEATURE="VIDEO")
    _set(event, KEY, f"{entry.key}/{clean(entry.uid)}")
    _write_text(event, entry)
    _write_span(calendar, event, entry)
    return bytes(calendar.to_ical())


def _write_text(event: Event, entry: Entry) -> None:
    """The text with the link, on its first line if need be; one that was rewritten there is kept."""
    standing, ours = _text(event, "DESCRIPTION"), _text(event, TEXT)
    if ours and ours != _digest(standing):
        return
    link = "" if entry.link in entry.text else entry.link
    wished = clean(f"{link}\n{entry.text}")
    _set(event, "DESCRIPTION", wished)
    _set(event, TEXT, _digest(wished))


def _digest(text: str) -> str:
    return sha256(text.strip().encode()).hexdigest()[:32]


def _write_span(calendar: Calendar, event: Event, entry: Entry) -> None:
    for name in (*REPEATS, *SPANS):
        event.pop(name, None)
    known = wall_clock(entry.zone, (entry.starts_at, entry.ends_at))
    zone = known[0] if known else UTC
    _set(event, ZONE, entry.zone)
    event.add("DTSTART", entry.starts_at.astimezone(zone))
    event.add("DTEND", entry.ends_at.astimezone(zone))
    if known is None:
        return
    for other in calendar.walk("VTIMEZONE"):
        if str(other.get("TZID")) == entry.zone:
            calendar.subcomponents.remove(other)
    calendar.subcomponents.insert(0, known[1])
