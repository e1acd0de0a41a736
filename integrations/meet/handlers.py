"""Reactions of this room. Handlers read the present; the fact is only a wake-up."""

from datetime import datetime

from events.kernel.actors import system
from events.programme import commands as programme
from events.programme import queries as parts
from events.programme import states
from events.programme.facts import EventChanged, EventPublished
from integrations.meet import ways
from integrations.sync import rooms

BY = system("meet")


def attach(fact: EventPublished | EventChanged, *, at: datetime) -> None:
    """Give the parts of a published event their join link, where they meet at a server of ours.

    A link that a person entered stays.
    """
    event = parts.event_for_work(fact.event_id)
    if event.state != states.PUBLISHED or at >= event.ends_at:
        return
    lacking = [
        part for part in parts.parts_of(event.pk) if part.mode != "room" and not part.join_url
    ]
    if not lacking or rooms.account_of(event.pk) is None:
        return
    for part in lacking:
        link = ways.standing(part.pk)
        programme.attach_link(part.pk, join_url=link, dial_in=part.dial_in, by=BY, at=at)
