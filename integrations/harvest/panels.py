"""What the board and the list of attendance say about fetching."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from attendance.presence import policies
from attendance.presence import queries as presence
from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import policies as programme
from integrations.harvest import keeping, queries, rules, words
from integrations.harvest.keeping import Kept
from integrations.harvest.models import HarvestRow

SHOWN, VIDEO = 10, "video"


@dataclass(frozen=True)
class Line:
    """One meeting. `look`: done, later (came, looked at again), waiting, risk, nothing or lost.

    `recordings` are those that are ready there or were fetched; `making` counts those that are not.
    """

    row: HarvestRow
    service: str
    look: str
    reason: str
    guide: str
    recordings: tuple[Kept, ...] = ()
    making: int = 0


@dataclass(frozen=True)
class Shown:
    """The meetings of an event, and whether one can be asked for at once."""

    event_id: int
    lines: tuple[Line, ...]
    askable: bool


def fetched(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """Where fetching stands, for who keeps the attendance; nothing while nothing is fetched."""
    rows = queries.of_event(ids["event_id"])
    if not rows or not policies.may_keep(actor, rows[0].part.event):
        return None
    helped = presence.parts_with_reports(row.part_id for row in rows)
    fetches = programme.may_run(actor, rows[0].part.event)
    lines = tuple(_line(row, helped=row.part_id in helped, may_fetch=fetches) for row in rows)
    states = (HarvestRow.State.WAITING, HarvestRow.State.NOTHING)
    askable = any(row.state in states and row.deadline_at > at for row in rows)
    return Panel("harvest/panel.html", Shown(ids["event_id"], lines, askable))


def _line(row: HarvestRow, *, helped: bool, may_fetch: bool = False) -> Line:
    provider = row.account.provider
    look = _look(row, helped=helped)
    service = words.service_of(row.account)
    held = [one for one in getattr(row, "held", ()) if one["kind"] == VIDEO]
    shown = [one for one in held if one["state"] in rules.READY or one["fetch"]]
    kept = tuple(keeping.kept(one, row, may_fetch=may_fetch) for one in shown)
    return Line(
        row, service, look, words.reason(row), words.guide(provider), kept,
        sum(one["state"] in rules.MAKING for one in held),
    )  # fmt: skip


def _look(row: HarvestRow, *, helped: bool) -> str:
    if row.fetched_at is not None:
        return "later" if row.state == HarvestRow.State.WAITING else "done"
    if row.state != HarvestRow.State.WAITING:
        return str(row.state)
    return "risk" if queries.is_at_risk(row) and not helped else "waiting"


def at_risk(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get ids and at
    """Meetings whose attendance may be lost, soonest first, for who runs their events."""
    rows = queries.at_risk(actor, limit=SHOWN)
    lines = tuple(_line(row, helped=False) for row in rows)
    return Panel("harvest/risks.html", lines) if lines else None
