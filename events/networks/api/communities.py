"""Operations on communities: find them, join, leave."""

from django.http import HttpRequest

from events.backstage import edge
from events.interface.operations import Operations
from events.interface.shapes import Code, Done, List, Shape, link
from events.networks import groups
from events.networks.models import Community

router = Operations(tags=["network"])


class CommunityShape(Shape):
    """People of one subject or job, across schools; `names` by language tag."""

    code: str
    names: dict[str, str]
    country: str | None
    mine: bool
    links: dict[str, str]


@router.read("/communities", List[CommunityShape], scope="network:read")
def list_communities(request: HttpRequest) -> List[CommunityShape]:
    """The communities you may join, belong to or look after."""
    by = edge.actor(request)
    rows = groups.visible_to(by).order_by("code")
    return List(items=[_shape(row, mine=row.pk in by.home_communities) for row in rows])


def _shape(row: Community, *, mine: bool) -> CommunityShape:
    return CommunityShape(
        code=row.code, names=row.names, country=row.country.code if row.country else None,
        mine=mine, links={"membership": link("communities", row.code, "membership")},
    )  # fmt: skip


@router.change("PUT", "/communities/{code}/membership", Done, scope="profile:write")
def join_community(request: HttpRequest, code: Code) -> Done:
    """Join a community of your country."""
    by = edge.actor(request)
    row = groups.seen(code, by=by)
    groups.join(community_id=row.pk, by=by, at=edge.moment(request))
    return Done()


@router.change("DELETE", "/communities/{code}/membership", Done, scope="profile:write")
def leave_community(request: HttpRequest, code: Code) -> Done:
    """Leave a community."""
    by = edge.actor(request)
    row = groups.seen(code, by=by)
    groups.leave(community_id=row.pk, by=by, at=edge.moment(request))
    return Done()
