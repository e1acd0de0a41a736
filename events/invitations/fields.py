"""The properties of a calendar entry, said once for every way of writing them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from events.invitations import lines
from events.invitations.parts import CalendarPart, CalendarSeries, Entry, master_of, rule_in_utc
from events.invitations.vtimezone import is_utc
from events.kernel import zones

TEXT: Final = "text"
RAW: Final = "raw"


# (name, TEXT or RAW, value, parameters): a cleaned text or the value as it stands on the line, and
# the parameters as on the line without the first semicolon. Bare tuples: a feed has 16,000.
Field = tuple[str, str, str, str]


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
    yield master, [*_event(master, stamp, master.zone, repeats=True), *_recurrence(entry)]
    for override in entry.overrides:
        yield override, _event(override, stamp, master.zone)


def _event(
    part: CalendarPart, stamp: datetime | None, master_zone: str, *, repeats: bool = False
) -> list[Field]:
    join, place = lines.uri(part.join_url), lines.one_line(part.location)
    page = lines.uri(part.url) or join
    changed = instant(part.changed_at)
    tongue = f"LANGUAGE={part.language}" if part.language else ""
    fields = [
        ("UID", RAW, lines.uri(part.uid), ""),
        ("SEQUENCE", RAW, str(part.sequence), ""),
        ("DTSTAMP", RAW, instant(stamp) if stamp else changed, ""),
        ("CREATED", RAW, instant(part.created_at), ""),
        ("LAST-MODIFIED", RAW, changed, ""),
        *_span(part, repeats=repeats),
        ("SUMMARY", TEXT, lines.one_line(part.summary), tongue),
        ("STATUS", RAW, part.status, ""),
        ("TRANSP", RAW, "TRANSPARENT" if part.status == "CANCELLED" else "OPAQUE", ""),
    ]
    if part.recurrence_id is not None:
        fields.append(_wall("RECURRENCE-ID", part.recurrence_id, master_zone))
    if description := _description(part, join):
        fields.append(("DESCRIPTION", TEXT, description, tongue))
    if place or join:
        fields.append(("LOCATION", TEXT, place or join, tongue if place else ""))
    if page:
        fields.append(("URL", RAW, page, ""))
    if join:
        fields.append(("CONFERENCE", RAW, join, "VALUE=URI;FEATURE=VIDEO"))
    return fields


def alarm_fields(part: CalendarPart) -> list[Field]:
    """What the VALARM of the part holds; empty when there is none or the part is cancelled."""
    if part.alarm_minutes is None or part.status == "CANCELLED":
        return []
    return [
        ("ACTION", RAW, "DISPLAY", ""),
        ("TRIGGER", RAW, f"-PT{part.alarm_minutes}M", ""),
        ("DESCRIPTION", TEXT, lines.one_line(part.summary), ""),
    ]


def _recurrence(series: CalendarSeries) -> Iterator[Field]:
    zone = series.master.zone
    yield ("RRULE", RAW, rule_in_utc(series.rrule, zone), "")
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


def _span(part: CalendarPart, *, repeats: bool) -> tuple[Field, Field]:
    """Start and end as wall clocks, or as instants where a clock change puts them in doubt.

    Clients differ on a doubled autumn hour (RFC 5545 §3.3.5 means the first, libical and ical.js
    read the second) and on a skipped spring hour. Only a series keeps its wall clock even so,
    because its rule counts in it.
    """
    start, end, zone = part.start_local, part.end_local, part.zone
    if not repeats and (_in_doubt(start, zone) or _in_doubt(end, zone)):
        return (
            ("DTSTART", RAW, instant(zones.instant(start, zone)), ""),
            ("DTEND", RAW, instant(zones.instant(end, zone)), ""),
        )
    return _wall("DTSTART", start, zone), _wall("DTEND", end, zone)


def _in_doubt(wall: datetime, zone: str) -> bool:
    """Whether the wall clock is skipped or doubled there (PEP 495)."""
    first = wall.replace(tzinfo=zones.zone(zone), fold=0)
    return first.utcoffset() != first.replace(fold=1).utcoffset()


def _wall(name: str, wall: datetime, zone: str) -> Field:
    if is_utc(zone):
        return (name, RAW, f"{lines.stamp(wall)}Z", "")
    return (name, RAW, lines.stamp(wall), f"TZID={zone}")


def _description(part: CalendarPart, join: str) -> str:
    """The text with the join link on its first line, where every client shows it."""
    text = lines.many_lines(part.description)
    return f"{join}\n{text}".rstrip() if join else text


def _order(entry: Entry) -> tuple[datetime, str, str]:
    part = master_of(entry)
    return part.start_local, part.uid, str(part.recurrence_id or "")
