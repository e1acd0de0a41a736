"""Several parts of an event from what a form says: venue, places and the part in one transaction.

To plan an event over several days: `commands.plan(...)` for the first, then `add(...)` for each
further day, all before `programme.commands.publish(...)`.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from events.kernel.actors import Actor
from events.kinds.models import Mode
from events.places.commands import set_venue
from events.planner.commands import Place, require_ways
from events.programme import parts, queries
from events.programme.models import Part
from events.programme.parts import PartWish
from events.registration import commands as registration
from events.registration import queries as places


@transaction.atomic
def add(
    event_id: int, wish: PartWish, *, place: Place | None = None, by: Actor, at: datetime
) -> Part:
    """One more part with its place; raises what `programme.parts.add` raises."""
    part = parts.add(event_id, _with_venue(event_id, wish, place, by=by, at=at), by=by, at=at)
    _offer_ways(event_id, by=by, at=at)
    return part


@transaction.atomic
def change(
    part_id: int, wish: PartWish, *, place: Place | None = None, by: Actor, at: datetime
) -> Part:
    """Change a part with its place; raises what `programme.parts.change` raises, and WayInUse."""
    event_id = queries.part_for_work(part_id).event_id
    part = parts.change(part_id, _with_venue(event_id, wish, place, by=by, at=at), by=by, at=at)
    _offer_ways(event_id, by=by, at=at)
    return part


@transaction.atomic
def remove(part_id: int, *, reason: str = "", by: Actor, at: datetime) -> None:
    """Take a part away; raises what `programme.parts.remove` raises, and WayInUse."""
    event_id = queries.part_for_work(part_id).event_id
    parts.remove(part_id, reason=reason, by=by, at=at)
    _offer_ways(event_id, by=by, at=at)


def _offer_ways(event_id: int, *, by: Actor, at: datetime) -> None:
    """Pools follow the ways the parts offer; new ones begin without a limit."""
    require_ways(event_id)
    present = {row.way: row.capacity for row in places.places_of(event_id)}
    offered = places.ways_of(queries.parts_of(event_id))
    if set(offered) - set(present):
        limits = {way: present.get(way) for way in offered}
        registration.set_places(event_id, places=limits, by=by, at=at)


def _with_venue(
    event_id: int, wish: PartWish, place: Place | None, *, by: Actor, at: datetime
) -> PartWish:
    event = queries.seen(event_id, by=by)
    if place is None or wish.mode == Mode.ONLINE:
        return replace(wish, venue_id=None)
    venue = set_venue(
        school_id=event.host_school_id, name=place.name, room=place.room, address=place.address,
        access=place.access, at=at,
    )  # fmt: skip
    return replace(wish, venue_id=venue.pk)
