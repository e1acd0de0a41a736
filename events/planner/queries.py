"""Where one may plan, who would be invited, what else is on."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from events.kernel.actors import Actor, Role
from events.kernel.spans import Span
from events.networks import queries as networks
from events.networks.models import Cluster, Country, School
from events.people.models import Person
from events.places.models import Venue
from events.programme import queries as programme
from events.programme import states
from events.programme.models import Event, Part, Slot
from events.programme.policies import PLANNERS
from events.registration.models import Registration

TAKEN = Registration.State.REGISTERED


@dataclass(frozen=True)
class Scope:
    """Somewhere the actor may plan: one cluster, or a country as a whole."""

    key: str
    name: str
    country_id: int
    country_names: dict[str, str]
    zone: str
    language: str
    cluster_id: int | None = None
    programme_id: int | None = None


def scopes(by: Actor) -> list[Scope]:
    """Every cluster the actor plans in, then countries as a whole."""
    national = by.reach("countries", Role.NATIONAL_COORDINATOR)
    clusters = Cluster.objects.filter(
        Q(pk__in=by.reach("clusters", *PLANNERS)) | Q(country_id__in=national)
    )
    found = [
        _cluster(row) for row in clusters.select_related("country").order_by("country", "name")
    ]
    whole = Country.objects.filter(pk__in=national).order_by("code") if national else []
    return [*found, *(_country(row) for row in whole)]


def _cluster(row: Cluster) -> Scope:
    country = row.country
    return Scope(
        f"cluster-{row.pk}", row.name, country.pk, country.names, country.zone, country.language,
        row.pk, row.programme_id,
    )  # fmt: skip


def _country(row: Country) -> Scope:
    return Scope(f"country-{row.pk}", "", row.pk, row.names, row.zone, row.language)


def scope_of(event: Event) -> Scope:
    """The scope an event was planned in."""
    if event.cluster is not None:
        return _cluster(event.cluster)
    return _country(event.country)


def hosts(scope: Scope, *, at: datetime) -> list[networks.SchoolCard]:
    """Schools that can be the host: the cluster's, or the country's."""
    if scope.cluster_id is not None:
        return networks.schools_of_cluster(scope.cluster_id, on=at.date())
    rows = School.objects.filter(country_id=scope.country_id, closed_at=None).order_by("sort_key")
    return [networks.SchoolCard(row.pk, row.name, row.place) for row in rows]


def teachers(scope: Scope, *, at: datetime) -> QuerySet[Person]:
    """The people a published event invites (the same as `registration.queries.audience_of`)."""
    if scope.cluster_id is not None:
        return networks.teachers_of_cluster(scope.cluster_id, on=at.date())
    return networks.teachers_of_country(scope.country_id, on=at.date())


@dataclass(frozen=True)
class Guests:
    """How many get a mail, and how many per school cannot."""

    reached: int
    unreached: int
    by_school: list[tuple[str, int]]


def guests(everybody: QuerySet[Person], *, at: datetime) -> Guests:
    """What mail can do for the people who would be invited."""
    reached = Q(mail_state=Person.MailState.FINE) & ~Q(email="")
    without = list(everybody.exclude(reached).values_list("pk", flat=True))
    schools = networks.school_at(without, on=at.date()) if without else {}
    by_school = Counter(card.name for card in schools.values())
    return Guests(everybody.filter(reached).count(), len(without), sorted(by_school.items()))


def last_of_organiser(person_id: int | None) -> Part | None:
    """The event somebody planned last, to start the next form from."""
    mine = Part.objects.filter(event__organiser_id=person_id, order=1)
    return mine.select_related("event").order_by("-event__created_at", "-pk").first()


def parts_of(scope: Scope) -> QuerySet[Part]:
    """The parts that take place of the events of a scope, in any state of theirs."""
    standing = Part.objects.filter(cancelled_at=None)
    if scope.cluster_id is not None:
        return standing.filter(event__cluster_id=scope.cluster_id)
    return standing.filter(event__country_id=scope.country_id)


def on_desk(scope: Scope, *, by: Actor) -> QuerySet[Part]:
    """What the planner shows: visible events of the scope that are not cancelled, soonest first."""
    open_slots = Q(slots__form=Slot.Form.TALK, slots__title="", slots__presenter=None)
    return (
        parts_of(scope)
        .filter(event_id__in=programme.ids_visible_to(by))
        .exclude(event__state=states.CANCELLED)
        .select_related("event", "event__kind", "event__host_school", "event__cluster")
        .annotate(open_slots=Count("slots", filter=open_slots))
        .order_by("starts_at", "pk")
    )


def clashing(event_id: int, span: Span) -> int:
    """How many people registered for an event have another one during that span."""
    people = Registration.objects.filter(event_id=event_id, state=TAKEN).values("person_id")
    others = Registration.objects.filter(
        person_id__in=people,
        state=TAKEN,
        event__state=states.PUBLISHED,
        event__starts_at__lt=span.end,
        event__ends_at__gt=span.start,
    ).exclude(event_id=event_id)
    return others.values("person_id").distinct().count()


def venues(by: Actor) -> QuerySet[Venue]:
    """Venues of the events the actor may know of."""
    seen = Part.objects.filter(event_id__in=programme.ids_visible_to(by), venue__isnull=False)
    return Venue.objects.filter(pk__in=seen.values("venue_id"))


def affected(event_id: int) -> tuple[int, int]:
    """How many people are registered for an event, and how many wait."""
    rows = Registration.objects.filter(event_id=event_id).values_list("state", flat=True)
    found = Counter(rows)
    return found[TAKEN], found[Registration.State.WAITING]


def members_by_name(scope: Scope, *, at: datetime) -> list[tuple[Person, str]]:
    """The people of a scope with their school, by name, to choose presenters from."""
    people = list(teachers(scope, at=at))
    schools = networks.school_at([person.pk for person in people], on=at.date())
    return [(person, schools[person.pk].name if person.pk in schools else "") for person in people]
