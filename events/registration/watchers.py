"""Who watches afterwards: who asked for the recording alone, and whom the mail about it goes to."""

from django.db.models import Q, QuerySet

from events.backstage.models import Letter
from events.people.models import Person
from events.programme.models import Event
from events.registration import queries
from events.registration.models import PersonalLink, Registration


def recording_only(event_id: int) -> set[int]:
    """Ids of people who asked for the recording alone."""
    return set(queries.wishes_of(event_id).values_list("person_id", flat=True))


def to_tell(event: Event, prefix: str) -> QuerySet[Person]:
    """People whom mail reaches, without a letter of `prefix`, who ever registered or asked for it.

    Who said no to an event that announced no recording was promised that we write no more.
    """
    registered = Registration.objects.filter(event=event).values("person_id")
    wished = queries.wishes_of(event.pk).values("person_id")
    told = Letter.objects.filter(
        event_id=event.pk, purpose__startswith=prefix, person_id__isnull=False
    ).exclude(state=Letter.State.WITHDRAWN)
    found = Person.objects.filter(is_active=True, mail_state=Person.MailState.FINE)
    found = found.filter(Q(pk__in=registered) | Q(pk__in=wished)).exclude(email="")
    if not event.recorded:
        said_no = PersonalLink.objects.filter(
            event=event, declined_at__isnull=False, revoked_at__isnull=True
        )
        found = found.exclude(pk__in=said_no.values("person_id"))
    return found.exclude(pk__in=told.values("person_id"))
