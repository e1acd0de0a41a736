"""What notices say of meetings."""

from collections.abc import Sequence
from datetime import datetime

from integrations.ports import Denied, RecordingFile, Sitting
from integrations.providers.bigbluebutton import happenings, reports
from integrations.providers.zoom import events
from integrations.providers.zoom import sittings as zoom
from integrations.webhooks.models import Receipt

REPORT, HAPPENED, RECORDED = "report", "happened", "recorded"


def sittings_told(account_id: int, key: str) -> Sequence[Sitting]:
    """The sittings of a room as its server told them, in order of their start.

    `key` is that of a BigBlueButton room or the number of a Zoom meeting. Of one BigBlueButton session
    the report counts, and what hooks told only where no report came: it may have been lost, and is
    never sent twice.
    """
    rows = list(Receipt.objects.filter(account_id=account_id, about=key).order_by("pk"))
    bodies = {
        kind: [bytes(row.body) for row in rows if row.kind == kind] for kind in (REPORT, HAPPENED)
    }
    if not any(bodies.values()):
        return zoom.sittings([event for row in rows for event in _events(bytes(row.body))])
    told = {sitting.record_id: sitting for sitting in map(_report, bodies[REPORT]) if sitting}
    seen = happenings.sittings([item for body in bodies[HAPPENED] for item in _happened(body)])
    found = {sitting.record_id: sitting for sitting in seen} | told
    return sorted(found.values(), key=lambda sitting: sitting.started_at)


def recordings_told(
    account_id: int, key: str, *, since: datetime, until: datetime
) -> Sequence[RecordingFile]:
    """The recordings of a Zoom meeting that began in the span, as notices named them; the last counts."""
    rows = Receipt.objects.filter(account_id=account_id, about=key, kind=RECORDED).order_by("pk")
    told = [file for row in rows for event in _events(bytes(row.body)) for file in event.files]
    inside = [one for one in told if one.started_at is not None and since <= one.started_at < until]
    return list({one.remote_id: one for one in inside}.values())


def _events(body: bytes) -> Sequence[events.Event]:
    try:
        return [events.read(body)]
    except Denied:
        return ()


def _report(body: bytes) -> Sitting | None:
    try:
        return reports.read(body)[1]
    except Denied:
        return None


def _happened(body: bytes) -> Sequence[happenings.Happening]:
    try:
        return happenings.read(body)
    except Denied:
        return ()
