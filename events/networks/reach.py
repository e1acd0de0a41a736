"""Which part of the network somebody's pages show."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.kernel.fold import search_key
from events.networks import policies
from events.networks.imports import undo
from events.networks.models import (
    Cluster,
    ClusterSchool,
    Country,
    Membership,
    Programme,
    RosterImport,
    School,
)
from events.networks.queries import current

PAGE = 50
RECENT = 20


def countries(by: Actor) -> list[Country]:
    """Countries with `schools_open` and `clusters_all`, in which the actor looks after something."""
    rows = Country.objects.annotate(
        schools_open=Count("schools", filter=Q(schools__closed_at__isnull=True), distinct=True),
        clusters_all=Count("clusters", distinct=True),
    ).order_by("code")
    if policies.views_everything(by):
        return list(rows)
    schools = by.reach("schools", *policies.VIEWERS)
    clusters = by.reach("clusters", *policies.VIEWERS)
    mine = set(School.objects.filter(pk__in=schools).values_list("country_id", flat=True))
    mine |= set(Cluster.objects.filter(pk__in=clusters).values_list("country_id", flat=True))
    mine |= by.reach("countries", *policies.VIEWERS)
    return [row for row in rows if row.pk in mine]


def cluster_ids(by: Actor) -> frozenset[int] | None:
    """Clusters in reach, None for all."""
    if policies.views_everything(by):
        return None
    return by.reach("clusters", *policies.VIEWERS)


def schools(by: Actor, *, country: str = "", text: str = "") -> QuerySet[School]:
    """Schools in reach, open ones first, whose folded name, place or code holds every word."""
    rows = School.objects.select_related("country")
    if not policies.views_everything(by):
        rows = rows.filter(pk__in=by.reach("schools", *policies.VIEWERS))
    if country:
        rows = rows.filter(country__code=country)
    for word in search_key(text[:80]).split():
        rows = rows.filter(search_key__contains=word)
    return rows.order_by("closed_at", "sort_key", "pk")


def page_of_schools(rows: QuerySet[School], number: str | None) -> Page[School]:
    """One page of schools."""
    return Paginator(rows, PAGE).get_page(number)


def school(school_id: int, by: Actor) -> School:
    """A school whose people the actor may see; raises Missing."""
    found = School.objects.select_related("country").filter(pk=school_id).first()
    if found is None or not policies.may_see_school(by, found.pk):
        raise Missing
    return found


def cluster(slug: str, by: Actor) -> Cluster:
    """A cluster the actor may see; raises Missing."""
    found = Cluster.objects.select_related("country", "programme").filter(slug=slug).first()
    if found is None or not policies.may_see_cluster(by, found.pk):
        raise Missing
    return found


@dataclass(frozen=True)
class Member:
    """Somebody who belongs to a school."""

    person_id: int
    name: str
    job: str
    since: date


def members(school_id: int, *, on: date) -> list[Member]:
    """The people of a school on a day, by name."""
    rows = (
        Membership.objects.filter(current(on), school_id=school_id, person__is_active=True)
        .select_related("person")
        .order_by("person__sort_key", "person_id")
    )
    return [Member(row.person_id, row.person.name, row.job, row.starts_on) for row in rows]


def people_of(school_ids: list[int], *, on: date) -> dict[int, int]:
    """How many people belong to each school on a day."""
    rows = Membership.objects.filter(current(on), school_id__in=school_ids)
    counted = rows.filter(person__is_active=True).values_list("school_id").annotate(n=Count("pk"))
    return {pk: number for pk, number in counted if pk}


def programmes() -> list[Programme]:
    """All programmes by name."""
    return list(Programme.objects.order_by("name", "pk"))


def imports(by: Actor) -> list[RosterImport]:
    """The last imports the actor may take back, newest first."""
    rows = RosterImport.objects.select_related("country", "school", "by").order_by("-pk")
    if not policies.may_run(by):
        reached = by.reach("countries", *policies.KEEPERS)
        rows = rows.filter(Q(country_id__in=reached) | Q(by_id=by.person_id))
    return list(rows[:RECENT])


def roster(roster_id: int, by: Actor) -> RosterImport:
    """An import the actor may take back; raises Missing."""
    found = RosterImport.objects.select_related("country", "school", "by").filter(pk=roster_id)
    row = found.first()
    if row is None or not undo.may_undo(by, row):
        raise Missing
    return row


def seats_elsewhere(cluster_id: int, school_ids: list[int]) -> list[ClusterSchool]:
    """Seats in other clusters of schools that have none in this one yet."""
    present = ClusterSchool.objects.filter(ended_on__isnull=True)
    here = present.filter(cluster_id=cluster_id).values("school_id")
    found = present.filter(school_id__in=school_ids).exclude(school_id__in=here)
    return list(found.select_related("school", "cluster").order_by("school__sort_key", "pk"))
