"""Reactions: timers follow the event; a timer that is due starts the letters."""

from datetime import datetime

from events.backstage import jobs
from events.kernel.actors import system
from events.programme import queries as programme
from events.programme.facts import EventCancelled, EventChanged, EventPublished
from events.reminders import commands, queries, rules, tasks
from events.reminders.facts import ReminderDue


def keep_timers(fact: EventPublished | EventChanged | EventCancelled, *, at: datetime) -> None:
    """Set, move or drop the timers of an event."""
    commands.keep_timers(fact.event_id, at=at)


def remind(fact: ReminderDue, *, at: datetime) -> None:
    """Start the letters of one reminder, if the event still calls for it now."""
    part = programme.find_part(fact.part_id)
    offset = rules.OFFSETS.get(fact.offset)
    if part is None or offset is None or not tasks.calls_for(part, offset, at=at):
        return
    jobs.start(
        "remind",
        key=f"{part.pk}:{offset.code}",
        params={"part_id": part.pk, "offset": offset.code},
        by=system("reminders"),
        at=at,
        total=queries.still_to_remind(part, offset).count(),
    )
