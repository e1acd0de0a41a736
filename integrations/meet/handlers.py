"""Reactions of this room. Handlers read the present; the fact is only a wake-up."""

from datetime import datetime

from events.programme.facts import EventChanged, EventPublished
from integrations.meet import attaching


def attach(fact: EventPublished | EventChanged, *, at: datetime) -> None:
    """An event was promised or changed: its parts may lack a link (inner)."""
    attaching.attach(fact.event_id, at=at)
