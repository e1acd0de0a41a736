"""Reactions of this room. Handlers read the present; the fact is only a wake-up."""

from datetime import datetime

from events.backstage.reactions import Save
from events.programme.facts import EventCancelled, EventChanged, EventPublished
from integrations.sync import keeping, pulling, pushing
from integrations.sync.facts import LinkDue, NoticeCame

EventFact = EventPublished | EventChanged | EventCancelled


def keep(fact: EventFact, *, at: datetime) -> None:
    """An event was promised, changed or cancelled: bring its links in step (inner)."""
    keeping.keep(fact.event_id, at=at)


def push(fact: LinkDue, *, at: datetime) -> Save | None:
    """An entry is due (outer, in the lane of its account)."""
    return pushing.push(fact.link_id, at=at)


def pull(fact: NoticeCame, *, at: datetime) -> Save | None:
    """The calendar of an account is to be read (outer, in the same lane)."""
    return pulling.pull(fact.account_id, noticed_at=fact.noticed_at, at=at)
