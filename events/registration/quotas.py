"""How many people a visiting school may send."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop
from events.programme.models import VisitingSchool
from events.registration.models import Registration


class SchoolFull(DomainError):
    """A school sends no more people than were agreed."""

    code = "school_full"
    status = 409
    sentence = gettext_noop(
        "%(school)s may send %(places)s people, and %(taken)s have a place. Take fewer names."
    )


@dataclass(frozen=True)
class Quota:
    """The places of one visiting school; without a number there is no limit."""

    school: str
    places: int | None
    taken: int

    @property
    def left(self) -> int | None:
        """How many more may come."""
        return None if self.places is None else max(0, self.places - self.taken)


def quota_of(event_id: int, school_id: int | None) -> Quota | None:
    """What was agreed with a school; None for one that does not visit."""
    row = VisitingSchool.objects.filter(event_id=event_id, school_id=school_id or 0)
    found = row.select_related("school").first()
    if found is None:
        return None
    taken = _held(event_id, school_id).count()
    return Quota(found.school.name, found.places, taken)


def _held(event_id: int, school_id: int | None) -> QuerySet[Registration]:
    return Registration.objects.filter(
        event_id=event_id, school_id=school_id, state__in=Registration.HOLDS, walk_in=False
    )


def require_room(event_id: int, school_id: int | None) -> None:
    """Raise SchoolFull when a visiting school has no place left.

    Callers hold the event's pools, so two colleagues cannot both take the last one.
    """
    found = quota_of(event_id, school_id)
    if found is not None and found.left == 0:
        raise SchoolFull(school=found.school, places=found.places, taken=found.taken)


def require_room_for(event_id: int, school_id: int, person_ids: Collection[int]) -> None:
    """The same for several at once, before any of them is registered; at the field `names`."""
    found = quota_of(event_id, school_id)
    if found is None or found.left is None:
        return
    there = set(_held(event_id, school_id).values_list("person_id", flat=True))
    if len(set(person_ids) - there) > found.left:
        raise SchoolFull(school=found.school, places=found.places, taken=found.taken, field="names")
