"""Operations on the network: countries, programmes, terms, schools and clusters."""

from datetime import date

from django.http import HttpRequest

from events.backstage import edge
from events.interface import conditions, paging
from events.interface.operations import Operations
from events.interface.shapes import Code, CountryCode, Cursor, Id, Limit, List, Page, Search
from events.kernel.actors import Actor
from events.networks import answers, building, commands, policies, queries, reach
from events.networks.answers import (
    ClusterShape,
    CountryShape,
    MemberShape,
    ProgrammeShape,
    SchoolShape,
    TermShape,
)
from events.networks.wishes import (
    ClusterChange,
    ClusterWanted,
    CountryWanted,
    ProgrammeWanted,
    SchoolWanted,
    SeatWanted,
    TermWanted,
)

router = Operations(tags=["network"])
READ, WRITE = "network:read", "network:write"


def _who(request: HttpRequest) -> tuple[Actor, date]:
    return edge.actor(request), edge.moment(request).date()


@router.read("/countries", List[CountryShape], scope=READ, public=True)
def list_countries(request: HttpRequest) -> List[CountryShape]:  # noqa: ARG001  as all views
    """All countries of the network."""
    return List(items=[answers.country(row) for row in queries.countries()])


@router.change("PUT", "/countries/{code}", CountryShape, scope=WRITE)
def save_country(request: HttpRequest, code: CountryCode, body: CountryWanted) -> CountryShape:
    """Add a country by its ISO code, or change the one there is."""
    by, at = edge.actor(request), edge.moment(request)
    building.require_zone(body.zone)
    return answers.country(commands.add_country(code=code, by=by, at=at, **body.model_dump()))


@router.read("/programmes", List[ProgrammeShape], scope=READ, public=True)
def list_programmes(request: HttpRequest) -> List[ProgrammeShape]:  # noqa: ARG001  as all views
    """All programmes by name."""
    return List(items=[answers.programme(row) for row in reach.programmes()])


@router.change("PUT", "/programmes/{code}", ProgrammeShape, scope=WRITE)
def save_programme(request: HttpRequest, code: Code, body: ProgrammeWanted) -> ProgrammeShape:
    """Add a programme, or change the one of that code."""
    by, at = edge.actor(request), edge.moment(request)
    return answers.programme(commands.add_programme(code=code, by=by, at=at, **body.model_dump()))


@router.read("/countries/{code}/terms", List[TermShape], scope=READ)
def list_terms(request: HttpRequest, code: CountryCode) -> List[TermShape]:  # noqa: ARG001  as all views
    """The terms of a country, newest first."""
    country = building.country(code)
    return List(items=[answers.term(row) for row in queries.terms_of(frozenset({country.pk}))])


@router.act("/countries/{code}/terms", TermShape, scope=WRITE)
def save_term(request: HttpRequest, code: CountryCode, body: TermWanted) -> TermShape:
    """Add a term of a country, or change the one of that name."""
    by, at = edge.actor(request), edge.moment(request)
    country = building.country(code)
    building.require_order(body.starts_on, body.ends_on)
    row = commands.add_term(country_id=country.pk, by=by, at=at, **body.model_dump())
    return answers.term(row)


@router.read("/schools", Page[SchoolShape], scope=READ)
def list_schools(
    request: HttpRequest, *, limit: Limit = 25, cursor: Cursor = "", q: Search = "",
    country: CountryCode | None = None,
) -> Page[SchoolShape]:  # fmt: skip
    """Schools you look after, by name."""
    by, _ = _who(request)
    policies.require_views_network(by)
    return paging.page(
        request, reach.schools(by, country=country or "", text=q),
        lambda rows: [answers.school(row) for row in rows], order=("sort_key", "pk"),
        limit=limit, cursor=cursor,
    )  # fmt: skip


@router.make("/schools", SchoolShape, scope=WRITE)
def add_school(request: HttpRequest, body: SchoolWanted) -> SchoolShape:
    """Add a school to a country you keep."""
    by, at = edge.actor(request), edge.moment(request)
    values = body.model_dump(exclude={"country", "languages"})
    row = commands.add_school(
        country_id=building.country(body.country).pk, languages=tuple(body.languages), by=by,
        at=at, **values,
    )  # fmt: skip
    return answers.school(row)


@router.read("/schools/{school_id}", SchoolShape, scope=READ)
def get_school(request: HttpRequest, school_id: Id) -> SchoolShape:
    """One school you look after."""
    return answers.school(reach.school(school_id, edge.actor(request)))


@router.act("/schools/{school_id}/close", SchoolShape, scope=WRITE)
def close_school(request: HttpRequest, school_id: Id) -> SchoolShape:
    """Close a school; its history stays."""
    by, at = edge.actor(request), edge.moment(request)
    reach.school(school_id, by)
    return answers.school(commands.close_school(school_id=school_id, by=by, at=at))


@router.act("/schools/{school_id}/reopen", SchoolShape, scope=WRITE)
def reopen_school(request: HttpRequest, school_id: Id) -> SchoolShape:
    """Take the closing of a school back."""
    by, at = edge.actor(request), edge.moment(request)
    reach.school(school_id, by)
    return answers.school(commands.reopen_school(school_id=school_id, by=by, at=at))


@router.read("/schools/{school_id}/people", List[MemberShape], scope="people:read")
def list_school_people(request: HttpRequest, school_id: Id) -> List[MemberShape]:
    """The people of a school you look after, by name."""
    by, on = _who(request)
    row = reach.school(school_id, by)
    return List(items=building.members([row.pk], on=on))


@router.read("/clusters", Page[ClusterShape], scope=READ)
def list_clusters(
    request: HttpRequest, limit: Limit = 25, cursor: Cursor = ""
) -> Page[ClusterShape]:
    """Clusters you belong to or look after."""
    by, on = _who(request)
    return paging.page(
        request, building.clusters(by), lambda rows: answers.clusters(rows, on=on),
        order=("name", "pk"), limit=limit, cursor=cursor,
    )  # fmt: skip


@router.make("/clusters", ClusterShape, scope=WRITE)
def add_cluster(request: HttpRequest, body: ClusterWanted) -> ClusterShape:
    """Add a cluster to a country you keep."""
    by, at = edge.actor(request), edge.moment(request)
    building.require_programme(body.programme_id)
    row = commands.add_cluster(
        country_id=building.country(body.country).pk, by=by, at=at,
        **body.model_dump(exclude={"country"}),
    )  # fmt: skip
    return answers.clusters([row], on=at.date())[0]


def _cluster(request: HttpRequest, cluster_id: int) -> ClusterShape:
    by, on = _who(request)
    return answers.clusters([building.cluster(cluster_id, by)], on=on)[0]


@router.read("/clusters/{cluster_id}", ClusterShape, scope=READ)
def get_cluster(request: HttpRequest, cluster_id: Id) -> ClusterShape:
    """One cluster with its schools."""
    return _cluster(request, cluster_id)


@router.change("PUT", "/clusters/{cluster_id}", ClusterShape, scope=WRITE, match="needed")
def change_cluster(request: HttpRequest, cluster_id: Id, body: ClusterChange) -> ClusterShape:
    """Change a cluster and its schools; those not named leave today."""
    by, at = edge.actor(request), edge.moment(request)
    building.lock_cluster(cluster_id)
    conditions.require_match(request, _cluster(request, cluster_id))
    building.require_schools(cluster_id, [body.mentor_id, *body.mentee_ids])
    commands.change_cluster(cluster_id=cluster_id, by=by, at=at, **body.model_dump())
    return _cluster(request, cluster_id)


@router.change("PUT", "/clusters/{cluster_id}/schools/{school_id}", ClusterShape, scope=WRITE)
def seat_school(
    request: HttpRequest, cluster_id: Id, school_id: Id, body: SeatWanted
) -> ClusterShape:
    """Give a school a seat; a new mentor school makes the former one a mentee school."""
    by, at = edge.actor(request), edge.moment(request)
    building.cluster(cluster_id, by)
    building.require_schools(cluster_id, [school_id])
    commands.seat_school(
        cluster_id=cluster_id, school_id=school_id, by=by, at=at, **body.model_dump()
    )
    return _cluster(request, cluster_id)


@router.read("/clusters/{cluster_id}/people", List[MemberShape], scope="people:read")
def list_cluster_people(request: HttpRequest, cluster_id: Id) -> List[MemberShape]:
    """The people of a cluster's schools, for those who look after it."""
    by, on = _who(request)
    row = building.cluster(cluster_id, by)
    return List(items=building.people_of_cluster(row, by, on=on))
