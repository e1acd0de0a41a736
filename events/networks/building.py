"""What the API asks and checks before the network is changed."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from events.kernel import zones
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, Missing
from events.kernel.words import gettext_noop
from events.networks import policies, queries
from events.networks.answers import MemberShape
from events.networks.models import Cluster, Country, Membership, Programme, School


class CountryUnknown(BadInput):
    """The country is not part of the network."""

    code = "country_unknown"
    sentence = gettext_noop("This country is not part of the network. Choose another.")


class ZoneWrong(BadInput):
    """The zone is not in the time zone database."""

    code = "zone_unknown"
    sentence = gettext_noop("Choose a time zone from the list.")


class TermTurned(BadInput):
    """A term ends after it starts."""

    code = "term_order"
    sentence = gettext_noop("The last day must be after the first. Choose others.")


class SchoolUnknown(BadInput):
    """The school is closed, or of another country."""

    code = "school_unknown"
    sentence = gettext_noop("Choose open schools of the cluster's country.")


class ProgrammeUnknown(BadInput):
    """There is no such programme."""

    code = "programme_unknown"
    sentence = gettext_noop("There is no such programme. Choose another.")


def country(code: str) -> Country:
    """A country by its ISO code; raises CountryUnknown."""
    found = Country.objects.filter(code=code).first()
    if found is None:
        raise CountryUnknown(field="country")
    return found


def require_zone(name: str) -> None:
    """Raise ZoneWrong for a name that is no IANA zone."""
    try:
        zones.zone(name)
    except zones.ZoneUnknown as error:
        raise ZoneWrong(field="zone") from error


def require_order(first: date, last: date) -> None:
    """Raise TermTurned where a term does not end after it starts."""
    if last <= first:
        raise TermTurned(field="ends_on")


def require_programme(programme_id: int | None) -> None:
    """Raise ProgrammeUnknown."""
    if programme_id and not Programme.objects.filter(pk=programme_id).exists():
        raise ProgrammeUnknown(field="programme_id")


def require_schools(cluster_id: int, school_ids: Sequence[int]) -> None:
    """Raise SchoolUnknown unless all are open schools of the cluster's country."""
    country_ids = Cluster.objects.filter(pk=cluster_id).values("country_id")
    rows = School.objects.filter(country_id__in=country_ids, closed_at=None, pk__in=school_ids)
    if rows.count() != len(set(school_ids)):
        raise SchoolUnknown(field="school_id")


def require_open_schools(school_ids: Sequence[int]) -> None:
    """Raise SchoolUnknown unless all are schools that are not closed."""
    rows = School.objects.filter(closed_at=None, pk__in=school_ids)
    if rows.count() != len(set(school_ids)):
        raise SchoolUnknown(field="school_id")


def clusters(by: Actor) -> QuerySet[Cluster]:
    """Clusters the actor may see; the set form of `policies.may_see_cluster`."""
    if policies.views_everything(by):
        return Cluster.objects.all()
    reached = by.reach("clusters", *policies.VIEWERS)
    return Cluster.objects.filter(Q(pk__in=by.home_clusters) | Q(pk__in=reached))


def cluster(cluster_id: int, by: Actor) -> Cluster:
    """A cluster the actor may see; raises Missing."""
    found = clusters(by).filter(pk=cluster_id).first()
    if found is None:
        raise Missing
    return found


def lock_cluster(cluster_id: int) -> None:
    """Let nobody else change a cluster until the transaction ends."""
    Cluster.objects.select_for_update().filter(pk=cluster_id).first()


def people_of_cluster(row: Cluster, by: Actor, *, on: date) -> list[MemberShape]:
    """People of those of its schools that the actor looks after."""
    schools = queries.schools_of_clusters(frozenset({row.pk}), on=on)
    return members([pk for pk in schools if policies.may_see_school(by, pk)], on=on)


def members(school_ids: Sequence[int], *, on: date) -> list[MemberShape]:
    """The people of schools on a day, by name."""
    rows = (
        Membership.objects.filter(
            queries.current(on), school_id__in=school_ids, person__is_active=True
        )
        .select_related("person", "school")
        .order_by("person__sort_key", "person_id", "school_id")
    )
    return [
        MemberShape(
            id=row.person_id, name=row.person.name, school_id=row.school.pk,
            school=row.school.name, job=row.job, since=row.starts_on,
        )
        for row in rows
        if row.school is not None
    ]  # fmt: skip
