"""What a visit shows on the page of its event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import policies as may
from events.programme.models import Event
from events.visits import policies


@dataclass(frozen=True)
class Desk:
    """Where those who run or host a visit go on."""

    event_id: int
    runs: bool
    hosts: bool


def desk(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get at
    """Links for who runs the visit and who looks after it at the host school."""
    if actor.person_id is None:
        return None
    event = Event.objects.select_related("kind").filter(pk=ids["event_id"]).first()
    if event is None or not (event.visitors or event.kind.is_visit):
        return None
    runs = may.may_run(actor, event)
    hosts = policies.may_host(actor, event) and may.may_see(actor, event)
    return Panel("visits/desk.html", Desk(event.pk, runs, hosts), order=20) if hosts else None
