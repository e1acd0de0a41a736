"""What network pages show at a glance: clusters with their schools, coordinators, counts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.backstage.models import Installation, Letter
from events.kernel.actors import Role
from events.networks.models import (
    Cluster,
    ClusterSchool,
    Country,
    Membership,
    RosterImport,
    RosterMade,
    School,
)
from events.networks.queries import current
from events.people import queries as people
from events.people.models import Grant

MENTOR_DOT, MENTEE_DOT = 4, 2
MOST_DOTS = 12


@dataclass(frozen=True)
class ClusterCard:
    """A cluster with its schools, the mentor school first."""

    cluster: Cluster
    seats: list[ClusterSchool]

    @property
    def mentor(self) -> School | None:
        """The mentor school."""
        return next((s.school for s in self.seats if s.part == ClusterSchool.Part.MENTOR), None)

    @property
    def mentees(self) -> list[School]:
        """The schools it works with."""
        return [s.school for s in self.seats if s.part == ClusterSchool.Part.MENTEE]

    @property
    def levels(self) -> list[int]:
        """Steps of the five-dot figure: a dark centre, at most twelve lighter dots around."""
        centre = MENTOR_DOT if self.mentor else 0
        return [centre, *[MENTEE_DOT] * min(len(self.mentees), MOST_DOTS)]

    @property
    def names(self) -> list[str]:
        """Names of the schools in the order of the dots."""
        centre = self.mentor.name if self.mentor else ""
        return [centre, *(school.name for school in self.mentees[:MOST_DOTS])]


def clusters(*, on: date, ids: frozenset[int] | None = None) -> list[ClusterCard]:
    """Clusters by name with the seats of a day; all of them, or those of `ids`."""
    rows = Cluster.objects.select_related("country", "programme").order_by("name", "pk")
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    found = {row.pk: ClusterCard(row, []) for row in rows}
    seats = (
        ClusterSchool.objects.filter(current(on), cluster_id__in=found)
        .select_related("school")
        .order_by("part", "school__sort_key", "pk")
    )
    for seat in sorted(seats, key=lambda one: one.part != ClusterSchool.Part.MENTOR):
        found[seat.cluster_id].seats.append(seat)
    return list(found.values())


@dataclass(frozen=True)
class Coordinator:
    """Who coordinates a cluster; `letter` is the state of the last invitation, "" for none."""

    person_id: int
    name: str
    email: str
    letter: str


def coordinators(cluster_ids: list[int], *, at: datetime) -> dict[int, list[Coordinator]]:
    """Coordinators by cluster, with what became of their invitations."""
    grants = (
        Grant.objects.filter(
            people.in_force(at), role=Role.CLUSTER_COORDINATOR, scope=Grant.Scope.CLUSTER,
            scope_id__in=cluster_ids,
        )
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )  # fmt: skip
    rows = list(grants)
    sent = _invitations([row.person_id for row in rows])
    found: dict[int, list[Coordinator]] = {}
    for row in rows:
        one = row.person
        state = sent.get(f"coordinator:{one.pk}:{row.scope_id}", "")
        found.setdefault(row.scope_id, []).append(Coordinator(one.pk, one.name, one.email, state))
    return found


def _invitations(person_ids: list[int]) -> dict[str, str]:
    letters = Letter.objects.filter(kind="invitation", person_id__in=person_ids).order_by("pk")
    rows = letters.filter(purpose__startswith="coordinator:").values_list("purpose", "state")
    return {purpose.rpartition(":")[0]: state for purpose, state in rows}


def installation() -> dict[str, object]:
    """What was said about the service, as first values of its form."""
    row = Installation.objects.first() or Installation()
    return {
        "languages": row.languages or ["en"],
        "sender_address": row.sender_address,
        "zone": row.zone,
    }


def open_schools(country_id: int) -> list[School]:
    """Schools of a country that are not closed, by name."""
    rows = School.objects.filter(country_id=country_id, closed_at__isnull=True)
    return list(rows.order_by("sort_key", "pk"))


def schools_by_country() -> list[Country]:
    """Countries by code, each with `number`: how many open schools it has."""
    still_open = Count("schools", filter=Q(schools__closed_at__isnull=True))
    return list(Country.objects.annotate(number=still_open).order_by("code"))


@dataclass(frozen=True)
class Counts:
    """How large the network is."""

    countries: int
    schools: int
    clusters: int
    members: int


def counts(*, on: date) -> Counts:
    """The size of the whole network on a day."""
    members = Membership.objects.filter(current(on), school__isnull=False)
    return Counts(
        Country.objects.count(),
        School.objects.filter(closed_at__isnull=True).count(),
        Cluster.objects.count(),
        members.values("person_id").distinct().count(),
    )


def sentence_of(roster: RosterImport) -> str:
    """What an import did, in words."""
    if roster.finished_at is None:
        return _("The list is long and is being added. You may close this page.")
    thing = RosterMade.Thing.SCHOOL if roster.kind == "schools" else RosterMade.Thing.PERSON
    number = roster.made.filter(thing=thing).count()
    if roster.kind == "schools":
        words = ngettext("%(number)s school is added.", "%(number)s schools are added.", number)
    else:
        words = ngettext("%(number)s person is added.", "%(number)s people are added.", number)
    return words % {"number": number}
