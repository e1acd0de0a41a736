"""What notices say of meetings."""

from collections.abc import Sequence

from integrations.ports import Denied, Sitting
from integrations.providers.bigbluebutton import happenings, reports
from integrations.webhooks.models import Receipt

REPORT, HAPPENED = "report", "happened"


def sittings_told(account_id: int, key: str) -> Sequence[Sitting]:
    """The sittings of a BigBlueButton room as its server told them, in order of their start.

    Of one session the report counts, and what hooks told only where no report came: it may have been
    lost, and is never sent twice.
    """
    rows = Receipt.objects.filter(account_id=account_id, about=key).order_by("pk")
    bodies = {
        kind: [bytes(row.body) for row in rows if row.kind == kind] for kind in (REPORT, HAPPENED)
    }
    told = {sitting.record_id: sitting for sitting in map(_report, bodies[REPORT]) if sitting}
    seen = happenings.sittings([item for body in bodies[HAPPENED] for item in _happened(body)])
    found = {sitting.record_id: sitting for sitting in seen} | told
    return sorted(found.values(), key=lambda sitting: sitting.started_at)


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
