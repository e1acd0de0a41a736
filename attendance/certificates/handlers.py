"""Reactions of this room."""

from datetime import datetime

from attendance.presence.facts import PresenceSettled
from events.backstage import jobs
from events.kernel.actors import Actor
from events.programme import queries as programme


def bring_in_step(fact: PresenceSettled, *, at: datetime) -> None:
    """Start the job that makes certificates fit the verdicts."""
    jobs.start(
        "certificates",
        key=f"event:{fact.event_id}:{fact.version}",
        params={"event_id": fact.event_id, "place": f"/attendance/{fact.event_id}/"},
        by=Actor(person_id=programme.outline(fact.event_id).organiser_id),
        at=at,
        total=None,
    )
