"""What a change will do, told before it is done."""

from dataclasses import dataclass
from datetime import timedelta

from events.kernel.spans import Span
from events.kernel.zones import instant
from events.planner import queries
from events.planner.commands import Place, Wish
from events.programme import commands as programme
from events.programme import states
from events.programme.models import Event, Part
from events.registration import queries as registration
from events.registration.commands import WAYS

TIME = ("starts", "zone", "minutes")
TOLD = ("title", *TIME, "mode", "join_url", "dial_in")


@dataclass(frozen=True)
class PlacesChange:
    """The places of one way before and after; None is no limit."""

    way: str
    before: int | None
    after: int | None


def places_changed(event_id: int, wish: Wish) -> tuple[PlacesChange, ...]:
    """The ways whose number of places the wish changes; those it drops are no change of places."""
    present = {row.way: row.capacity for row in registration.places_of(event_id)}
    asked = wish.places
    return tuple(
        PlacesChange(way, present[way], asked.get(way))
        for way in WAYS[wish.plan.mode]
        if way in present and present[way] != asked.get(way)
    )


@dataclass(frozen=True)
class Effects:
    """The fields people are told about, and the people."""

    changed: frozenset[str]
    before: Span
    after: Span
    zone_before: str
    zone_after: str
    mode_before: str
    mode_after: str
    registered: int
    waiting: int
    clashes: int
    places: tuple[PlacesChange, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether the time changes."""
        return bool(self.changed & set(TIME))

    @property
    def matter(self) -> bool:
        """Whether anybody is to be told."""
        return bool(self.changed and self.registered + self.waiting)


def of_change(event: Event, part: Part, wish: Wish) -> Effects:
    """What saving the wish would do to the people registered for a published event."""
    present, asked = programme.present_plan(event, part), wish.plan
    changed = {name for name in TOLD if getattr(present, name) != getattr(asked, name)}
    if asked.mode != "online" and _place_of(part) != wish.place:
        changed.add("place")
    start = instant(asked.starts, asked.zone)
    after = Span(start, start + timedelta(minutes=asked.minutes))
    promised = event.state == states.PUBLISHED
    registered, waiting = queries.affected(event.pk) if promised else (0, 0)
    moved = bool(changed & set(TIME)) and registered
    return Effects(
        changed=frozenset(changed),
        before=Span(part.starts_at, part.ends_at),
        after=after,
        zone_before=part.zone,
        zone_after=asked.zone,
        mode_before=part.mode,
        mode_after=asked.mode,
        registered=registered,
        waiting=waiting,
        clashes=queries.clashing(event.pk, after) if moved else 0,
        places=places_changed(event.pk, wish),
    )


def _place_of(part: Part) -> Place | None:
    venue = part.venue
    return Place(venue.name, venue.room, venue.address, venue.access) if venue else None
