"""Other people's calendar parsers: each gives the starts of a calendar as UTC instants."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

PEERS = Path(__file__).parents[2] / "peers"
FROM = datetime(2026, 1, 1, tzinfo=UTC)
TO = datetime(2028, 1, 1, tzinfo=UTC)


def by_recurring_ical_events(ics: bytes) -> list[datetime]:
    found = recurring_ical_events.of(Calendar.from_ical(ics)).between(FROM, TO)
    return sorted(one["DTSTART"].dt.astimezone(UTC) for one in found)


def by_home_assistant(ics: bytes) -> list[datetime]:
    calendar = IcsCalendarStream.calendar_from_ics(ics.decode())
    return sorted(one.start.astimezone(UTC) for one in calendar.timeline.overlapping(FROM, TO))


def by_vobject(ics: bytes) -> list[datetime]:
    """It knows rules and zones; which dates were moved is left to its user."""
    events = vobject.readOne(ics.decode()).vevent_list
    overrides = [one for one in events if hasattr(one, "recurrence_id")]
    moved = {one.recurrence_id.value.astimezone(UTC) for one in overrides}
    starts = [one.dtstart.value.astimezone(UTC) for one in overrides]
    for master in [one for one in events if one not in overrides]:
        dates = master.getrruleset(addRDate=True) or [master.dtstart.value]
        starts += {one.astimezone(UTC) for one in dates} - moved
    return sorted(starts)


def missing(what: str) -> None:
    """Absent peers are an excuse on a laptop, never in continuous integration."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: .ci/run installs it")
    pytest.skip(f"{what} is not on this machine (.ci/run installs it)")


def by_ical_js(ics: bytes) -> list[datetime]:
    """The parser of Thunderbird and Nextcloud."""
    node = shutil.which("node")
    if node is None or not (PEERS / "node_modules" / "ical.js").exists():
        missing("ical.js")
    asked = [node, PEERS / "expand.mjs", FROM.isoformat(), TO.isoformat()]
    answer = subprocess.run(asked, input=ics, capture_output=True, check=True)
    return sorted(datetime.fromisoformat(line) for line in answer.stdout.decode().split())


class _Span(ctypes.Structure):
    _fields_ = [("start", ctypes.c_long), ("end", ctypes.c_long), ("busy", ctypes.c_int)]


class _Time(ctypes.Structure):
    """struct icaltimetype of libical 3."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


_Visit = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(_Span), ctypes.c_void_p)
_RESULTS = {
    "icalparser_parse_string": ctypes.c_void_p,
    "icalcomponent_get_first_component": ctypes.c_void_p,
    "icalcomponent_get_next_component": ctypes.c_void_p,
    "icalcomponent_as_ical_string_r": ctypes.c_char_p,
    "icaltime_from_timet_with_zone": _Time,
    "icaltimezone_get_utc_timezone": ctypes.c_void_p,
    "icalcomponent_get_recurrenceid": _Time,
    "icalcomponent_get_dtstart": _Time,
    "icaltime_as_timet_with_zone": ctypes.c_long,
    "icalrestriction_check": ctypes.c_int,
    "icalcomponent_string_to_kind": ctypes.c_int,
}


def libical() -> ctypes.CDLL:
    """libical 3, of Evolution and many others."""
    name = ctypes.util.find_library("ical")
    if name is None:
        missing("libical3")
    library = ctypes.CDLL(name)
    for function, result in _RESULTS.items():
        getattr(library, function).restype = result
    return library


def _parsed(library: ctypes.CDLL, ics: bytes) -> ctypes.c_void_p:
    return ctypes.c_void_p(library.icalparser_parse_string(ics))


def _events(library: ctypes.CDLL, calendar: ctypes.c_void_p):
    kind = library.icalcomponent_string_to_kind(b"VEVENT")
    event = library.icalcomponent_get_first_component(calendar, kind)
    while event:
        yield ctypes.c_void_p(event)
        event = library.icalcomponent_get_next_component(calendar, kind)


def _moment(library: ctypes.CDLL, at: datetime) -> _Time:
    utc = ctypes.c_void_p(library.icaltimezone_get_utc_timezone())
    return library.icaltime_from_timet_with_zone(ctypes.c_long(int(at.timestamp())), 0, utc)


def by_libical(ics: bytes) -> list[datetime]:
    library, starts = libical(), []

    @_Visit
    def visit(_event, span, _data):
        starts.append(datetime.fromtimestamp(span.contents.start, UTC))

    calendar, moved = _parsed(library, ics), set()
    between = _moment(library, FROM), _moment(library, TO)
    for event in _events(library, calendar):
        library.icalcomponent_foreach_recurrence(event, *between, visit, None)
        moved |= _original_start(library, event)
    library.icalcomponent_free(calendar)
    return sorted(start for start in starts if start not in moved)


def _original_start(library: ctypes.CDLL, event: ctypes.c_void_p) -> set[datetime]:
    """Which date of its series an override moves; like vobject, libical leaves that to its user."""
    at = library.icalcomponent_get_recurrenceid(event)
    if not at.year:
        return set()
    zone = library.icalcomponent_get_dtstart(event).zone  # the other is given without its zone
    second = library.icaltime_as_timet_with_zone(at, ctypes.c_void_p(zone))
    return {datetime.fromtimestamp(second, UTC)}


def complaints_of_libical(ics: bytes) -> list[str]:
    """What its check of RFC 5546 finds wrong with a message."""
    library = libical()
    calendar = _parsed(library, ics)
    library.icalrestriction_check(calendar)
    text = library.icalcomponent_as_ical_string_r(calendar).decode()
    library.icalcomponent_free(calendar)
    return [line for line in text.splitlines() if line.startswith("X-LIC-ERROR")]


EXPANDERS = [by_libical, by_ical_js, by_home_assistant, by_recurring_ical_events, by_vobject]
