"""An event under its lock, and what has to follow when its parts move."""

from events.backstage.commands import drop_timer, set_timer
from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.programme import policies, states
from events.programme.facts import PartEnded
from events.programme.models import Event, Part, Series


def locked(event_id: int, *, by: Actor) -> Event:
    """The event, locked, for somebody who runs it; raises Missing or NotAllowed.

    Its series is locked first, because edits of a series lock in that order.
    """
    Series.objects.select_for_update(of=("self",), no_key=True).filter(events=event_id).first()
    event = Event.objects.select_for_update().filter(pk=event_id).first()
    if event is None:
        raise Missing
    policies.require_may_run(by, event)
    return event


def set_end(part: Part) -> None:
    """Let `PartEnded` happen at the planned end; for a cancelled part never."""
    key = f"part-ended:{part.pk}"
    if part.cancelled_at is None:
        set_timer(key, PartEnded(part_id=part.pk), due_at=part.ends_at)
    else:
        drop_timer(key)


def follow_parts(event: Event) -> None:
    """Number the parts by time, cancelled ones last; the event spans from the first to the last end.

    Part 1 is therefore always the first one that takes place. Callers hold the event's lock.
    """
    rows = Part.objects.filter(event=event)
    parts = sorted(rows, key=lambda part: (bool(part.cancelled_at), part.starts_at, part.pk))
    standing = [part for part in parts if part.cancelled_at is None]
    event.starts_at = min(part.starts_at for part in standing)
    event.ends_at = max(part.ends_at for part in standing)
    event.save(update_fields=["starts_at", "ends_at"])
    for number, part in enumerate(parts, start=1):
        _place(part, number, promised=event.state == states.PUBLISHED)


def _place(part: Part, number: int, *, promised: bool) -> None:
    if part.order != number:
        Part.objects.filter(pk=part.pk).update(order=number)
    if promised:
        set_end(part)
