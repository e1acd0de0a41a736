"""Reactions of this room. Handlers read the present; the fact is only a wake-up."""

from datetime import datetime

from events.availability.facts import BusyTimesDue
from events.backstage.reactions import Save
from integrations.busy import fetching


def fetch(fact: BusyTimesDue, *, at: datetime) -> Save | None:
    """A calendar is to be asked when people are busy (outer, in a lane of its account)."""
    return fetching.fetch(fact.source_id, at=at)
