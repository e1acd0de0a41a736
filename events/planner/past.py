"""A start that has passed: told at the date before anything is saved or published."""

from datetime import datetime
from typing import Any

from events.backstage import edge
from events.kernel.zones import instant
from events.planner.forms import EventForm
from events.planner.offers import Offer
from events.planner.repeatform import THIS
from events.programme.models import Event
from events.programme.refusals import TooLateToPublish

PAST = "past"


def look(form: EventForm, *, publish: bool, at: datetime) -> None:
    """Refuse to publish a start that has passed, and warn of one in a draft or a change."""
    if form.starts is None or form.errors:
        return
    begins = instant(form.starts, form.cleaned_data["zone"])
    if begins > at:
        return
    if publish and form.chosen_scope == THIS and form.repeat() is None:
        refuse(form)
    elif form.event is None or form.event.starts_at != begins:
        form.warnings.append("past")


def told(values: dict[str, Any], offer: Offer, event: Event) -> EventForm:
    """The form of an event as it is, with the mistake at its date."""
    typed = {**values, "start": f"{values['start']:%H:%M}"}
    form = EventForm(typed, offer=offer, event=event)
    refuse(form)
    return form


def refuse(form: EventForm) -> None:
    """Show at the date that the start has passed."""
    form.add_error("day", edge.sentence(TooLateToPublish()))
