"""Who is written to about the recordings of an event."""

from datetime import datetime
from typing import TYPE_CHECKING

from events.kernel.actors import Role
from events.people import queries as people

if TYPE_CHECKING:
    from events.people.queries import Address
    from events.programme.models import Event


def who_runs(event: "Event", *, at: datetime) -> "Address | None":
    """The organiser, or who else runs the event and reads mail; None when nobody does."""
    organiser = people.address(event.organiser)
    if organiser.reachable:
        return organiser
    found = people.holders_of(_seats(event), at=at)
    others = (one for rows in found.values() for one in rows if one.reachable)
    return next(others, None)


def _seats(event: "Event") -> list[tuple[Role, str, int]]:
    """The offices that run an event, nearest first (as `programme.policies.may_run` has it)."""
    if event.cluster_id is None:
        return [(Role.NATIONAL_COORDINATOR, "country", event.country_id)]
    seats = [
        (Role.HOST, "event", event.pk),
        (Role.CLUSTER_COORDINATOR, "cluster", event.cluster_id),
    ]
    if event.host_school_id is not None:
        seats.append((Role.SCHOOL_COORDINATOR, "school", event.host_school_id))
    return seats
