"""Operations on series: plan many dates at once, change or cancel those to come."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from events.backstage import edge
from events.interface import conditions, paging
from events.interface.operations import Operations
from events.interface.shapes import Cursor, Day, Id, Limit, Page, Shape, Wall, Wanted, link
from events.kernel.errors import Missing
from events.planner import asked, series
from events.planner.wishes import EventChange, EventWanted
from events.programme import answers, queries
from events.programme import policies as may
from events.programme import series as programme
from events.programme.answers import EventShape
from events.programme.models import Event, Series
from events.programme.recurrence import Repeat, repeat_of

router = Operations(tags=["events"])
WRITE = "events:write"
Reason = Annotated[str, Field(max_length=300)]


class RepeatWanted(Wanted):
    """How often, and until which day (included) or how many times."""

    every: Literal["daily", "weekly", "fortnightly", "monthly"]
    until: Day | None = None
    number: Annotated[int, Field(strict=True, ge=2, le=100)] | None = None

    def repeat(self) -> Repeat:
        """The choice as the planner takes it."""
        return Repeat(self.every, until=self.until, number=self.number)


class SeriesWanted(EventWanted):
    """The first date, how it repeats, and starts that shall have no date."""

    repeat: RepeatWanted
    leave_out: Annotated[list[Wall], Field(max_length=100)] = []


class SeriesChange(EventChange):
    """What is to be different from one date on (following) or on all dates to come."""

    scope: Literal["following", "all"]
    repeat: RepeatWanted | None = None
    reason: Reason = ""


class SeriesCancelling(Wanted):
    """Which dates will not take place, and why."""

    scope: Literal["following", "all"]
    reason: Reason = ""


class RepeatShape(Shape):
    """How often a series repeats."""

    every: str
    until: str | None
    number: int | None


class SeriesShape(Shape):
    """A rule that makes events, its dates."""

    id: int
    repeat: RepeatShape
    starts: str
    zone: str
    minutes: int
    left_out: list[str]
    published_at: datetime | None
    changed_at: datetime
    links: dict[str, str]


class Cancelled(Shape):
    """The events that were cancelled."""

    event_ids: list[int]


def _shape(row: Series) -> SeriesShape:
    found = repeat_of(row.rrule)
    own = link("series", row.pk)
    until = found.until.isoformat() if found.until else None
    return SeriesShape(
        id=row.pk, repeat=RepeatShape(every=found.every, until=until, number=found.number),
        starts=row.starts_wall, zone=row.zone, minutes=row.minutes, left_out=list(row.exdates),
        published_at=row.published_at, changed_at=row.changed_at,
        links={"self": own, "dates": f"{own}/dates"},
    )  # fmt: skip


def _seen(request: HttpRequest, series_id: int) -> Series:
    """A series any of whose dates the caller may see; raises Missing."""
    rows = Series.objects.filter(pk=series_id)
    visible = queries.visible_to(edge.actor(request)).filter(series_id=series_id)
    row = rows.first() if visible.exists() else None
    if row is None:
        raise Missing
    return row


def _event(request: HttpRequest, event_id: int) -> Event:
    by = edge.actor(request)
    event = queries.seen(event_id, by=by)
    may.require_may_run(by, event)
    if event.series_id is None:
        raise Missing
    return event


@router.make("/series", SeriesShape, scope=WRITE)
def plan_series(request: HttpRequest, body: SeriesWanted) -> SeriesShape:
    """Plan a series of drafts from its first date."""
    by, at = edge.actor(request), edge.moment(request)
    left = [datetime.fromisoformat(start) for start in asked.walls(body.leave_out)]
    wish = asked.new_event(request, body)
    row = series.plan(
        wish, repeat=body.repeat.repeat(), leave_out=left, publish=False, by=by, at=at
    )
    return _shape(row)


@router.read("/series/{series_id}", SeriesShape, scope="events:read")
def get_series(request: HttpRequest, series_id: Id) -> SeriesShape:
    """One series."""
    return _shape(_seen(request, series_id))


@router.read("/series/{series_id}/dates", Page[EventShape], scope="events:read")
def list_series_dates(
    request: HttpRequest, series_id: Id, limit: Limit = 25, cursor: Cursor = ""
) -> Page[EventShape]:
    """The dates of a series that you may know of."""
    by = edge.actor(request)
    _seen(request, series_id)
    rows = queries.visible_to(by).filter(series_id=series_id)
    return paging.page(
        request, rows, lambda found: answers.events(found, by=by), order=("starts_at", "pk"),
        limit=limit, cursor=cursor,
    )  # fmt: skip


@router.act("/series/{series_id}/publish", SeriesShape, scope=WRITE)
def publish_series(request: HttpRequest, series_id: Id) -> SeriesShape:
    """Publish all dates of a series; mails leave ten seconds later."""
    _seen(request, series_id)
    by, at = edge.actor(request), edge.moment(request)
    return _shape(programme.publish(series_id, by=by, at=at))


@router.act("/series/{series_id}/unpublish", SeriesShape, scope=WRITE)
def unpublish_series(request: HttpRequest, series_id: Id) -> SeriesShape:
    """Take publishing back while no mail has left."""
    _seen(request, series_id)
    by, at = edge.actor(request), edge.moment(request)
    return _shape(programme.unpublish(series_id, by=by, at=at))


@router.change("PATCH", "/events/{event_id}/dates", SeriesShape, scope=WRITE, match="needed")
def change_dates(request: HttpRequest, event_id: Id, body: SeriesChange) -> SeriesShape:
    """Change a date of a series together with the following or all; If-Match is the event's ETag."""
    by, at = edge.actor(request), edge.moment(request)
    queries.lock(event_id)
    event = _event(request, event_id)
    conditions.require_match(request, answers.event(event, by=by))
    wish = asked.changed_event(request, event, queries.parts_of(event_id)[0], body)
    repeat = body.repeat.repeat() if body.repeat else None
    done = series.change(
        event_id, wish, scope=body.scope, repeat=repeat, reason=body.reason, by=by, at=at
    )
    return _shape(done.series)


@router.act("/events/{event_id}/dates/cancel", Cancelled, scope=WRITE)
def cancel_dates(request: HttpRequest, event_id: Id, body: SeriesCancelling) -> Cancelled:
    """Cancel dates to come, from one on or all; people are told once."""
    by, at = edge.actor(request), edge.moment(request)
    _event(request, event_id)
    gone = programme.cancel(event_id, scope=body.scope, reason=body.reason, by=by, at=at)
    return Cancelled(event_ids=gone)
