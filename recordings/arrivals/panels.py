"""Recordings on the page of their event, for whoever runs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import queries as programme
from events.programme import states
from recordings.library import queries
from recordings.library.models import Recording


@dataclass(frozen=True)
class Desk:
    """The recordings of an event, and whether one can be added."""

    event_id: int
    rows: list[Recording]


def desk(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """From the start of the event on: its recordings, and a way to add one."""
    event = programme.run_by(actor).filter(pk=ids["event_id"], starts_at__lte=at).first()
    if event is None or event.state in {states.DRAFT, states.CANCELLED}:
        return None
    return Panel("arrivals/desk.html", Desk(event.pk, list(queries.of_event(event.pk))), order=45)
