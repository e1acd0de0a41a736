"""Set and drop the timers of reminders."""

from datetime import datetime, timedelta

from django.db import transaction

from events.backstage.commands import drop_timer, set_timer
from events.kinds.models import Mode
from events.programme import states
from events.programme.models import Part
from events.reminders import rules
from events.reminders.facts import ReminderDue

AHEAD = timedelta(days=3)


def timer_key(part_id: int, code: str) -> str:
    """The name of one timer."""
    return f"remind:{part_id}:{code}"


@transaction.atomic
def keep_timers(event_id: int, *, at: datetime) -> None:
    """Bring the timers of an event's parts in step with what is planned now; a repeat is harmless."""
    for part in Part.objects.filter(event_id=event_id).select_related("event"):
        for offset in rules.OFFSETS.values():
            _keep(part, offset, at=at)


def _keep(part: Part, offset: rules.Offset, *, at: datetime) -> None:
    due = rules.due_at(offset, part.wall, part.zone)
    stands = part.event.state == states.PUBLISHED and part.cancelled_at is None
    wanted = stands and due > at
    if wanted and not (offset.online_only and part.mode == Mode.ROOM):
        set_timer(
            timer_key(part.pk, offset.code),
            ReminderDue(part_id=part.pk, offset=offset.code),
            due_at=due,
        )
    else:
        drop_timer(timer_key(part.pk, offset.code))


def look_ahead(*, at: datetime) -> None:
    """Keep the timers of everything that starts in the next days, however it came to be planned."""
    coming = Part.objects.filter(
        starts_at__gt=at, starts_at__lte=at + AHEAD, event__state=states.PUBLISHED
    )
    for event_id in coming.order_by("event_id").values_list("event_id", flat=True).distinct():
        keep_timers(event_id, at=at)
