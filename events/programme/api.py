"""Operations on events: find and read them, and what becomes of them."""

from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from events.backstage import edge
from events.interface import conditions, paging
from events.interface.operations import Operations
from events.interface.shapes import (
    BodyId,
    Code,
    CountryCode,
    Cursor,
    Flag,
    Id,
    Instant,
    Limit,
    List,
    Note,
    Page,
    Search,
    Wanted,
)
from events.kernel.errors import Missing
from events.programme import answers, commands, listing, queries
from events.programme.answers import EventShape, SlotShape
from events.programme.models import Event, Part, Slot

router = Operations(tags=["events"])

State = Literal["draft", "published", "cancelled", "closed"]
Events = Page[EventShape]


class Cancelling(Wanted):
    """Why an event will not take place; the people registered read it."""

    reason: Note = ""


class SlotWanted(Wanted):
    """A piece of the running order; without a presenter it is open or a break."""

    form: Literal["talk", "break", "table"]
    minutes: Annotated[int, Field(strict=True, ge=1, le=1440)]
    title: Annotated[str, Field(max_length=160)] = ""
    presenter_id: BodyId | None = None
    online: Flag = False


class Order(Wanted):
    """A whole running order."""

    items: Annotated[list[SlotWanted], Field(max_length=200)]


@router.read("/events", Events, scope="events:read", public=True)
def list_events(
    request: HttpRequest, *, limit: Limit = 25, cursor: Cursor = "", q: Search = "",
    kind: Code | None = None, state: State | None = None, country: CountryCode | None = None,
    cluster_id: Id | None = None, starts_from: Instant | None = None,
    starts_before: Instant | None = None,
) -> Events:  # fmt: skip
    """Events you may know of, in the order of their start.

    Without filters: of any time and any state you may see.
    """
    by = edge.actor(request)
    rows = listing.narrowed(
        queries.visible_to(by), text=q, kind=kind, state=state, country=country,
        cluster_id=cluster_id, span=(starts_from, starts_before),
    )  # fmt: skip
    return paging.page(
        request, rows, lambda found: answers.events(found, by=by), order=("starts_at", "pk"),
        limit=limit, cursor=cursor,
    )  # fmt: skip


def _shown(request: HttpRequest, event_id: int) -> EventShape:
    by = edge.actor(request)
    return answers.event(queries.seen(event_id, by=by), by=by)


@router.read("/events/{event_id}", EventShape, scope="events:read", public=True)
def get_event(request: HttpRequest, event_id: Id) -> EventShape:
    """One event with its parts."""
    return _shown(request, event_id)


@router.act("/events/{event_id}/publish", EventShape, scope="events:write", match="taken")
def publish_event(request: HttpRequest, event_id: Id) -> EventShape:
    """Promise a draft to its audience; mails leave ten seconds later."""
    return _deed(request, event_id, lambda **who: commands.publish(event_id, **who))


@router.act("/events/{event_id}/unpublish", EventShape, scope="events:write", match="taken")
def unpublish_event(request: HttpRequest, event_id: Id) -> EventShape:
    """Take publishing back while no mail has left."""
    return _deed(request, event_id, lambda **who: commands.unpublish(event_id, **who))


@router.act("/events/{event_id}/cancel", EventShape, scope="events:write", match="taken")
def cancel_event(request: HttpRequest, event_id: Id, body: Cancelling) -> EventShape:
    """Cancel for good; a published event needs a reason."""
    return _deed(
        request, event_id, lambda **who: commands.cancel(event_id, reason=body.reason, **who)
    )


@router.act("/events/{event_id}/close", EventShape, scope="events:write", match="taken")
def close_event(request: HttpRequest, event_id: Id) -> EventShape:
    """Say that attendance is complete; certificates follow."""
    return _deed(request, event_id, lambda **who: commands.close(event_id, **who))


def _deed(request: HttpRequest, event_id: int, do: listing.Deed) -> EventShape:
    by, at = edge.actor(request), edge.moment(request)
    queries.lock(event_id)
    conditions.require_match(request, _shown(request, event_id), needed=False)
    do(by=by, at=at)
    return _shown(request, event_id)


def _part(request: HttpRequest, event_id: int, part_id: int) -> tuple[Event, Part]:
    event = queries.seen(event_id, by=edge.actor(request))
    part = next((one for one in queries.parts_of(event_id) if one.pk == part_id), None)
    if part is None:
        raise Missing
    return event, part


ORDER = "/events/{event_id}/parts/{part_id}/running-order"


def _order(part_id: int) -> List[SlotShape]:
    return List(items=[answers.slot(row) for row in queries.running_order(part_id)])


@router.read(ORDER, List[SlotShape], scope="events:read", public=True)
def get_running_order(request: HttpRequest, event_id: Id, part_id: Id) -> List[SlotShape]:
    """The slots of a part in their order."""
    _part(request, event_id, part_id)
    return _order(part_id)


@router.change("PUT", ORDER, List[SlotShape], scope="events:write", match="needed")
def set_running_order(
    request: HttpRequest, event_id: Id, part_id: Id, body: Order
) -> List[SlotShape]:
    """Replace the running order of a part; presenters belong to the event's audience."""
    event, part = _part(request, event_id, part_id)
    queries.lock(event_id)
    conditions.require_match(request, _order(part_id))
    wanted = [one.presenter_id for one in body.items if one.presenter_id]
    listing.require_presenters(event, part, wanted, at=edge.moment(request))
    slots = [Slot(**one.model_dump()) for one in body.items]
    commands.set_running_order(
        part_id, slots, by=edge.actor(request), at=edge.moment(request)
    )  # fmt: skip
    return _order(part_id)
