"""Plan and change whole events: texts, venue, places and publishing in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from events.kernel.actors import Actor
from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop
from events.kinds.models import Mode
from events.places.commands import set_venue
from events.programme import commands as programme
from events.programme import families, queries
from events.programme import policies as may
from events.programme.commands import Plan
from events.programme.models import Event
from events.registration import commands as registration
from events.registration import queries as places


class WayInUse(BadInput):
    """People hold places of a way that would no longer be offered."""

    code = "way_in_use"
    sentence = gettext_noop(
        "%(people)s people are registered for a way you remove. Keep it, or cancel the event."
    )


@dataclass(frozen=True)
class Place:
    """Where people meet, as it was typed."""

    name: str
    room: str = ""
    address: str = ""
    access: str = ""


@dataclass(frozen=True)
class Wish:
    """All that the form says; `places` maps ways to numbers (None: no limit)."""

    plan: Plan
    places: Mapping[str, int | None]
    place: Place | None = None
    family_id: int | None = None


@transaction.atomic
def plan(wish: Wish, *, publish: bool, by: Actor, at: datetime) -> Event:
    """Plan an event with venue and places, and publish it if asked; all of it or nothing."""
    asked = wish.plan
    may.require_may_plan(by, country_id=asked.country_id, cluster_id=asked.cluster_id)
    event = programme.plan(with_venue(wish, at=at), by=by, at=at)
    registration.set_places(event.pk, places=wish.places, by=by, at=at)
    if wish.family_id is not None:
        families.join(event.pk, wish.family_id, by=by, at=at)
    return programme.publish(event.pk, by=by, at=at) if publish else event


@transaction.atomic
def change(event_id: int, wish: Wish, *, publish: bool, by: Actor, at: datetime) -> Event:
    """Change an event with venue and places, and publish it if asked; all of it or nothing."""
    event = queries.seen(event_id, by=by)
    may.require_may_run(by, event)
    event = programme.change(event_id, with_venue(wish, at=at), by=by, at=at)
    require_ways(event_id)
    if places_differ(event_id, wish):
        registration.set_places(event_id, places=wish.places, by=by, at=at)
        programme.note_by_hand(event_id, "places", by=by, at=at)
    return programme.publish(event_id, by=by, at=at) if publish else event


def with_venue(wish: Wish, *, at: datetime) -> Plan:
    """The plan with the venue that was typed."""
    if wish.place is None or wish.plan.mode == Mode.ONLINE:
        return replace(wish.plan, venue_id=None)
    place = wish.place
    venue = set_venue(
        school_id=wish.plan.host_school_id, name=place.name, room=place.room,
        address=place.address, access=place.access, at=at,
    )  # fmt: skip
    return replace(wish.plan, venue_id=venue.pk)


def require_ways(event_id: int) -> None:
    """Raise WayInUse when people hold places of a way that the parts no longer offer."""
    kept = places.ways_of(queries.parts_of(event_id))
    lost = sum(number for way, number in places.held(event_id).items() if way not in kept)
    if lost:
        raise WayInUse(people=lost, field="mode")


def places_differ(event_id: int, wish: Wish) -> bool:
    """Whether the wish offers other places than the event does."""
    offered = places.ways_of(queries.parts_of(event_id))
    present = {row.way: row.capacity for row in places.places_of(event_id)}
    return present != {way: wish.places.get(way) for way in offered}
