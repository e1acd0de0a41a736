"""Who takes part in what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from events.kinds.models import Mode
from events.networks import groups
from events.networks import queries as networks
from events.networks.models import School
from events.people.models import Person
from events.programme import states
from events.programme.models import Event, Part
from events.registration.models import PersonalLink, Pool, RecordingWish, Registration, Way


@dataclass(frozen=True)
class Entry:
    """One line of a roster."""

    registration_id: int
    person_id: int
    name: str
    handle: str
    school_id: int | None
    school: str
    way: str
    state: str
    number: int | None
    walk_in: bool


@dataclass(frozen=True)
class Places:
    """The places of one way; `free` is None without a limit."""

    way: str
    capacity: int | None
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        """Places left for somebody new; none while people wait."""
        if self.capacity is None:
            return None
        return 0 if self.waiting else max(0, self.capacity - self.taken)


def offered() -> QuerySet[Pool]:
    """Pools of ways that events offer now; a way that was removed keeps its pool, unused.

    The same as `ways_of`, as a query.
    """
    parts = Part.objects.filter(event_id=OuterRef("event_id"), cancelled_at=None)
    hybrid = Exists(parts.filter(mode=Mode.HYBRID))
    return Pool.objects.filter(hybrid | Exists(parts.filter(order=1, mode=OuterRef("way"))))


def ways_of(parts: Sequence[Part]) -> tuple[str, ...]:
    """The ways people choose from: both where any part is hybrid, else the way of the first part."""
    if any(part.mode == Mode.HYBRID for part in parts):
        return (Way.ROOM, Way.ONLINE)
    return (parts[0].mode,)


def held(event_id: int) -> dict[str, int]:
    """How many people have a place or wait, by way, also for ways no longer offered."""
    rows = Pool.objects.filter(event_id=event_id).values_list("way", "taken", "waiting")
    return {way: taken + waiting for way, taken, waiting in rows}


def way_in(part: Part, way: str) -> str:
    """How somebody registered for `way` takes part in a part: as it is held, where it is not hybrid."""
    return way if part.mode == Mode.HYBRID else part.mode


def places_of(event_id: int) -> list[Places]:
    """The ways an event offers, room first."""
    rows = offered().filter(event_id=event_id).order_by("-way")
    return [Places(row.way, row.capacity, row.taken, row.waiting) for row in rows]


def roster(event_id: int, *, states: tuple[str, ...] = ("registered",)) -> list[Entry]:
    """People of an event by name, with the school they registered from."""
    rows = list(
        Registration.objects.filter(event_id=event_id, state__in=states)
        .select_related("person")
        .order_by("person__sort_key", "person_id")
    )
    schools = School.objects.in_bulk({row.school_id for row in rows if row.school_id})
    return [_entry(row, schools) for row in rows]


def _entry(row: Registration, schools: Mapping[int, School]) -> Entry:
    school = schools.get(row.school_id or 0)
    return Entry(
        row.pk, row.person_id, row.person.name, row.person.handle, row.school_id,
        school.name if school else "", row.way, row.state, row.number, row.walk_in,
    )  # fmt: skip


def of_person(person_id: int, *, upcoming_at: datetime | None = None) -> list[Registration]:
    """A person's registrations with their events, soonest first; only those not ended if asked."""
    rows = Registration.objects.filter(person_id=person_id).exclude(state="cancelled")
    if upcoming_at is not None:
        rows = rows.filter(event__ends_at__gt=upcoming_at)
    return list(rows.select_related("event", "event__kind").order_by("event__starts_at", "pk"))


def of_person_between(person_id: int, first: datetime, last: datetime) -> QuerySet[Registration]:
    """A person's registrations at events that start in a span, cancelled ones too, with all parts."""
    parts = Part.objects.select_related("venue")
    return (
        Registration.objects.filter(
            person_id=person_id, event__starts_at__gte=first, event__starts_at__lt=last
        )
        .exclude(event__state=states.DRAFT)
        .select_related("event", "event__kind", "event__series", "pool")
        .prefetch_related(Prefetch("event__parts", queryset=parts))
        .order_by("event__starts_at", "pk")
    )


def standing_of(event_id: int, person_id: int | None) -> Registration | None:
    """A person's registration at an event, also a cancelled one."""
    if person_id is None:
        return None
    return Registration.objects.filter(event_id=event_id, person_id=person_id).first()


def holding_or_not(event_id: int, person_id: int) -> Registration:
    """A person's registration at an event in any state, after a deed on it."""
    rows = Registration.objects.select_related("person")
    return rows.get(event_id=event_id, person_id=person_id)


def ever_joined(person_id: int) -> QuerySet[Event, int]:
    """Ids of events a person registered for at any time, or asked the recording of, as a subquery."""
    registered = Registration.objects.filter(person_id=person_id).values("event_id")
    asked = RecordingWish.objects.filter(person_id=person_id).values("event_id")
    rows = Event.objects.filter(Q(pk__in=registered) | Q(pk__in=asked))
    return rows.order_by().values_list("pk", flat=True)


def has_ever_joined(event_id: int, person_id: int) -> bool:
    """Whether a person registered for an event at any time, or asked for its recording."""
    own = {"event_id": event_id, "person_id": person_id}
    registered = Registration.objects.filter(**own).exists()
    return registered or RecordingWish.objects.filter(**own).exists()


def held_of(person_id: int, event_ids: Iterable[int]) -> dict[int, str]:
    """Those of the events at which a person has a place or a wait, with the state."""
    rows = Registration.objects.filter(person_id=person_id, event_id__in=list(event_ids))
    return dict(rows.exclude(state="cancelled").values_list("event_id", "state"))


def registration_for_work(registration_id: int) -> Registration:
    """A registration with its event and person, without a policy."""
    return Registration.objects.select_related("event", "event__kind", "person").get(
        pk=registration_id
    )


def holding(event_id: int) -> QuerySet[Registration]:
    """Registrations with a place or a wait."""
    return Registration.objects.filter(event_id=event_id, state__in=["registered", "waiting"])


def position_of(row: Registration) -> int:
    """Where somebody who waits stands, counted from 1."""
    return Registration.objects.filter(
        pool_id=row.pool_id, state="waiting", number__lte=row.number
    ).count()


def audience_of(event: Event, *, on: datetime) -> QuerySet[Person]:
    """The people an event invites: its community's, else those of the schools it is for.

    Teachers of visiting schools are always among them.
    """
    if event.community_id is not None:
        members = groups.members(event.community_id, on=on.date())
        if not event.visitors:
            return members
        return members | networks.teachers_of_schools(frozenset(event.visitors), on=on.date())
    return networks.teachers_of_schools(school_ids_of(event, on=on), on=on.date())


def school_ids_of(event: Event, *, on: datetime) -> frozenset[int]:
    """The schools an event is for: the host's and the visiting ones, else all of its scope too."""
    own = frozenset(event.visitors)
    if event.audience == Event.Audience.SCHOOLS:
        return own | (frozenset({event.host_school_id}) if event.host_school_id else own)
    cards = networks.schools_for(
        cluster_id=event.cluster_id, country_id=event.country_id, on=on.date()
    )
    return own | frozenset(card.school_id for card in cards)


def schools_of(event: Event, *, on: datetime) -> list[networks.SchoolCard]:
    """The same as cards, by name."""
    rows = School.objects.filter(pk__in=school_ids_of(event, on=on)).order_by("sort_key", "pk")
    return [networks.SchoolCard(row.pk, row.name, row.place) for row in rows]


def declined(event_id: int) -> QuerySet[Person]:
    """Invited people who answered that they cannot come and did not register after all."""
    links = PersonalLink.objects.filter(
        event_id=event_id, declined_at__isnull=False, revoked_at__isnull=True
    )
    return (
        Person.objects.filter(pk__in=links.values("person_id"))
        .exclude(pk__in=holding(event_id).values("person_id"))
        .order_by("sort_key", "pk")
    )


def wishes() -> QuerySet[RecordingWish]:
    """Who asked for the recording alone, at any event; a place or a wait since then goes before."""
    since = Registration.objects.filter(
        event_id=OuterRef("event_id"), person_id=OuterRef("person_id")
    ).exclude(state="cancelled")
    return RecordingWish.objects.filter(~Exists(since), ended_at=None)


def wishes_of(event_id: int) -> QuerySet[RecordingWish]:
    """The same of one event."""
    return wishes().filter(event_id=event_id)


def has_asked(event_id: int, person_id: int) -> bool:
    """Whether a person asked for the recording alone."""
    return wishes_of(event_id).filter(person_id=person_id).exists()


def gave_back(event_id: int, person_ids: Iterable[int]) -> set[int]:
    """Those of the people who had a place or a wait at an event and have none any more."""
    rows = Registration.objects.filter(event_id=event_id, person_id__in=list(person_ids))
    return set(rows.filter(state="cancelled").values_list("person_id", flat=True))


def counts_by_school(event_id: int) -> dict[int | None, int]:
    """How many registered people come from which school."""
    rows = (
        Registration.objects.filter(event_id=event_id, state="registered")
        .values("school_id")
        .annotate(people=Count("pk"))
    )
    return {row["school_id"]: row["people"] for row in rows}


def counts(event_ids: list[int]) -> dict[int, dict[str, int]]:
    """Registered people by way, for several events in one query."""
    rows = (
        Registration.objects.filter(event_id__in=event_ids, state="registered")
        .values("event_id")
        .annotate(
            room=Count("pk", filter=Q(way="room")), online=Count("pk", filter=Q(way="online"))
        )
    )
    return {row["event_id"]: {"room": row["room"], "online": row["online"]} for row in rows}
