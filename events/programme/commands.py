"""Plan, change, publish, cancel and close events."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from events.backstage.commands import audit, drop_timer, record
from events.kernel import chance
from events.kernel.actors import Actor
from events.kernel.transitions import step
from events.kinds.models import Mode
from events.programme import occurrences, states
from events.programme.facts import (
    EventCancelled,
    EventClosed,
    EventPublished,
)
from events.programme.locked import follow_parts, set_end
from events.programme.locked import locked as _locked
from events.programme.models import Event, Part, Series, Slot
from events.programme.moving import require_apart, retitle_others, tell_moved, times_of
from events.programme.plans import (
    Plan,
    fill_slots,
    kind_and_organiser,
    present_plan,
    slug_for,
    write_event,
    write_part,
)
from events.programme.refusals import (
    NotEnded,
    ReasonMissing,
    TooLateToAnnounce,
    TooLateToPublish,
    TooLateToUndo,
)

__all__ = [
    "TOLD",
    "UNDO_SECONDS",
    "Plan",
    "attach_link",
    "cancel",
    "change",
    "close",
    "plan",
    "present_plan",
    "publish",
    "set_running_order",
    "unpublish",
]

UNDO_SECONDS = 10


@transaction.atomic
def plan(wish: Plan, *, by: Actor, at: datetime) -> Event:
    """Make a draft with one part and the running order of its kind."""
    kind, organiser_id = kind_and_organiser(wish, by=by)
    slug = slug_for(wish.title)
    event = Event(kind=kind, organiser_id=organiser_id, created_at=at, slug=slug)
    write_event(event, wish, at=at)
    part = Part(event=event, uid=f"{chance.uuid()}@kolega")
    write_part(part, wish)
    fill_slots(part, kind)
    audit("event_planned", by=by, at=at, thing="event", thing_id=event.pk)
    return event


TOLD = ("title", "starts", "zone", "minutes", "mode", "venue_id", "join_url", "dial_in")


@transaction.atomic
def change(event_id: int, wish: Plan, *, by: Actor, at: datetime) -> Event:
    """Change an event; people are told (and SEQUENCE rises) when time, place, link or title moved."""
    event = _locked(event_id, by=by)
    event.state = step(states.EVENT, event.state, "change")
    part = Part.objects.select_for_update().get(event=event, order=1)
    before, was = present_plan(event, part), times_of(part)
    wish = replace(wish, kind=before.kind)
    if wish.recorded and not before.recorded and at >= event.starts_at:
        raise TooLateToAnnounce(field="recorded")
    moved = [name for name in TOLD if getattr(before, name) != getattr(wish, name)]
    if event.series_id is not None:
        _note_by_hand(event, before, wish, at=at)
    write_event(event, wish, at=at)
    part.sequence += bool(moved)
    write_part(part, wish)
    require_apart(event)
    follow_parts(event)
    audit("event_changed", by=by, at=at, thing="event", thing_id=event.pk,
          changes={name: [str(getattr(before, name)), str(getattr(wish, name))] for name in moved})  # fmt: skip
    if moved and event.state == states.PUBLISHED:
        tell_moved(event, part, tuple(moved), was=was, at=at)
        if "title" in moved:
            retitle_others(event, part, at=at)
    return event


def _note_by_hand(event: Event, before: Plan, wish: Plan, *, at: datetime) -> None:
    """What is changed on one date survives edits of its series."""
    event.by_hand = occurrences.by_hand(event, before, wish)
    _note_in_series(event, at=at)


@transaction.atomic
def note_by_hand(event_id: int, name: str, *, by: Actor, at: datetime) -> None:
    """Note that a room further out changed something of one date alone, its places for instance."""
    event = _locked(event_id, by=by)
    if event.series_id is not None:
        event.by_hand = sorted({*event.by_hand, name})
        event.save(update_fields=["by_hand"])
        _note_in_series(event, at=at)


def _note_in_series(event: Event, *, at: datetime) -> None:
    Series.objects.filter(events=event).update(sequence=F("sequence") + 1, changed_at=at)


@transaction.atomic
def attach_link(
    part_id: int, *, join_url: str, dial_in: str = "", former: str = "", by: Actor, at: datetime
) -> bool:
    """Give a part the meeting that a service made for it; False where a person gave it another.

    Writes over nothing but an empty link or `former`, the one attached before. Nobody is told by
    mail: letters and calendars carry addresses of ours, which lead there.
    """
    found = Part.objects.filter(pk=part_id, cancelled_at=None).first()
    if found is None:
        return False
    event = _locked(found.event_id, by=by)
    part = Part.objects.select_for_update().get(pk=part_id)
    if part.mode == Mode.ROOM or part.join_url not in {"", former}:
        return False
    before, part.join_url, part.dial_in = part.join_url, join_url, dial_in
    part.save(update_fields=["join_url", "dial_in"])
    audit("link_attached", by=by, at=at, thing="event", thing_id=event.pk,
          changes={"join_url": [before, join_url]})  # fmt: skip
    return True


@transaction.atomic
def set_running_order(part_id: int, slots: list[Slot], *, by: Actor, at: datetime) -> None:
    """Replace the running order of a part."""
    part = Part.objects.get(pk=part_id)
    event = _locked(part.event_id, by=by)
    Slot.objects.filter(part=part).delete()
    for number, slot in enumerate(slots, start=1):
        slot.part, slot.order = part, number
    Slot.objects.bulk_create(slots)
    audit("running_order_set", by=by, at=at, thing="event", thing_id=event.pk)


@transaction.atomic
def publish(event_id: int, *, by: Actor, at: datetime) -> Event:
    """Promise the event to its audience; invitations leave after UNDO_SECONDS."""
    event = _locked(event_id, by=by)
    event.state = step(states.EVENT, event.state, "publish")
    if event.starts_at <= at:
        raise TooLateToPublish
    event.published_at = at
    event.changed_at = at
    event.save(update_fields=["state", "published_at", "changed_at"])
    for part in event.parts.all():
        set_end(part)
    audit("event_published", by=by, at=at, thing="event", thing_id=event.pk)
    record(EventPublished(event_id=event.pk), at=at)
    return event


@transaction.atomic
def unpublish(event_id: int, *, by: Actor, at: datetime) -> Event:
    """Undo publishing before the mails leave; raises TooLateToUndo afterwards."""
    event = _locked(event_id, by=by)
    event.state = step(states.EVENT, event.state, "unpublish")
    if event.published_at and at >= event.published_at + timedelta(seconds=UNDO_SECONDS):
        raise TooLateToUndo
    event.published_at = None
    event.save(update_fields=["state", "published_at"])
    for part in event.parts.all():
        drop_timer(f"part-ended:{part.pk}")
    audit("event_unpublished", by=by, at=at, thing="event", thing_id=event.pk)
    return event


@transaction.atomic
def cancel(event_id: int, *, reason: str, by: Actor, at: datetime) -> Event:
    """Cancel for good; everybody registered is told why."""
    event = _locked(event_id, by=by)
    published = event.state == states.PUBLISHED
    event.state = step(states.EVENT, event.state, "cancel")
    if published and not reason.strip():
        raise ReasonMissing
    event.cancel_reason, event.changed_at = reason.strip()[:300], at
    event.save(update_fields=["state", "cancel_reason", "changed_at"])
    end_parts(event)
    _note_in_series(event, at=at)
    audit("event_cancelled", by=by, at=at, thing="event", thing_id=event.pk)
    if published:
        record(EventCancelled(event_id=event.pk), at=at)
    return event


def end_parts(event: Event) -> None:
    """Calendars take a cancellation only with a higher SEQUENCE."""
    for part in event.parts.select_for_update().filter(cancelled_at=None):
        part.sequence += 1
        part.save(update_fields=["sequence"])
        drop_timer(f"part-ended:{part.pk}")


@transaction.atomic
def close(event_id: int, *, by: Actor, at: datetime) -> Event:
    """Say that attendance is complete; raises NotEnded before the planned end."""
    event = _locked(event_id, by=by)
    event.state = step(states.EVENT, event.state, "close")
    if at < event.ends_at:
        raise NotEnded
    event.changed_at = at
    event.save(update_fields=["state", "changed_at"])
    audit("event_closed", by=by, at=at, thing="event", thing_id=event.pk)
    record(EventClosed(event_id=event.pk), at=at)
    return event
