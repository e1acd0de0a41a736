"""Which registrations the API shows to whom."""

from datetime import datetime

from django.db.models import QuerySet

from events.kernel.actors import Actor
from events.kernel.errors import BadInput, NotAllowed
from events.kernel.words import gettext_noop
from events.networks.models import School
from events.people import queries as people
from events.programme import policies as may
from events.programme import queries as programme
from events.programme import states
from events.programme.models import Event
from events.registration import colleagues, queries
from events.registration.models import RecordingWish, Registration
from events.registration.policies import KEEPERS


class PersonUnknown(BadInput):
    """There is no such person."""

    code = "person_unknown"
    sentence = gettext_noop("There is nobody with this id. Choose somebody else.")


def require_person(person_id: int) -> None:
    """Raise PersonUnknown."""
    if people.active(person_id) is None:
        raise PersonUnknown(field="person_id")


def mine(by: Actor) -> QuerySet[Registration]:
    """The actor's registrations at events that are no drafts, without those given back."""
    rows = Registration.objects.filter(person_id=by.person_id or 0)
    rows = rows.exclude(state=Registration.State.CANCELLED)
    return (
        rows.exclude(event__state=states.DRAFT)
        .select_related("event")
        .prefetch_related("event__parts")
    )


def of_event(event: Event, by: Actor) -> QuerySet[Registration]:
    """Registrations of an event: all for who runs it, else people of the schools one keeps.

    Raises NotAllowed for somebody who does neither.
    """
    rows = Registration.objects.filter(event=event).select_related("person")
    if may.may_run(by, event):
        return rows
    schools = by.reach("schools", *KEEPERS)
    if not schools:
        raise NotAllowed
    return rows.filter(school_id__in=schools)


def wishes_of(event: Event, by: Actor) -> QuerySet[RecordingWish]:
    """Who asked for the recording alone: all for who runs the event, else people of schools one keeps.

    Raises NotAllowed for somebody who does neither.
    """
    rows = queries.wishes_of(event.pk).select_related("person")
    if may.may_run(by, event):
        return rows
    schools = by.reach("schools", *KEEPERS)
    if not schools:
        raise NotAllowed
    return rows.filter(school_id__in=schools)


def desk(event_id: int, school_id: int, *, by: Actor, at: datetime) -> tuple[Event, School]:
    """An event and the school whose people are to be registered; raises Missing, NotAllowed."""
    event = programme.seen(event_id, by=by)
    kept = colleagues.schools_kept(event, by=by, at=at)
    school = next((row for row in kept if row.pk == school_id), None)
    if school is None:
        raise NotAllowed
    return event, school
