"""The report that a server sends after a meeting (analytics callback), as a sitting.

Format 1.0 of record-and-playback's `post_events_analytics_callback.rb`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from integrations.ports import Attendee, Denied, Sitting
from integrations.ports.spans import Span, pair
from integrations.providers.bigbluebutton.times import instant

NOT_OURS = "w_"  # ids that the server gives to guests who came without one


def read(body: bytes) -> tuple[str, Sitting]:
    """The meeting's key and its sitting; raises Denied for a body that is no report."""
    code = "request_refused"
    try:
        report = json.loads(body)
        return str(report["meeting_id"]), _sitting(report)
    except (ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise Denied(code, "The body is no report of format 1.0.") from trouble


def _sitting(report: Mapping[str, object]) -> Sitting:
    data = _mapping(report["data"])
    started = instant(data.get("start"))
    if started is None:
        message = "start"
        raise ValueError(message)
    ended = instant(data.get("finish")) or started + timedelta(
        seconds=_number(data.get("duration"))
    )
    return Sitting(
        record_id=str(report["internal_meeting_id"]), started_at=started, ended_at=ended,
        people=[_attendee(_mapping(item), end=ended) for item in _list(data.get("attendees"))],
    )  # fmt: skip


def _attendee(item: Mapping[str, object], *, end: datetime) -> Attendee:
    given = item.get("ext_user_id")
    ours = "" if given is None else str(given)
    return Attendee(
        name=str(item.get("name") or ""), spans=_spans(item, end=end),
        ours="" if ours.startswith(NOT_OURS) else ours, host=item.get("moderator") is True,
    )  # fmt: skip


def _spans(item: Mapping[str, object], *, end: datetime) -> Sequence[Span]:
    """Paired within each session; joins and leaves beside them can differ in number."""
    sessions = _mapping(item.get("sessions") or {})
    if not sessions:
        return pair(_instants(item.get("joins")), _instants(item.get("leaves")), end=end)
    return [
        span
        for session in sessions.values()
        for span in pair(
            _instants(_mapping(session).get("joins")),
            _instants(_mapping(session).get("lefts")), end=end,
        )
    ]  # fmt: skip


def _instants(values: object) -> Iterable[datetime]:
    texts = (item.get("timestamp") if isinstance(item, dict) else item for item in _list(values))
    return [found for found in map(instant, texts) if found is not None]


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(type(value).__name__)
    return value
