"""Several parts of one event: add, change, call off.

The first part comes with the event (`commands.plan`). Parts never overlap, each has a UID and
SEQUENCE of its own, and the event spans from the first to the last of them.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit, drop_timer
from events.kernel import chance
from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.kernel.transitions import step
from events.programme import states
from events.programme.locked import follow_parts, locked
from events.programme.models import Event, Part, Slot
from events.programme.moving import require_apart, tell_moved, times_of
from events.programme.plans import Plan, present_plan, write_part
from events.programme.refusals import (
    DateOfSeries,
    LastPart,
    PartOver,
    ReasonMissing,
    TooManyParts,
)

MOST = 20
MOVES = ("starts", "zone", "minutes", "mode", "venue_id", "join_url", "dial_in")


@dataclass(frozen=True)
class PartWish:
    """What is asked for a part. `starts` is naive wall-clock time in `zone`; `minutes` the length."""

    starts: datetime
    zone: str
    minutes: int
    mode: str
    venue_id: int | None = None
    join_url: str = ""
    dial_in: str = ""


def present(part: Part) -> PartWish:
    """The wish a part stands for now, to start a change or a further day from."""
    return PartWish(
        part.wall, part.zone, part.minutes, part.mode, part.venue_id, part.join_url, part.dial_in
    )


@transaction.atomic
def add(event_id: int, wish: PartWish, *, by: Actor, at: datetime) -> Part:
    """One more part; whoever has a place is told and gets its calendar entry.

    Raises PartsOverlap, TooManyParts, ZoneMissing, PartOver (it would lie in the past).
    """
    event = locked(event_id, by=by)
    event.state = step(states.EVENT, event.state, "change")
    if Part.objects.filter(event=event).count() >= MOST:
        raise TooManyParts(most=MOST)
    part = Part(event=event, uid=f"{chance.uuid()}@kolega", order=MOST + 1)
    _write(event, part, wish, at=at)
    audit("part_added", by=by, at=at, thing="event", thing_id=event.pk,
          changes={"part": [None, part.pk]})  # fmt: skip
    _tell(event, part, ("added",), at=at)
    return part


@transaction.atomic
def change(part_id: int, wish: PartWish, *, by: Actor, at: datetime) -> Part:
    """Move a part; people are told (and its SEQUENCE rises) when anything about it moved.

    Raises PartsOverlap, PartOver, ZoneMissing.
    """
    event, part = _locked_part(part_id, by=by, at=at)
    was = times_of(part)
    if moved := _moves(present(part), wish):
        part.sequence += 1
        _write(event, part, wish, at=at)
        audit("part_changed", by=by, at=at, thing="event", thing_id=event.pk, changes=moved)
        _tell(event, part, tuple(moved), was=was, at=at)
    return part


def _moves(before: PartWish, wish: PartWish) -> dict[str, object]:
    """What moves, as the audit keeps it: field to [before, after]."""
    pairs = {name: (getattr(before, name), getattr(wish, name)) for name in MOVES}
    return {name: [str(old), str(new)] for name, (old, new) in pairs.items() if old != new}


@transaction.atomic
def remove(part_id: int, *, reason: str = "", by: Actor, at: datetime) -> None:
    """Take a part out of a draft; call it off in a published event, where its entry is in calendars.

    A part that was called off stays with its evidence and counts no more. Raises LastPart,
    PartOver, ReasonMissing.
    """
    event, part = _locked_part(part_id, by=by, at=at)
    _take_away(event, part, reason, at=at)
    _follow(event, at=at)
    audit("part_removed", by=by, at=at, thing="event", thing_id=event.pk,
          changes={"part": [part_id, None]})  # fmt: skip
    _tell(event, part, ("cancelled",), at=at)


def _take_away(event: Event, part: Part, reason: str, *, at: datetime) -> None:
    if not Part.objects.filter(event=event, cancelled_at=None).exclude(pk=part.pk).exists():
        raise LastPart
    if event.state == states.DRAFT:
        Slot.objects.filter(part=part).delete()
        part.delete()
    else:
        _call_off(part, reason, at=at)


def _call_off(part: Part, reason: str, *, at: datetime) -> None:
    if not reason.strip():
        raise ReasonMissing(field="reason")
    part.cancelled_at, part.cancel_reason = at, reason.strip()[:300]
    part.sequence += 1
    part.save(update_fields=["cancelled_at", "cancel_reason", "sequence"])
    drop_timer(f"part-ended:{part.pk}")


def _locked_part(part_id: int, *, by: Actor, at: datetime) -> tuple[Event, Part]:
    found = Part.objects.filter(pk=part_id, cancelled_at=None).first()
    if found is None:
        raise Missing
    event = locked(found.event_id, by=by)
    event.state = step(states.EVENT, event.state, "change")
    if event.state == states.PUBLISHED and at >= found.starts_at:
        raise PartOver
    return event, Part.objects.select_for_update().get(pk=part_id)


def _write(event: Event, part: Part, wish: PartWish, *, at: datetime) -> None:
    if event.series_id is not None:
        raise DateOfSeries
    write_part(part, _as_plan(event, wish))
    if event.state == states.PUBLISHED and part.starts_at <= at:
        raise PartOver
    require_apart(event)
    _follow(event, at=at)


def _as_plan(event: Event, wish: PartWish) -> Plan:
    first = Part.objects.filter(event=event).order_by("order").first()
    if first is None:
        raise Missing
    return replace(present_plan(event, first), **vars(wish))


def _follow(event: Event, *, at: datetime) -> None:
    follow_parts(event)
    event.changed_at = at
    event.save(update_fields=["changed_at"])


def _tell(
    event: Event, part: Part, moved: tuple[str, ...], *, was: tuple[str, ...] = (), at: datetime
) -> None:
    if event.state == states.PUBLISHED:
        tell_moved(event, part, moved, was=was, at=at)
