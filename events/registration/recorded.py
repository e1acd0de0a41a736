"""Whether somebody who takes part may be seen and heard in the recording."""

from datetime import datetime

from django.http import QueryDict

from events.consents import commands, queries
from events.kernel.actors import Actor
from events.programme import queries as programme
from events.programme.models import Event
from events.registration.models import Registration

# The form that asks sends this, so that a form without the question answers nothing.
ASKED, FIELD = "recorded_asked", "recorded"


def keep_answer(
    sent: QueryDict, event: Event, *, person_id: int, where: str, by: Actor, at: datetime
) -> None:
    """Keep what a form said about the recording; an unticked box is a no."""
    if not event.recorded or ASKED not in sent:
        return
    commands.answer(
        queries.recording_of(event.pk), person_id=person_id, yes=sent.get(FIELD) == "yes",
        where=where, by=by, at=at,
    )  # fmt: skip


def only_answers(sent: QueryDict, held: Registration | None, way: str) -> bool:
    """Whether a form asks for nothing but its question: the way is the one that is held already.

    Such an answer is kept also after registration has closed and after the event.
    """
    return (
        ASKED in sent and held is not None and held.way == way and held.state in Registration.HOLDS
    )


def said(event: Event, person_id: int) -> str:
    """`yes`, `no`, or `ask` when this version was not answered; empty where nothing is recorded."""
    if not event.recorded:
        return ""
    answer = queries.agrees(queries.recording_of(event.pk), person_id)
    return {True: "yes", False: "no", None: "ask"}[answer]


def talks_of(event_id: int, person_id: int) -> list[str]:
    """Titles of the talks somebody gives at an event, each once."""
    slots = (slot for row in programme.running_orders(event_id).values() for slot in row)
    return list(dict.fromkeys(
        slot.title for slot in slots if slot.presenter_id == person_id and slot.title
    ))  # fmt: skip
