"""BigBlueButton: the events of a recording."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from attendance.presence.reports.shapes import (
    Interval,
    Meeting,
    Notice,
    Report,
    ReportRefused,
    SeenPerson,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
RECENT_MS = 1_100_000_000_000
FAR_MS = 4_000_000_000_000
_DIGITS = 13
UNKNOWN = frozenset(["end_unknown"])
_JOINS = {"ParticipantJoinEvent", "ParticipantJoinedEvent"}
_LEAVES = {"ParticipantLeftEvent"}
_ENDS = {"EndAndKickAllEvent", "MeetingEndedEvent"}


def instant_of(milliseconds: int) -> datetime:
    """The instant in UTC of milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


@dataclass
class Guest:
    """Somebody by external id, over all the connections they used."""

    name: str
    external: str
    role: str
    spans: list[Interval] = field(default_factory=list)


def read_events(data: bytes) -> Report:
    """Presence from PARTICIPANT events; leaving the audio (VOICE) is not leaving the room."""
    root = _root(data)
    events = [(_number(one.get("timestamp")), one) for one in root.iter("event")]
    if root.tag != "recording" or not events:
        raise ReportRefused("format_unknown")
    shift = _shift(root, events)
    last = max(at for at, _ in events)
    guests = _guests(events, shift, last)
    if not guests:
        raise ReportRefused("nobody_inside")
    meeting = root.find("meeting")
    title = "" if meeting is None else meeting.get("name", "")
    start, end = instant_of(min(at for at, _ in events) + shift), instant_of(last + shift)
    return report("bbb_events", title, start, end, guests.values())


def _root(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ReportRefused("xml_unreadable") from error
    return root


def _number(text: str | None) -> int:
    printed = text or ""
    if not printed.isdecimal() or int(printed[:_DIGITS]) >= FAR_MS or len(printed) > _DIGITS:
        raise ReportRefused("date_unreadable", {"text": printed[:_DIGITS]})
    return int(printed)


def _shift(root: Element, events: list[tuple[int, Element]]) -> int:
    """What turns the counter of the server into milliseconds since 1970.

    Newer files print the instant in every event; else the meeting id ends with the instant of
    creation, taken as the first event.
    """
    first, element = min(events, key=lambda one: one[0])
    if first > RECENT_MS:
        return 0
    printed = element.findtext("timestampUTC")
    tail = (root.get("meeting_id") or "").rpartition("-")[2]
    for candidate in (printed, tail):
        if candidate and candidate.isdecimal() and RECENT_MS < int(candidate) < FAR_MS:
            return int(candidate) - first
    raise ReportRefused("no_dates")


def _guests(events: list[tuple[int, Element]], shift: int, last: int) -> dict[str, Guest]:
    guests: dict[str, Guest] = {}
    owner: dict[str, str] = {}
    opened: dict[str, int] = {}
    for at, event in sorted(events, key=lambda one: one[0]):
        if event.get("module") != "PARTICIPANT":
            continue
        kind, user = event.get("eventname"), event.findtext("userId") or ""
        if kind in _JOINS:
            external = event.findtext("externalUserId") or user
            guest = guests.setdefault(external, Guest("", external, ""))
            guest.name = guest.name or event.findtext("name") or external
            guest.role = guest.role or event.findtext("role") or ""
            owner[user] = external
            opened.setdefault(user, at)
        elif kind in _LEAVES:
            if user not in owner:
                raise ReportRefused("left_without_join", {"name": user})
            if user in opened:
                begun = opened.pop(user)
                guests[owner[user]].spans.append(_span(begun, at, shift))
        elif kind in _ENDS:
            _close_all(guests, owner, opened, at, shift)
    _close_all(guests, owner, opened, last, shift, flags=UNKNOWN)
    return guests


def _span(start: int, end: int, shift: int, flags: frozenset[str] = frozenset()) -> Interval:
    return Interval(instant_of(start + shift), instant_of(end + shift), flags)


def _close_all(
    guests: Mapping[str, Guest],
    owner: Mapping[str, str],
    opened: dict[str, int],
    at: int,
    shift: int,
    *,
    flags: frozenset[str] = frozenset(),
) -> None:
    for user, begun in opened.items():
        guests[owner[user]].spans.append(_span(begun, at, shift, flags))
    opened.clear()


def report(
    kind: str, title: str, start: datetime, end: datetime | None, guests: Iterable[Guest]
) -> Report:
    """The report on these guests; an end nobody knows is said of each."""
    everybody = tuple(
        SeenPerson(
            one.external,
            one.name,
            None,
            one.external,
            one.role,
            tuple(sorted(one.spans, key=lambda span: span.start)),
        )
        for one in guests
    )
    notices = tuple(
        Notice("end_unknown", {"name": one.name})
        for one in everybody
        if any("end_unknown" in span.flags for span in one.intervals)
    )
    return Report(kind, title, start, end, everybody, notices, (Meeting(title, start, end),))
