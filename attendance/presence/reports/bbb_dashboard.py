"""BigBlueButton: the file of the learning dashboard."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from attendance.presence.reports.bbb import FAR_MS, RECENT_MS, UNKNOWN, Guest, instant_of, report
from attendance.presence.reports.shapes import (
    Interval,
    Report,
    ReportRefused,
)


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
    guests: dict[str, Guest] = defaultdict(lambda: Guest("", "", ""))
    for key, user in content["users"].items():
        _add_user(guests, key, _mapping(user), end)
    if not guests:
        raise ReportRefused("nobody_inside")
    title = content.get("name")
    closed = instant_of(end) if end else None
    text = title if isinstance(title, str) else ""
    return report("bbb_dashboard", text, instant_of(start), closed, guests.values())


def _add_user(guests: dict[str, Guest], key: str, user: Mapping[str, object], end: int) -> None:
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
        return Interval(instant_of(joined), instant_of(left))
    return Interval(instant_of(joined), instant_of(end) if end > joined else None, UNKNOWN)


def _moment(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ReportRefused("date_unreadable", {"text": str(value)[:40]})
    if value != 0 and not RECENT_MS < value < FAR_MS:
        raise ReportRefused("date_unreadable", {"text": str(value)[:40]})
    return value


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ReportRefused("format_unknown")
    return value
