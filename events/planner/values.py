"""What the form for an event is filled with before anybody types."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from events.kernel.zones import wall
from events.kinds.models import Kind, Mode
from events.planner.offers import Offer, audience_value, audiences
from events.planner.repeatform import THIS, present_repeat
from events.programme.models import Event, Part
from events.registration.queries import Places


def starting_values(
    offer: Offer, *, kind: Kind | None, last: Part | None, own_schools: frozenset[int]
) -> dict[str, Any]:
    """What an empty form is filled with: what this person did last, else what the place suggests."""
    own = [card.school_id for card in offer.hosts if card.school_id in own_schools]
    hosts = [card.school_id for card in offer.hosts]
    host = last.event.host_school_id if last and last.event.host_school_id in hosts else None
    return {
        "kind": kind.code if kind else "",
        "mode": last.mode if last else (kind.mode if kind else Mode.HYBRID),
        "host": next(iter(own), host),
        "language": last.event.language if last else offer.scope.language, "zone": offer.scope.zone,
        "audience": _audience(offer, kind), "certificate": kind.certificate if kind else True,
        "recorded": bool(kind and kind.recorded),
    }  # fmt: skip


def _audience(offer: Offer, kind: Kind | None) -> str:
    if kind is not None and kind.is_visit:
        return Event.Audience.SCHOOLS
    return audiences(offer)[0][0]


def present_values(event: Event, part: Part, places: Sequence[Places]) -> dict[str, Any]:
    """The form's values for an event as it is."""
    limits = {row.way: row.capacity for row in places}
    closes = event.registration_closes_at
    venue = part.venue
    repeat = present_repeat(event.series) if event.series else None
    at_host = (
        venue is not None and event.host_school is not None and venue.name == event.host_school.name
    )
    return {
        "reach": THIS, "repeats": repeat.every if repeat else "",
        "repeats_until": repeat.until if repeat else None,
        "title": event.title, "day": part.wall.date(), "start": part.wall.time(),
        "minutes": part.minutes, "zone": part.zone, "mode": part.mode,
        "host": event.host_school_id, "join_url": part.join_url, "dial_in": part.dial_in,
        "audience": audience_value(event.audience, event.community_id), "language": event.language, "summary": event.summary,
        "certificate": event.certificate, "recorded": event.recorded,
        "places_room": limits.get("room"),
        "places_online": limits.get("online"),
        "venue": venue.name if venue and not at_host else "",
        "room": venue.room if venue else "", "address": venue.address if venue else "",
        "access": venue.access if venue else "",
        "closes": wall(closes - timedelta(seconds=1), part.zone).date() if closes else None,
    }  # fmt: skip
