"""Recordings on pages of rooms further in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from recordings.library import queries
from recordings.library.models import Recording
from recordings.viewing import catalogue


@dataclass(frozen=True)
class Recorded:
    """The recordings of an event that the reader can open, with how each stands."""

    lines: list[tuple[Recording, str, int]]


def of_event(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """What can be watched later of an event; whoever runs it also sees what is not up yet."""
    rows = queries.visible_to(actor, at=at).filter(event_id=ids["event_id"]).order_by("pk")
    lines = [(row, _standing(row, at=at), -(-row.length_ms // catalogue.MINUTE)) for row in rows]
    return Panel("viewing/of_event.html", Recorded(lines), order=20) if lines else None


def _standing(row: Recording, *, at: datetime) -> str:
    return "up" if row.watchable(at) else row.state
