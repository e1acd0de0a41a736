"""Let people in who were not registered."""

from datetime import datetime

from django.db import transaction

from attendance.presence import commands as presence
from attendance.presence import policies
from events.kernel.actors import Actor, system
from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop
from events.networks import commands as networks
from events.people import commands as people
from events.programme import queries as programme
from events.registration import commands as registration
from events.registration import queries as guests


class SchoolElsewhere(BadInput):
    """Somebody new is taken into a school of the event's cluster."""

    code = "school_elsewhere"
    sentence = gettext_noop("Choose a school of this event's cluster.")


@transaction.atomic
def walk_in(
    event_id: int, *, person_id: int, by: Actor, at: datetime, part_id: int | None = None
) -> None:
    """Register somebody at the door and let them in; a full room has no effect at the door."""
    event = programme.seen(event_id, by=by)
    policies.require_may_keep(by, event)
    registration.register(event_id, person_id=person_id, way="room", by=by, at=at, walk_in=True)
    presence.check_in(event_id, person_id=person_id, by=by, at=at, seen_at=at, part_id=part_id)


@transaction.atomic
def new_face(
    event_id: int, *, name: str, email: str, school_id: int, by: Actor, at: datetime,
    part_id: int | None = None,
) -> int:  # fmt: skip
    """Add somebody nobody knew yet to a school of the cluster, and let them in; gives the person id."""
    event = programme.seen(event_id, by=by)
    policies.require_may_keep(by, event)
    if school_id not in guests.school_ids_of(event, on=at):
        raise SchoolElsewhere(field="school")
    door = system("doors")
    person = people.add_person(name=name, email=email, language=event.language, by=by, at=at)
    networks.join_school(
        person_id=person.pk, school_id=school_id, starts_on=at.date(), by=door, at=at
    )
    walk_in(event_id, person_id=person.pk, by=by, at=at, part_id=part_id)
    return person.pk
