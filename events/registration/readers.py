"""Whom letters about an event go to, and whose mailbox is shared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from events.backstage.models import Letter
from events.kernel.actors import Role
from events.networks import queries as networks
from events.people import queries as people
from events.people.models import Person
from events.people.queries import Address
from events.programme.models import Event
from events.registration import queries
from events.registration.models import PersonalLink, Registration


@dataclass(frozen=True)
class Reader:
    """Somebody to write to; `shared` says that colleagues read the same mailbox."""

    address: Address
    shared: bool


def readers(found: Iterable[Person]) -> list[Reader]:
    """The people as readers, with one question about shared mailboxes."""
    rows = list(found)
    shared = shared_addresses(row.email for row in rows)
    return [Reader(people.address(row), row.email in shared) for row in rows]


def shared_addresses(emails: Iterable[str]) -> frozenset[str]:
    """Those of the addresses that more than one active person has."""
    rows = (
        Person.objects.filter(email__in={email for email in emails if email}, is_active=True)
        .values("email")
        .annotate(people=Count("pk"))
        .filter(people__gt=1)
    )
    return frozenset(row["email"] for row in rows)


def reader(person: Person) -> Reader:
    """One person as a reader."""
    return readers([person])[0]


def sharers(link: PersonalLink) -> list[PersonalLink]:
    """Links to the same event of everybody who reads the holder's mailbox, by name."""
    if not link.person.email:
        return [link]
    return list(
        PersonalLink.objects.filter(
            event_id=link.event_id,
            revoked_at__isnull=True,
            person__email=link.person.email,
            person__is_active=True,
        )
        .select_related("person")
        .order_by("person__sort_key", "person_id")
    )


def purpose_of_invitation(event_id: int, person_id: int) -> str:
    """What names an invitation for ever."""
    return f"invite:{event_id}:{person_id}"


def to_invite(event: Event, *, at: datetime) -> QuerySet[Person]:
    """The audience that mail reaches, neither invited yet nor with a place or wait."""
    invited = Letter.objects.filter(
        event_id=event.pk, kind="invitation", person_id__isnull=False
    ).values("person_id")
    placed = Registration.objects.filter(event=event, state__in=Registration.HOLDS).values(
        "person_id"
    )
    return (
        queries.audience_of(event, on=at)
        .filter(mail_state=Person.MailState.FINE)
        .exclude(email="")
        .exclude(pk__in=invited)
        .exclude(pk__in=placed)
        .exclude(pk__in=queries.wishes_of(event.pk).values("person_id"))
    )


def invited_only(event: Event, prefix: str) -> QuerySet[Person]:
    """People whose invitation has left and who neither answered it nor have a letter of `prefix` yet.

    Who registered, gave a place back or declined has answered. Who asked for the recording alone
    is among them.
    """
    letters = Letter.objects.filter(event_id=event.pk, person_id__isnull=False)
    left = letters.filter(kind="invitation", state=Letter.State.SENT)
    answered = Registration.objects.filter(event=event)
    declined = PersonalLink.objects.filter(event=event, declined_at__isnull=False)
    silent = (
        Q(pk__in=left.values("person_id"))
        & ~Q(pk__in=answered.values("person_id"))
        & ~Q(pk__in=declined.values("person_id"))
    )
    asked = Q(pk__in=queries.wishes_of(event.pk).values("person_id"))
    return (
        Person.objects.filter(silent | asked, is_active=True, mail_state=Person.MailState.FINE)
        .exclude(email="")
        .exclude(pk__in=letters.filter(purpose__startswith=prefix).values("person_id"))
        .order_by("pk")
    )


def unreached(event: Event, *, at: datetime) -> dict[int, list[Person]]:
    """The audience that mail does not reach and that has no place yet, by school."""
    placed = Registration.objects.filter(event=event, state__in=Registration.HOLDS).values(
        "person_id"
    )
    asked = queries.wishes_of(event.pk).values("person_id")
    missed = queries.audience_of(event, on=at).exclude(pk__in=placed).exclude(pk__in=asked)
    rows = [row for row in missed if not people.address(row).reachable]
    schools = networks.school_at([row.pk for row in rows], on=at.date())
    found: dict[int, list[Person]] = {}
    for row in rows:
        if row.pk in schools:
            found.setdefault(schools[row.pk].school_id, []).append(row)
    return found


def keepers_of(event: Event, school_id: int, *, at: datetime) -> list[Address]:
    """Who registers colleagues of a school: its coordinators, else the cluster's, else the organiser."""
    scopes = [(Role.SCHOOL_COORDINATOR, "school", school_id)]
    if event.cluster_id is not None:
        scopes.append((Role.CLUSTER_COORDINATOR, "cluster", event.cluster_id))
    for role, scope, scope_id in scopes:
        found = [to for to in people.holders(role, scope, scope_id, at=at) if to.reachable]
        if found:
            return found
    organiser = people.address(event.organiser)
    return [organiser] if organiser.reachable else []


def still_to_tell(event: Event, prefix: str) -> QuerySet[Registration]:
    """People with a place or a wait who have no letter of that purpose yet, by id."""
    told = Letter.objects.filter(event_id=event.pk, purpose__startswith=prefix).values("person_id")
    return (
        Registration.objects.filter(
            event=event,
            state__in=Registration.HOLDS,
            person__mail_state=Person.MailState.FINE,
            person__is_active=True,
        )
        .exclude(person__email="")
        .exclude(person_id__in=told)
        .select_related("person")
        .order_by("pk")
    )
