"""Reactions of this room."""

from datetime import datetime

from attendance.presence import commands
from events.kernel.actors import system
from events.programme.facts import EventClosed


def settle(fact: EventClosed, *, at: datetime) -> None:
    """Judge everybody when the organiser closes the event."""
    commands.settle(fact.event_id, by=system("presence"), at=at)
