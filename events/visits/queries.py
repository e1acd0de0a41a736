"""Which schools come, who of them, and what the host has to see to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from events.kernel.actors import Role
from events.kernel.fold import search_key
from events.networks import queries as networks
from events.networks.models import Cluster, ClusterSchool, School
from events.people import queries as people
from events.people.queries import Address
from events.programme.models import Event, VisitingSchool
from events.registration import queries as registration
from events.visits.models import CheckItem
from events.visits.policies import HOSTS

MOST_FOUND = 40


@dataclass(frozen=True)
class Visitors:
    """One school that comes, with the names of its people who have a place."""

    school_id: int
    school: str
    place: str
    country: str
    places: int | None
    names: tuple[str, ...]
    waiting: int

    @property
    def left(self) -> int | None:
        """How many more may come; None without a number."""
        return None if self.places is None else max(0, self.places - len(self.names) - self.waiting)


def visitors_of(event_id: int) -> list[Visitors]:
    """The schools that come, by country and name."""
    rows = VisitingSchool.objects.filter(event_id=event_id).select_related("school__country")
    names: Mapping[int | None, list[str]] = defaultdict(list)
    waiting: dict[int | None, int] = defaultdict(int)
    for entry in registration.roster(event_id, states=("registered", "waiting")):
        if entry.state == "registered":
            names[entry.school_id].append(entry.name)
        else:
            waiting[entry.school_id] += 1
    return [
        Visitors(
            row.school_id, row.school.name, row.school.place, row.school.country.code, row.places,
            tuple(names[row.school_id]), waiting[row.school_id],
        )
        for row in rows.order_by("school__country__code", "school__sort_key", "school_id")
    ]  # fmt: skip


def others_of(event_id: int) -> list[registration.Entry]:
    """People with a place who come from no visiting school, by name."""
    schools = set(VisitingSchool.objects.filter(event_id=event_id).values_list("school", flat=True))
    return [row for row in registration.roster(event_id) if row.school_id not in schools]


def candidates(event: Event, *, text: str, at: datetime) -> QuerySet[School]:
    """Schools that may be asked to come: of the country and of the programme, in any country.

    Those whose folded name, place or code holds every word of `text`; without words those of the
    event's own cluster.
    """
    rows = School.objects.filter(closed_at__isnull=True).exclude(pk=event.host_school_id or 0)
    seats = ClusterSchool.objects.filter(networks.current(at.date()))
    if not text.strip() and event.cluster_id is not None:
        return _ordered(
            rows.filter(pk__in=seats.filter(cluster_id=event.cluster_id).values("school"))
        )
    near = Q(country_id=event.country_id)
    if event.programme_id is not None:
        clusters = Cluster.objects.filter(programme_id=event.programme_id)
        near |= Q(pk__in=seats.filter(cluster__in=clusters).values("school"))
    for word in search_key(text[:80]).split():
        rows = rows.filter(Q(search_key__contains=word) | Q(national_code__iexact=word))
    return _ordered(rows.filter(near))


def _ordered(rows: QuerySet[School]) -> QuerySet[School]:
    return rows.select_related("country").order_by("country__code", "sort_key", "pk")


def checklist(event_id: int) -> list[CheckItem]:
    """What the host has to see to, in the order in which it falls due."""
    rows = CheckItem.objects.filter(event_id=event_id).select_related("owner", "done_by")
    return list(rows.order_by("due_on", "pk"))


def hosts_of(event: Event, *, at: datetime) -> list[Address]:
    """The host school's coordinators and leaders, whom mail reaches, without the organiser."""
    if event.host_school_id is None:
        return []
    found = _holders([event.host_school_id], HOSTS, at=at)
    return [to for to in found if to.person_id != event.organiser_id]


def escorts_of(event: Event, school_id: int, *, at: datetime) -> list[Address]:
    """Who is asked to send people of a visiting school: its own, else its clusters' coordinators."""
    found = _holders([school_id], HOSTS, at=at)
    if not found:
        clusters = networks.clusters_of_schools(frozenset({school_id}), on=at.date())
        found = [
            to
            for pk in sorted(clusters)
            for to in people.holders(Role.CLUSTER_COORDINATOR, "cluster", pk, at=at)
            if to.reachable
        ]
    return [to for to in found if to.person_id != event.organiser_id]


def _holders(schools: Sequence[int], roles: Sequence[Role], *, at: datetime) -> list[Address]:
    found = {
        to.person_id: to
        for school_id in schools
        for role in roles
        for to in people.holders(role, "school", school_id, at=at)
        if to.reachable
    }
    return list(found.values())
