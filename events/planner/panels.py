"""What the planner adds to the page of an event: undo, and the tools of those who run it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import policies as may
from events.programme import states
from events.programme.commands import UNDO_SECONDS
from events.programme.models import Event, Part


@dataclass(frozen=True)
class Tools:
    """What one can do with an event in its present state."""

    event: Event
    part: Part
    more: list[Part]
    address: str
    draft: bool
    changeable: bool


def undo(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """The notice with *Undo*, as long as no mail has left."""
    if actor.person_id is None:
        return None
    event = Event.objects.filter(pk=ids["event_id"], state=states.PUBLISHED).first()
    if event is None or event.published_at is None or not may.may_run(actor, event):
        return None
    if at >= event.published_at + timedelta(seconds=UNDO_SECONDS):
        return None
    return Panel("planner/undo.html", event, order=10)


def run(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """Buttons and the text for the messenger group."""
    found = list(
        Part.objects.filter(event_id=ids["event_id"], cancelled_at=None).select_related(
            "event", "event__kind", "event__host_school", "venue"
        )
    )
    part = found[0] if found else None
    if part is None or not may.may_run(actor, part.event):
        return None
    event = part.event
    values = Tools(
        event=event,
        part=part,
        more=found[1:],
        address=settings.BASE_URL + reverse("event", args=[event.slug]),
        draft=event.state == states.DRAFT,
        changeable=event.state in {states.DRAFT, states.PUBLISHED} and at < event.ends_at,
    )
    return Panel("planner/run.html", values, order=10)
