"""Operations on families: what holds several events together."""

from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from events.backstage import edge
from events.interface import paging
from events.interface.operations import Operations
from events.interface.shapes import (
    BodyId,
    Cursor,
    Done,
    Id,
    Limit,
    Line,
    Page,
    Shape,
    Tongue,
    Wanted,
    link,
)
from events.kernel.errors import NotAllowed
from events.planner import queries as planner
from events.programme import answers, families, family_policies, family_queries
from events.programme import queries as programme
from events.programme.answers import EventShape
from events.programme.families import FamilyWish
from events.programme.family_models import Family

router = Operations(tags=["events"])
READ, WRITE = "events:read", "events:write"


class FamilyWanted(Wanted):
    """What the events are together, in a cluster or in a whole country."""

    kind: Literal["tour", "conference", "campaign", "course", "cascade"]
    title: Line
    language: Tongue
    summary: Annotated[str, Field(max_length=2000)] = ""
    cluster_id: BodyId | None = None
    country_id: BodyId | None = None


class FamilyShape(Shape):
    """A tour, conference, campaign, course or cascade."""

    id: int
    slug: str
    kind: str
    title: str
    summary: str
    language: str
    country_id: int
    cluster_id: int | None
    links: dict[str, str]


def _shape(row: Family) -> FamilyShape:
    own = link("families", row.pk)
    return FamilyShape(
        id=row.pk, slug=row.slug, kind=row.kind, title=row.title, summary=row.summary,
        language=row.language, country_id=row.country_id, cluster_id=row.cluster_id,
        links={"self": own, "events": f"{own}/events"},
    )  # fmt: skip


@router.read("/families", Page[FamilyShape], scope=READ)
def list_families(
    request: HttpRequest, limit: Limit = 25, cursor: Cursor = ""
) -> Page[FamilyShape]:
    """Families you run, or an event of which you may know of."""
    return paging.page(
        request, family_policies.visible_to(edge.actor(request)),
        lambda rows: [_shape(row) for row in rows], order=("created_at", "pk"), limit=limit,
        cursor=cursor,
    )  # fmt: skip


@router.make("/families", FamilyShape, scope=WRITE)
def found_family(request: HttpRequest, body: FamilyWanted) -> FamilyShape:
    """Make a family without events."""
    by, at = edge.actor(request), edge.moment(request)
    for scope in planner.scopes(by):
        mine = (scope.cluster_id, None if scope.cluster_id else scope.country_id)
        if mine == (body.cluster_id, None if body.cluster_id else body.country_id):
            wish = FamilyWish(
                body.kind, body.title, scope.country_id, body.language,
                cluster_id=scope.cluster_id, programme_id=scope.programme_id, summary=body.summary,
            )  # fmt: skip
            return _shape(families.found(wish, by=by, at=at))
    raise NotAllowed


@router.read("/families/{family_id}", FamilyShape, scope=READ)
def get_family(request: HttpRequest, family_id: Id) -> FamilyShape:
    """One family."""
    return _shape(family_queries.seen(family_id, by=edge.actor(request)))


@router.read("/families/{family_id}/events", Page[EventShape], scope=READ)
def list_family_events(
    request: HttpRequest, family_id: Id, limit: Limit = 25, cursor: Cursor = ""
) -> Page[EventShape]:
    """The events of a family that you may know of."""
    by = edge.actor(request)
    family_queries.seen(family_id, by=by)
    rows = programme.visible_to(by).filter(family_id=family_id)
    return paging.page(
        request, rows, lambda found: answers.events(found, by=by), order=("starts_at", "pk"),
        limit=limit, cursor=cursor,
    )  # fmt: skip


MEMBER = "/families/{family_id}/events/{event_id}"


@router.change("PUT", MEMBER, Done, scope=WRITE)
def join_family(request: HttpRequest, family_id: Id, event_id: Id) -> Done:
    """Put an event into a family; it leaves the one it was in."""
    families.join(event_id, family_id, by=edge.actor(request), at=edge.moment(request))
    return Done()


@router.change("DELETE", MEMBER, Done, scope=WRITE)
def leave_family(request: HttpRequest, family_id: Id, event_id: Id) -> Done:
    """Take an event out of a family."""
    families.leave(event_id, family_id, by=edge.actor(request), at=edge.moment(request))
    return Done()
