"""Subscribed calendars, written by hand because a thousand entries must cost a few milliseconds.

The icalendar library takes about ten times as long (`bench/feed.py`); the tests read every line
back with it and compare with what it would have written.
"""

from collections.abc import Iterable

from events.invitations import fields, lines
from events.invitations.fields import RAW, TEXT, Field
from events.invitations.parts import CalendarPart, Entry, parts_of
from events.invitations.vtimezone import vtimezone

PRODID = "-//Kolega//Events//EN"
_HOUR = 60


def feed(
    entries: Iterable[Entry], *, name: str, description: str = "", refresh_minutes: int = _HOUR
) -> bytes:
    """A calendar to subscribe to: no METHOD, no people, DTSTAMP from `changed_at`, fixed order.

    The same entries give the same bytes, so their digest can be the ETag. Cancelled entries stay,
    as STATUS:CANCELLED; leave them out after about 60 days. `name` is what clients show;
    `refresh_minutes` is how often a client should ask again.
    """
    listed = fields.ordered(entries)
    zones = fields.zones_of(parts_of(listed))
    head = _head(lines.one_line(name), lines.many_lines(description), refresh_minutes)
    body = [vtimezone(zone) for zone in zones]
    body += [_entry(entry) for entry in listed]
    return _component("VCALENDAR", head, "".join(body)).encode()


def _head(name: str, description: str, refresh_minutes: int) -> list[Field]:
    every = f"PT{refresh_minutes}M"
    head = [
        ("VERSION", RAW, "2.0", ""),
        ("PRODID", RAW, PRODID, ""),
        ("CALSCALE", RAW, "GREGORIAN", ""),
        ("NAME", TEXT, name, ""),
        ("X-WR-CALNAME", TEXT, name, ""),
        ("REFRESH-INTERVAL", RAW, every, "VALUE=DURATION"),
        ("X-PUBLISHED-TTL", RAW, every, ""),
    ]
    if description:
        head.append(("DESCRIPTION", TEXT, description, ""))
        head.append(("X-WR-CALDESC", TEXT, description, ""))
    return head


def _entry(entry: Entry) -> str:
    return "".join([_event(part, held) for part, held in fields.events_of(entry)])


def _event(part: CalendarPart, held: list[Field]) -> str:
    alarm = fields.alarm_fields(part)
    return _component("VEVENT", held, _component("VALARM", alarm) if alarm else "")


def _component(name: str, held: list[Field], inner: str = "") -> str:
    body = "\r\n".join([_line(field) for field in held])
    return f"BEGIN:{name}\r\n{body}\r\n{inner}END:{name}\r\n"


def _line(field: Field) -> str:
    name, sort, value, parameters = field
    if sort is TEXT:
        value = lines.escaped(value)
    line = f"{name};{parameters}:{value}" if parameters else f"{name}:{value}"
    if len(line) <= lines.WIDTH and line.isascii():  # most are, which spares a call
        return line
    return lines.folded(line)
