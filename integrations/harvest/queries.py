"""Questions about meetings whose attendance is fetched."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from attendance.presence import queries as presence
from events.kernel.actors import Actor
from events.programme import queries as programme
from integrations.accounts.models import Account
from integrations.harvest.models import HarvestRow, HeldRecording

HELD = {
    "id": "pk", "kind": "kind", "state": "state", "url": "url", "downloads": "downloads",
    "checksum": "checksum", "fetch": "fetch__state", "loaded": "fetch__loaded",
    "size": "fetch__size", "fetched": "fetch__checksum", "error": "fetch__last_error",
    "slug": "fetch__recording__slug",
}  # fmt: skip
WAITING = HarvestRow.State.WAITING
BROKEN = (Account.State.RECONNECT, Account.State.TROUBLED, Account.State.OFF)


def for_work(harvest_id: int) -> HarvestRow | None:
    """A row with its account, without a policy."""
    return HarvestRow.objects.select_related("account").filter(pk=harvest_id).first()


def of_event(event_id: int) -> list[HarvestRow]:
    """The rows of an event, each with account, part and event, and its recordings as `held`; one query.

    `held` are dictionaries with the names of `HELD`, the oldest recording first.
    """
    held = HeldRecording.objects.filter(harvest_id=OuterRef("pk")).order_by("started_at", "pk")
    shown = held.values(one=JSONObject(**HELD))
    rows = HarvestRow.objects.filter(part__event_id=event_id).annotate(held=ArraySubquery(shown))
    return list(rows.select_related("account", "part__event").order_by("part__starts_at", "pk"))


def unfetched() -> QuerySet[HarvestRow]:
    """Rows of which nothing came yet and something may still come, soonest lost first."""
    rows = HarvestRow.objects.filter(state=WAITING, fetched_at=None)
    return rows.select_related("account", "part", "part__event").order_by("deadline_at", "pk")


def at_risk(by: Actor, *, limit: int) -> list[HarvestRow]:
    """Meetings of events the actor runs whose attendance may be lost, soonest first.

    Something stands in the way, or it is time to warn; a report handed in by a person ends it.
    """
    trouble = ~Q(last_error="") | Q(account__state__in=BROKEN) | Q(warned_at__isnull=False)
    events = programme.run_by(by).values("pk")
    rows = list(unfetched().filter(trouble, part__event_id__in=events)[: 2 * limit])
    helped = presence.parts_with_reports(row.part_id for row in rows)
    return [row for row in rows if row.part_id not in helped][:limit]


def is_at_risk(row: HarvestRow) -> bool:
    """The same for one row, without asking for handed in reports."""
    trouble = bool(row.last_error) or row.account.state in BROKEN or row.warned_at is not None
    return row.state == WAITING and row.fetched_at is None and trouble
