"""Who belongs where, and what a role reaches."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from events.kernel.actors import ANONYMOUS, Actor, Role, Standing
from events.networks.models import (
    Cluster,
    ClusterSchool,
    Country,
    Membership,
    School,
    Term,
)
from events.people import queries as people
from events.people.models import Grant, Person


def actor_for(person: Person | None, *, at: datetime) -> Actor:
    """A person as an actor: grants in force expanded to ids, and where the person belongs."""
    if person is None or not person.is_active:
        return ANONYMOUS
    schools, countries, communities = _homes(person.pk, at.date())
    return Actor(
        person_id=person.pk,
        standings=tuple(expand(grant, at=at) for grant in people.grants_of(person.pk, at=at)),
        home_schools=schools,
        home_clusters=clusters_of_schools(schools, on=at.date()),
        home_countries=countries,
        home_communities=communities,
    )


def actor_of_user(user: object, *, at: datetime) -> Actor:
    """The actor behind Django's `request.user`, which may be anonymous."""
    return actor_for(user if isinstance(user, Person) else None, at=at)


def _homes(person_id: int, on: date) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    held = Membership.objects.filter(current(on), person_id=person_id)
    rows = list(held.values_list("school_id", "school__country_id", "community_id"))
    return (
        frozenset(school for school, _, _ in rows if school),
        frozenset(country for _, country, _ in rows if country),
        frozenset(community for _, _, community in rows if community),
    )


def current(on: date) -> Q:
    """Rows with `starts_on` and `ended_on` that hold on a day."""
    return Q(starts_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))


def clusters_of_schools(school_ids: frozenset[int], *, on: date) -> frozenset[int]:
    """Clusters in which any of the schools has a seat on a day."""
    if not school_ids:
        return frozenset()
    seats = ClusterSchool.objects.filter(current(on), school_id__in=school_ids)
    return frozenset(seats.values_list("cluster_id", flat=True))


def schools_of_clusters(cluster_ids: frozenset[int], *, on: date) -> frozenset[int]:
    """Schools with a seat in any of the clusters on a day."""
    seats = ClusterSchool.objects.filter(current(on), cluster_id__in=cluster_ids)
    return frozenset(seats.values_list("school_id", flat=True))


def expand(grant: Grant, *, at: datetime) -> Standing:
    """What one grant reaches: a country all its clusters and schools, a school its clusters."""
    role, on = Role(grant.role), at.date()
    one = frozenset({grant.scope_id})
    match grant.scope:
        case Grant.Scope.WORLD:
            return Standing(role, world=True)
        case Grant.Scope.COUNTRY:
            clusters = Cluster.objects.filter(country_id=grant.scope_id)
            schools = School.objects.filter(country_id=grant.scope_id)
            return Standing(
                role,
                countries=one,
                clusters=frozenset(clusters.values_list("pk", flat=True)),
                schools=frozenset(schools.values_list("pk", flat=True)),
            )
        case Grant.Scope.CLUSTER:
            return Standing(role, clusters=one, schools=schools_of_clusters(one, on=on))
        case Grant.Scope.SCHOOL:
            return Standing(role, clusters=clusters_of_schools(one, on=on), schools=one)
        case _:
            return Standing(role, events=one)


@dataclass(frozen=True)
class SchoolCard:
    """A school as others see it."""

    school_id: int
    name: str
    place: str
    mentor: bool = False


def schools_of_cluster(cluster_id: int, *, on: date) -> list[SchoolCard]:
    """A cluster's schools, the mentor school first."""
    seats = (
        ClusterSchool.objects.filter(current(on), cluster_id=cluster_id)
        .select_related("school")
        .order_by("school__sort_key", "school_id")
    )
    found = [
        SchoolCard(
            seat.school_id,
            seat.school.name,
            seat.school.place,
            seat.part == ClusterSchool.Part.MENTOR,
        )
        for seat in seats
    ]
    return sorted(found, key=lambda card: not card.mentor)


@dataclass(frozen=True)
class Member:
    """A person with the school they belong to."""

    person_id: int
    name: str
    school: str


def schools_for(*, cluster_id: int | None, country_id: int, on: date) -> list[SchoolCard]:
    """The schools of a cluster, else of a whole country."""
    if cluster_id is not None:
        return schools_of_cluster(cluster_id, on=on)
    rows = School.objects.filter(country_id=country_id, closed_at__isnull=True)
    return [SchoolCard(row.pk, row.name, row.place) for row in rows.order_by("sort_key", "pk")]


def teachers_of_cluster(cluster_id: int, *, on: date) -> QuerySet[Person]:
    """Active people with a membership in one of the cluster's schools."""
    schools = schools_of_clusters(frozenset({cluster_id}), on=on)
    return _members(schools, on=on)


def teachers_of_schools(school_ids: frozenset[int], *, on: date) -> QuerySet[Person]:
    """Active people with a membership in one of the schools."""
    return _members(school_ids, on=on)


def teachers_of_programme(programme_id: int, *, on: date) -> QuerySet[Person]:
    """Active people with a membership in a school that has a seat in one of its clusters."""
    clusters = Cluster.objects.filter(programme_id=programme_id).values_list("pk", flat=True)
    return _members(schools_of_clusters(frozenset(clusters), on=on), on=on)


def teachers_of_country(country_id: int, *, on: date) -> QuerySet[Person]:
    """Active people with a membership in one of the country's schools."""
    schools = frozenset(School.objects.filter(country_id=country_id).values_list("pk", flat=True))
    return _members(schools, on=on)


def _members(school_ids: frozenset[int], *, on: date) -> QuerySet[Person]:
    members = Membership.objects.filter(current(on), school_id__in=school_ids)
    return Person.objects.filter(pk__in=members.values("person_id"), is_active=True).order_by(
        "sort_key", "pk"
    )


def school_at(person_ids: list[int], *, on: date) -> dict[int, SchoolCard]:
    """Each person's school on a day (the one joined last when there are several)."""
    rows = (
        Membership.objects.filter(current(on), person_id__in=person_ids, school__isnull=False)
        .select_related("school")
        .order_by("starts_on", "pk")
    )
    return {
        row.person_id: SchoolCard(row.school.pk, row.school.name, row.school.place)
        for row in rows
        if row.school is not None
    }


def ids_of_country(code: str) -> list[int]:
    """The id of a country by its ISO code, as a list of one or none."""
    return list(Country.objects.filter(code=code).values_list("pk", flat=True))


@dataclass(frozen=True)
class SchoolRecord:
    """A person's time at a school, with whom to ask about it."""

    person_id: int
    national_code: str
    name: str
    starts_on: date
    ended_on: date | None
    owner: str


def school_records(person_ids: list[int]) -> list[SchoolRecord]:
    """Every school each of the people was ever a member of, oldest first."""
    rows = list(
        Membership.objects.filter(person_id__in=person_ids, school__isnull=False)
        .select_related("school")
        .order_by("starts_on", "pk")
    )
    owners = _coordinators({row.school_id for row in rows if row.school_id})
    return [
        SchoolRecord(
            row.person_id, row.school.national_code, row.school.name, row.starts_on, row.ended_on,
            owners.get(row.school.pk, row.school.name),
        )
        for row in rows
        if row.school is not None
    ]  # fmt: skip


def _coordinators(school_ids: set[int]) -> dict[int, str]:
    rows = Grant.objects.filter(
        role=Role.SCHOOL_COORDINATOR, scope=Grant.Scope.SCHOOL, scope_id__in=school_ids,
        ended_at__isnull=True,
    ).select_related("person").order_by("-deputy", "pk")  # fmt: skip
    return {row.scope_id: row.person.name for row in rows}


def school_on(records: list[SchoolRecord], person_id: int, on: date) -> SchoolRecord | None:
    """The school of a person on a day, the one joined last when there are several."""
    held = [
        item
        for item in records
        if item.person_id == person_id
        and item.starts_on <= on
        and (item.ended_on is None or item.ended_on > on)
    ]
    return held[-1] if held else None


def locked_term(term_id: int) -> Term | None:
    """A term, locked until the transaction ends."""
    return Term.objects.select_for_update().filter(pk=term_id).first()


def terms_of(country_ids: frozenset[int]) -> list[Term]:
    """Terms of countries, newest first."""
    rows = Term.objects.filter(country_id__in=country_ids).select_related("country")
    return list(rows.order_by("-starts_on", "pk"))


def country_of(country_id: int) -> Country:
    """A country by id."""
    return Country.objects.get(pk=country_id)


def programmes_of(cluster_ids: Collection[int]) -> list[int]:
    """The programmes that clusters belong to."""
    rows = Cluster.objects.filter(pk__in=cluster_ids, programme__isnull=False)
    return list(rows.values_list("programme_id", flat=True).distinct())


def countries_of_programmes(programme_ids: list[int]) -> dict[int, frozenset[int]]:
    """The countries whose clusters run under a programme, by its id."""
    rows = Cluster.objects.filter(programme_id__in=programme_ids)
    found: dict[int, set[int]] = {}
    for programme_id, country_id in rows.values_list("programme_id", "country_id").distinct():
        if programme_id is not None:
            found.setdefault(programme_id, set()).add(country_id)
    return {programme_id: frozenset(ids) for programme_id, ids in found.items()}


def countries() -> list[Country]:
    """All countries by code."""
    return list(Country.objects.order_by("code"))


def codes_of(country_ids: frozenset[int]) -> list[str]:
    """ISO codes of countries in their order."""
    rows = Country.objects.filter(pk__in=country_ids).order_by("code")
    return list(rows.values_list("code", flat=True))
