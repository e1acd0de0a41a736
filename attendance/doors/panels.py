"""What the door shows on the page of an event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import policies, queries

SOON = timedelta(days=1)


@dataclass(frozen=True)
class Door:
    """Ways to the door and to attendance for those who run the event."""

    event_id: int
    soon: bool
    ended: bool
    state: str


def run_panel(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """Links for those who run the event; nothing for a draft."""
    event = queries.event_for_work(ids["event_id"])
    if event.state not in {"published", "closed"} or not policies.may_run(actor, event):
        return None
    soon = at >= event.starts_at - SOON
    return Panel("doors/run.html", Door(event.pk, soon, at >= event.ends_at, event.state), order=20)
