"""Whom letters about a series go to."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import QuerySet

from events.backstage.models import Letter
from events.people.models import Person
from events.programme import states
from events.programme.models import Part, Series
from events.registration import links, occasions, queries
from events.registration.models import Registration
from events.registration.readers import Reader
from events.registration.series import calendars, letters
from events.registration.series.letters import Told


def coming(row: Series, *, at: datetime) -> list[Part]:
    """Promised dates that have not ended, soonest first."""
    found = Part.objects.filter(
        event__series=row, event__state=states.PUBLISHED, ends_at__gt=at
    ).select_related("event", "event__country", "event__cluster", "venue")
    return list(found.order_by("starts_at", "pk"))


def to_invite(row: Series, *, at: datetime) -> QuerySet[Person]:
    """The audience that mail reaches, neither invited to the series yet nor with a place in it."""
    first = coming(row, at=at)[0].event
    invited = Letter.objects.filter(purpose__startswith=letters.invitation_purpose(row.pk))
    placed = Registration.objects.filter(event__series=row, state__in=Registration.HOLDS).values(
        "person_id"
    )
    return (
        queries.audience_of(first, on=at)
        .filter(mail_state=Person.MailState.FINE)
        .exclude(email="")
        .exclude(pk__in=invited.values("person_id"))
        .exclude(pk__in=placed)
    )


def still_to_tell(event_ids: Collection[int], prefix: str, *, before: datetime) -> QuerySet[Person]:
    """People with a place or a wait on any of the dates who have no letter about the edit yet.

    Who registered after it (`before`) knows it already.
    """
    told = Letter.objects.filter(purpose__startswith=prefix).values("person_id")
    held = Registration.objects.filter(
        event_id__in=event_ids, state__in=Registration.HOLDS, changed_at__lt=before
    )
    return (
        Person.objects.filter(
            pk__in=held.values("person_id"), mail_state=Person.MailState.FINE, is_active=True
        )
        .exclude(email="")
        .exclude(pk__in=told)
        .order_by("pk")
    )


def rows_on(event_ids: Collection[int], person_id: int) -> list[Registration]:
    """One person's places and waits on some dates, in the order the dates take place."""
    rows = Registration.objects.filter(
        event_id__in=event_ids, person_id=person_id, state__in=Registration.HOLDS
    )
    return list(calendars.with_parts(rows))


def told(row: Series, reader: Reader, event_id: int, *, at: datetime) -> Told:
    """All a letter about a series needs; `event_id` is a date the reader may act on."""
    link = links.link_for(event_id=event_id, person_id=reader.address.person_id, at=at)
    return Told(row, occasions.occasion(event_id), reader, link)


def parts_of(rows: Sequence[Registration]) -> list[Part]:
    """The dates of some registrations."""
    return [calendars.part_of(one) for one in rows]
