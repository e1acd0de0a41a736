"""Makes our own plan what was found over there: as the coordinator's change, so people are told."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from events.kernel.actors import Actor
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop
from events.kernel.zones import wall
from events.programme import commands as programme
from events.programme import parts, queries

SHORTEST, LONGEST = 5, 20160


class MoveRefused(DomainError):
    """The time found over there is none that an event can have."""

    code = "move_refused"
    status = 409
    sentence = gettext_noop("An event cannot have this time. Put your own time back instead.")


@transaction.atomic
def move(
    part_id: int, starts_at: datetime | None, ends_at: datetime | None, *, by: Actor, at: datetime
) -> None:
    """Move a part to instants found over there, on the wall clock of its own zone.

    Raises MoveRefused, PartsOverlap, PartOver, NotAllowed, Missing.
    """
    if starts_at is None or ends_at is None or starts_at <= at:
        raise MoveRefused
    minutes = int((ends_at - starts_at).total_seconds() // 60)
    if not SHORTEST <= minutes <= LONGEST:
        raise MoveRefused
    part = queries.part_for_work(part_id)
    starts = wall(starts_at, part.zone)
    if part.event.series_id is None:
        wish = replace(parts.present(part), starts=starts, minutes=minutes)
        parts.change(part_id, wish, by=by, at=at)
    else:
        plan = replace(programme.present_plan(part.event, part), starts=starts, minutes=minutes)
        programme.change(part.event_id, plan, by=by, at=at)


@transaction.atomic
def retitle(part_id: int, title: str, *, by: Actor, at: datetime) -> None:
    """Give the event the title found over there. Raises TitleMissing, NotAllowed, Missing."""
    event = queries.event_for_work(queries.part_for_work(part_id).event_id)
    first = queries.parts_of(event.pk)[0]
    plan = replace(programme.present_plan(event, first), title=title[:160])
    programme.change(event.pk, plan, by=by, at=at)


@transaction.atomic
def call_off(part_id: int, *, reason: str, by: Actor, at: datetime) -> None:
    """Call off the part whose entry was removed; the only part of an event is the whole event.

    Raises ReasonMissing, PartOver, NotAllowed, Missing.
    """
    part = queries.part_for_work(part_id)
    if len(queries.parts_of(part.event_id)) > 1:
        parts.remove(part_id, reason=reason, by=by, at=at)
    else:
        programme.cancel(part.event_id, reason=reason, by=by, at=at)
