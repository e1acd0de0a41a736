"""Many people at once, written as rows: they are the setting of a proof, not what it proves."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from events.networks.models import Membership, School
from events.people.models import Person
from events.programme.models import Event, Part
from events.registration.models import PersonalLink, Pool, Registration


def people(count: int, *, name: str, at: datetime, schools: Iterable[School] = ()) -> list[Person]:
    """People with an address of their own; as teachers of the schools in turn, if any are given."""
    made = Person.objects.bulk_create(
        Person(
            handle=f"{name[:6]}{number:06}",
            name=f"{name.title()} {number:05}",
            sort_key=f"{name} {number:05}",
            search_key=f"{name} {number:05}",
            email=f"{name}.{number:05}@example.org",
            mail_state=Person.MailState.FINE,
            password="!",
            created_at=at,
        )
        for number in range(count)
    )
    if homes := list(schools):
        Membership.objects.bulk_create(
            Membership(person=one, school=homes[turn % len(homes)], starts_on=date(2026, 1, 1))
            for turn, one in enumerate(made)
        )
    return made


def links(event: Event, guests: Iterable[Person], *, at: datetime) -> list[PersonalLink]:
    """A personal link for everybody."""
    return PersonalLink.objects.bulk_create(
        PersonalLink(event=event, person=one, salt=secrets.token_hex(8), made_at=at)
        for one in guests
    )


def past_events(like: Event, count: int, *, at: datetime) -> list[Event]:
    """Published events in the room that ended an hour before `at`, for 90 minutes each."""
    ends = at.replace(second=0, microsecond=0) - timedelta(hours=1)
    starts = ends - timedelta(minutes=90)
    made = Event.objects.bulk_create(
        Event(
            slug=f"past-{number}", kind=like.kind, title=f"Past {number:05}", language="en",
            state="published", country=like.country, cluster=like.cluster,
            host_school=like.host_school, organiser=like.organiser, search_key="past",
            starts_at=starts, ends_at=ends, published_at=starts - timedelta(days=5),
            changed_at=starts, created_at=starts,
        )
        for number in range(count)
    )  # fmt: skip
    Part.objects.bulk_create(
        Part(
            event=event, starts_wall=starts.replace(tzinfo=None).isoformat(timespec="minutes"),
            zone="UTC", minutes=90, starts_at=starts, ends_at=ends, mode="room",
            uid=f"past-{event.pk}@kolega",
        )
        for event in made
    )  # fmt: skip
    return made


def registered(events: Iterable[Event], guests: list[Person], *, each: int, at: datetime) -> None:
    """Put `each` people in turn on every event."""
    pools = Pool.objects.bulk_create(
        Pool(event=event, way="room", capacity=None, taken=each) for event in events
    )
    Registration.objects.bulk_create(
        Registration(
            event=pool.event, person=guests[(number * each + extra) % len(guests)], pool=pool,
            way="room", state="registered", registered_at=at, changed_at=at,
        )
        for number, pool in enumerate(pools)
        for extra in range(each)
    )  # fmt: skip


def coming_events(like: Event, count: int, *, at: datetime) -> list[Event]:
    """Published public events in the room, one every nine hours from tomorrow on."""
    first = at.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    starts = [first + timedelta(hours=9 * number) for number in range(count)]
    made = Event.objects.bulk_create(
        Event(
            slug=f"coming-{number}", kind=like.kind, title=f"Robots in lesson {number:04}",
            language="en", state="published", country=like.country, cluster=like.cluster,
            host_school=like.host_school, organiser=like.organiser, audience="public",
            search_key=f"robots in lesson {number:04}", starts_at=start,
            ends_at=start + timedelta(minutes=90), published_at=at, changed_at=at, created_at=at,
        )
        for number, start in enumerate(starts)
    )  # fmt: skip
    Part.objects.bulk_create(
        Part(
            event=event, starts_wall=event.starts_at.replace(tzinfo=None).isoformat("T", "minutes"),
            zone="UTC", minutes=90, starts_at=event.starts_at, ends_at=event.ends_at, mode="room",
            uid=f"coming-{event.pk}@kolega",
        )
        for event in made
    )  # fmt: skip
    Pool.objects.bulk_create(Pool(event=event, way="room", capacity=30) for event in made)
    return made
