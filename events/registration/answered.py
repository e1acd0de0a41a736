"""One's own answers about recordings, on the page of one's own data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from events.consents import queries as consents
from events.consents.models import Consent
from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import queries as programme
from events.programme.models import Event


@dataclass(frozen=True)
class Answered:
    """The last answer to one question: an event, or a talk of it (`about`)."""

    event: Event
    about: str
    yes: bool
    at: datetime


def answers(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get at
    """What somebody said about being in recordings, the newest first; of others nothing."""
    if actor.person_id != ids["person_id"]:
        return None
    last: dict[tuple[int, str], Consent] = {}
    rows = consents.of_person(ids["person_id"]).filter(purpose="recording", thing="event")
    for row in rows:
        last[row.thing_id, row.about] = row
    events = programme.events_for_work({event_id for event_id, _about in last})
    found = [
        Answered(events[row.thing_id], row.about, row.yes, row.at)
        for row in sorted(last.values(), key=lambda row: -row.pk)
        if row.thing_id in events
    ]
    return Panel("registration/answers.html", found, order=20) if found else None
