"""The properties of a calendar entry, said once for every way of writing them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple

from events.invitations import lines
from events.invitations.parts import CalendarPart, CalendarSeries, Entry, master_of, rule_in_utc
from events.invitations.vtimezone import is_utc
from events.kernel import zones

TEXT: Final = "text"
RAW: Final = "raw"


class Field(NamedTuple):
    """One property. `value` is a cleaned text (TEXT), or stands on the line as it is (RAW).

    `parameters` is as on the line, without the first semicolon.
    """

    name: str
    sort: str
    value: str
    parameters: str = ""


def events_of(
    entry: Entry, *, stamp: datetime | None = None
) -> Iterator[tuple[CalendarPart, list[Field]]]:
    """Each VEVENT of the entry without its people: the part, or the master and its overrides.

    `stamp` becomes DTSTAMP; without it the part's own `changed_at` does.
    """
    if isinstance(entry, CalendarPart):
        yield entry, _event(entry, stamp, entry.zone)
        return
    master = entry.master
    yield master, [*_event(master, stamp, master.zone), *_recurrence(entry)]
    for override in entry.overrides:
        yield override, _event(override, stamp, master.zone)


def _event(part: CalendarPart, stamp: datetime | None, master_zone: str) -> list[Field]:
    join, place = lines.uri(part.join_url), lines.one_line(part.location)
    page = lines.uri(part.url) or join
    changed = instant(part.changed_at)
    tongue = f"LANGUAGE={part.language}" if part.language else ""
    fields = [
        Field("UID", RAW, lines.uri(part.uid)),
        Field("SEQUENCE", RAW, str(part.sequence)),
        Field("DTSTAMP", RAW, instant(stamp) if stamp else changed),
        Field("CREATED", RAW, instant(part.created_at)),
        Field("LAST-MODIFIED", RAW, changed),
        _wall("DTSTART", existing(part.start_local, part.zone), part.zone),
        _wall("DTEND", existing(part.end_local, part.zone), part.zone),
        Field("SUMMARY", TEXT, lines.one_line(part.summary), tongue),
        Field("STATUS", RAW, part.status),
        Field("TRANSP", RAW, "TRANSPARENT" if part.status == "CANCELLED" else "OPAQUE"),
    ]
    if part.recurrence_id is not None:
        fields.append(_wall("RECURRENCE-ID", part.recurrence_id, master_zone))
    if description := _description(part, join):
        fields.append(Field("DESCRIPTION", TEXT, description, tongue))
    if place or join:
        fields.append(Field("LOCATION", TEXT, place or join, tongue if place else ""))
    if page:
        fields.append(Field("URL", RAW, page))
    if join:
        fields.append(Field("CONFERENCE", RAW, join, "VALUE=URI;FEATURE=VIDEO"))
    return fields


def alarm_fields(part: CalendarPart) -> list[Field]:
    """What the VALARM of the part holds; empty when there is none or the part is cancelled."""
    if part.alarm_minutes is None or part.status == "CANCELLED":
        return []
    return [
        Field("ACTION", RAW, "DISPLAY"),
        Field("TRIGGER", RAW, f"-PT{part.alarm_minutes}M"),
        Field("DESCRIPTION", TEXT, lines.one_line(part.summary)),
    ]


def _recurrence(series: CalendarSeries) -> Iterator[Field]:
    zone = series.master.zone
    yield Field("RRULE", RAW, rule_in_utc(series.rrule, zone))
    for exdate in sorted(series.exdates):
        yield _wall("EXDATE", exdate, zone)


def zones_of(parts: Iterable[CalendarPart]) -> list[str]:
    """The zones that need a VTIMEZONE, sorted."""
    return sorted({part.zone for part in parts if not is_utc(part.zone)})


def ordered(entries: Iterable[Entry]) -> list[Entry]:
    """The entries by start, then UID, so that the same entries always give the same bytes."""
    return sorted(entries, key=_order)


def instant(moment: datetime) -> str:
    """An aware moment as a UTC date-time value."""
    return f"{lines.stamp(moment.astimezone(UTC))}Z"


def existing(wall: datetime, zone: str) -> datetime:
    """The wall clock that clients agree on: a time the spring change skips is moved past the gap.

    Of a doubled autumn hour the first is meant, as in RFC 5545 §3.3.5.
    """
    first = wall.replace(tzinfo=zones.zone(zone), fold=0)
    if first.utcoffset() == first.replace(fold=1).utcoffset():
        return wall
    return first.astimezone(UTC).astimezone(first.tzinfo).replace(tzinfo=None)


def _wall(name: str, wall: datetime, zone: str) -> Field:
    if is_utc(zone):
        return Field(name, RAW, f"{lines.stamp(wall)}Z")
    return Field(name, RAW, lines.stamp(wall), f"TZID={zone}")


def _description(part: CalendarPart, join: str) -> str:
    """The text with the join link on its first line, where every client shows it."""
    text = lines.many_lines(part.description)
    return f"{join}\n{text}".rstrip() if join else text


def _order(entry: Entry) -> tuple[datetime, str, str]:
    part = master_of(entry)
    return part.start_local, part.uid, str(part.recurrence_id or "")
