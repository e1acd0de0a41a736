"""BigBlueButton: the events of a recording, and the file of the learning dashboard."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
_RECENT_MS = 1_100_000_000_000
_FAR_MS = 4_000_000_000_000
_DIGITS = 13
_UNKNOWN = frozenset(["end_unknown"])
_JOINS = {"ParticipantJoinEvent", "ParticipantJoinedEvent"}
_LEAVES = {"ParticipantLeftEvent"}
_ENDS = {"EndAndKickAllEvent", "MeetingEndedEvent"}


def _instant(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)


@dataclass
class _Guest:
    """Somebody by external id, over all the connections they used."""

    name: str
    external: str
    role: str
    spans: list[Interval] = field(default_factory=list)


def read_events(data: bytes) -> Report:
    """Presence from PARTICIPANT events; leaving the audio (VOICE) is not leaving the room."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ReportRefused("xml_unreadable") from error
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
    start, end = _instant(min(at for at, _ in events) + shift), _instant(last + shift)
    return _report("bbb_events", title, start, end, guests.values())


def _number(text: str | None) -> int:
    printed = text or ""
    if not printed.isdecimal() or int(printed[:_DIGITS]) >= _FAR_MS or len(printed) > _DIGITS:
        raise ReportRefused("date_unreadable", {"text": printed[:_DIGITS]})
    return int(printed)


def _shift(root: Element, events: list[tuple[int, Element]]) -> int:
    """What turns the counter of the server into milliseconds since 1970.

    Newer files print the instant in every event; else the meeting id ends with the instant of
    creation, taken as the first event.
    """
    first, element = min(events, key=lambda one: one[0])
    if first > _RECENT_MS:
        return 0
    printed = element.findtext("timestampUTC")
    tail = (root.get("meeting_id") or "").rpartition("-")[2]
    for candidate in (printed, tail):
        if candidate and candidate.isdecimal() and _RECENT_MS < int(candidate) < _FAR_MS:
            return int(candidate) - first
    raise ReportRefused("no_dates")


def _guests(events: list[tuple[int, Element]], shift: int, last: int) -> dict[str, _Guest]:
    guests: dict[str, _Guest] = {}
    owner: dict[str, str] = {}
    opened: dict[str, int] = {}
    for at, event in sorted(events, key=lambda one: one[0]):
        if event.get("module") != "PARTICIPANT":
            continue
        kind, user = event.get("eventname"), event.findtext("userId") or ""
        if kind in _JOINS:
            external = event.findtext("externalUserId") or user
            guest = guests.setdefault(external, _Guest("", external, ""))
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
    _close_all(guests, owner, opened, last, shift, flags=_UNKNOWN)
    return guests


def _span(start: int, end: int, shift: int, flags: frozenset[str] = frozenset()) -> Interval:
    return Interval(_instant(start + shift), _instant(end + shift), flags)


def _close_all(
    guests: Mapping[str, _Guest],
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


def _report(
    kind: str, title: str, start: datetime, end: datetime | None, guests: Iterable[_Guest]
) -> Report:
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


def read_dashboard(data: bytes) -> Report:
    """People of the learning dashboard by external id; all times are milliseconds since 1970."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ReportRefused("json_unreadable") from error
    if not isinstance(content, dict) or not isinstance(content.get("users"), dict):
        raise ReportRefused("format_unknown")
    start = _moment(content.get("createdOn"))
    end = _moment(content.get("endedOn") or 0)
    if start == 0:
        raise ReportRefused("no_dates")
    guests: dict[str, _Guest] = defaultdict(lambda: _Guest("", "", ""))
    for key, user in content["users"].items():
        _add_user(guests, key, _mapping(user), end)
    if not guests:
        raise ReportRefused("nobody_inside")
    title = content.get("name")
    closed = _instant(end) if end else None
    text = title if isinstance(title, str) else ""
    return _report("bbb_dashboard", text, _instant(start), closed, guests.values())


def _add_user(guests: dict[str, _Guest], key: str, user: Mapping[str, object], end: int) -> None:
    external = user.get("extId")
    name = user.get("name")
    identity = external if isinstance(external, str) and external else key
    guest = guests[identity]
    guest.external = identity
    guest.name = guest.name or (name if isinstance(name, str) and name else key)
    guest.role = guest.role or ("MODERATOR" if user.get("isModerator") is True else "VIEWER")
    for one in _mapping(user.get("intIds")).values():
        for session in _sessions(_mapping(one)):
            guest.spans.append(_session(session, end))
    if not guest.spans:
        raise ReportRefused("person_without_times", {"name": guest.name})


def _sessions(one: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Newer files list sessions; older ones print the two times directly."""
    sessions = one.get("sessions")
    if isinstance(sessions, list):
        yield from map(_mapping, sessions)
    else:
        yield one


def _session(session: Mapping[str, object], end: int) -> Interval:
    """A leaving of 0 means still inside; then the end of the meeting closes, if it is known."""
    joined, left = _moment(session.get("registeredOn")), _moment(session.get("leftOn") or 0)
    if joined == 0 or (left and left < joined):
        raise ReportRefused("leave_before_join", {"line": 1})
    if left:
        return Interval(_instant(joined), _instant(left))
    return Interval(_instant(joined), _instant(end) if end > joined else None, _UNKNOWN)


def _moment(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ReportRefused("date_unreadable", {"text": str(value)[:40]})
    if value != 0 and not _RECENT_MS < value < _FAR_MS:
        raise ReportRefused("date_unreadable", {"text": str(value)[:40]})
    return value


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ReportRefused("format_unknown")
    return value
