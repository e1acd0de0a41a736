"""Operations that plan and change events and their parts."""

from typing import Annotated

from django.http import HttpRequest
from pydantic import Field

from events.backstage import edge
from events.interface import conditions, paging
from events.interface.operations import Operations
from events.interface.shapes import Cursor, Id, Limit, List, Page, Shape, Wanted
from events.kernel.errors import NotAllowed
from events.planner import asked, commands, partplans, policies, queries
from events.planner.wishes import EventChange, EventWanted, PartWanted
from events.programme import answers
from events.programme import policies as may
from events.programme import queries as programme
from events.programme.answers import EventShape, VenueShape
from events.programme.models import Event

router = Operations(tags=["events"])
WRITE = "events:write"
PART = "/events/{event_id}/parts/{part_id}"


class ScopeShape(Shape):
    """Somewhere you may plan: a cluster, or a country as a whole."""

    name: str
    cluster_id: int | None
    country_id: int
    zone: str
    language: str


class CallingOff(Wanted):
    """Why a part will not take place; the people registered read it."""

    reason: Annotated[str, Field(max_length=300)] = ""


@router.read("/planning/scopes", List[ScopeShape], scope="events:read")
def list_scopes(request: HttpRequest) -> List[ScopeShape]:
    """Where you may plan."""
    return List(
        items=[
            ScopeShape(
                name=row.name, cluster_id=row.cluster_id, country_id=row.country_id,
                zone=row.zone, language=row.language,
            )
            for row in queries.scopes(edge.actor(request))
        ]
    )  # fmt: skip


@router.read("/venues", Page[VenueShape], scope="events:read")
def list_venues(request: HttpRequest, limit: Limit = 25, cursor: Cursor = "") -> Page[VenueShape]:
    """Venues of the events you see, for those who plan."""
    by = edge.actor(request)
    if not policies.plans(by):
        raise NotAllowed
    return paging.page(
        request, queries.venues(by), lambda rows: [answers.venue(row) for row in rows],
        order=("name", "pk"), limit=limit, cursor=cursor,
    )  # fmt: skip


def _shown(request: HttpRequest, event_id: int) -> EventShape:
    by = edge.actor(request)
    return answers.event(programme.seen(event_id, by=by), by=by)


def _to_run(request: HttpRequest, event_id: int) -> Event:
    """An event the caller runs, locked, in the state If-Match names."""
    by = edge.actor(request)
    programme.lock(event_id)
    event = programme.seen(event_id, by=by)
    may.require_may_run(by, event)
    conditions.require_match(request, answers.event(event, by=by))
    return event


@router.make("/events", EventShape, scope=WRITE)
def plan_event(request: HttpRequest, body: EventWanted) -> EventShape:
    """Plan an event as a draft; nobody but planners sees it before it is published."""
    by, at = edge.actor(request), edge.moment(request)
    event = commands.plan(asked.new_event(request, body), publish=False, by=by, at=at)
    return _shown(request, event.pk)


@router.change("PATCH", "/events/{event_id}", EventShape, scope=WRITE, match="needed")
def change_event(request: HttpRequest, event_id: Id, body: EventChange) -> EventShape:
    """Change an event; people are told when its time, place, link or title moves."""
    by, at = edge.actor(request), edge.moment(request)
    event = _to_run(request, event_id)
    wish = asked.changed_event(request, event, programme.parts_of(event_id)[0], body)
    commands.change(event_id, wish, publish=False, by=by, at=at)
    return _shown(request, event_id)


@router.make("/events/{event_id}/parts", EventShape, scope=WRITE)
def add_part(request: HttpRequest, event_id: Id, body: PartWanted) -> EventShape:
    """Add one more part; who has a place is told."""
    by, at = edge.actor(request), edge.moment(request)
    may.require_may_run(by, programme.seen(event_id, by=by))
    form = asked.part_form(body, zone=programme.parts_of(event_id)[0].zone)
    partplans.add(event_id, form.wish(), place=form.place(), by=by, at=at)
    return _shown(request, event_id)


@router.change("PUT", PART, EventShape, scope=WRITE, match="needed")
def change_part(request: HttpRequest, event_id: Id, part_id: Id, body: PartWanted) -> EventShape:
    """Move a part; who has a place is told."""
    by, at = edge.actor(request), edge.moment(request)
    _to_run(request, event_id)
    part = programme.part_of(event_id, part_id)
    form = asked.part_form(body, zone=part.zone, part=part)
    partplans.change(part_id, form.wish(), place=form.place(), by=by, at=at)
    return _shown(request, event_id)


@router.act(f"{PART}/cancel", EventShape, scope=WRITE)
def cancel_part(request: HttpRequest, event_id: Id, part_id: Id, body: CallingOff) -> EventShape:
    """Take a part out of a draft, or call it off in a published event."""
    by, at = edge.actor(request), edge.moment(request)
    may.require_may_run(by, programme.seen(event_id, by=by))
    programme.part_of(event_id, part_id)
    partplans.remove(part_id, reason=body.reason, by=by, at=at)
    return _shown(request, event_id)
