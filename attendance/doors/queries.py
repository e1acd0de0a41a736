"""What the door needs to see."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from attendance.presence import queries as presence
from events.kernel.fold import search_key
from events.networks import queries as networks
from events.registration import queries as registration

if TYPE_CHECKING:
    from events.programme.models import Event


@dataclass(frozen=True)
class Line:
    """One person of the door list; `came_at` is None until somebody let them in."""

    person_id: int
    name: str
    school: str
    way: str
    walk_in: bool
    came_at: datetime | None
    left_at: datetime | None
    on_paper: bool


@dataclass(frozen=True)
class DoorList:
    """Everybody registered, those not yet in first, and how many are in."""

    lines: list[Line]
    found: list[Line]
    inside: int
    total: int


def door_list(event_id: int, part_id: int, *, wanted: str = "") -> DoorList:
    """The list of one part of an event; `found` are the lines whose name holds every word of `wanted`."""
    seen = {
        row.person_id: row
        for row in presence.sightings_of(event_id)
        if row.source in {"door", "paper"} and row.person_id is not None and row.part_id == part_id
    }
    lines = []
    for entry in registration.roster(event_id):
        row = seen.get(entry.person_id)
        lines.append(
            Line(
                entry.person_id, entry.name, entry.school, entry.way, entry.walk_in,
                row.starts_at if row else None, row.ends_at if row else None,
                bool(row and row.source == "paper"),
            )
        )  # fmt: skip
    parts = search_key(wanted).split()
    found = [line for line in lines if all(part in search_key(line.name) for part in parts)]
    inside = sum(line.came_at is not None for line in lines)
    ordered = sorted(found, key=lambda line: line.came_at is not None)
    return DoorList(lines, ordered, inside, len(lines))


def may_come_in(event: "Event", name: str, *, at: datetime) -> list[networks.Member]:
    """Teachers of the event's cluster (or country) whose name fits and who are not registered."""
    there = {entry.person_id for entry in registration.roster(event.pk)}
    people = registration.audience_of(event, on=at)
    for part in search_key(name).split():
        people = people.filter(search_key__contains=part)
    chosen = [person for person in people[:40] if person.pk not in there][:8]
    schools = networks.school_at([person.pk for person in chosen], on=at.date())
    return [
        networks.Member(person.pk, person.name, schools[person.pk].name)
        for person in chosen
        if person.pk in schools
    ]
