"""Questions about series and their dates."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.programme import queries, states
from events.programme.models import Event, Part, Series
from events.programme.scenes import ALL, LIVE


def seen_by_slug(slug: str, *, by: Actor) -> Series:
    """A series of which the actor may see at least one date; else Missing."""
    row = Series.objects.filter(slug=slug).first()
    if row is None or not dates_seen(row, by=by).exists():
        raise Missing
    return row


def dates_seen(row: Series, *, by: Actor) -> QuerySet[Part]:
    """The dates of a series the actor may see, in the order they take place."""
    return _dates([row.pk]).filter(event_id__in=queries.ids_visible_to(by))


def dates_for_work(series_id: int) -> QuerySet[Part]:
    """All dates of a series by original start, without a policy."""
    return (
        Part.objects.filter(event__series_id=series_id)
        .select_related("event", "event__kind", "event__series", "venue")
        .order_by("recurrence_id", "pk")
    )


def touched(event: Event, scope: str, *, at: datetime) -> list[Part]:
    """Coming dates that a deed on the series of an event reaches, as `Scene.live` has them."""
    chosen = Part.objects.get(event=event, order=1)
    rows = dates_for_work(event.series_id or 0).filter(starts_at__gt=at, event__state__in=LIVE)
    return list(rows if scope == ALL else rows.filter(recurrence_id__gte=chosen.recurrence_id))


@dataclass(frozen=True)
class Place:
    """Which date of a series an event is: `number` of `total` that take place."""

    series_id: int
    slug: str
    number: int
    total: int


def places_of(event_ids: Collection[int]) -> dict[int, Place]:
    """Where events stand in their series, by event id; two queries for a whole list."""
    rows = Event.objects.filter(pk__in=event_ids, series__isnull=False)
    found = dict(rows.values_list("pk", "series_id"))
    if not found:
        return {}
    rows_of = _numbered(set(found.values()))
    return {pk: Place(*place) for pk, *place in rows_of if pk in found}


def _numbered(series_ids: Collection[int]) -> Iterable[tuple[Any, ...]]:
    row, in_order = F("event__series_id"), [F("starts_at").asc(), F("pk").asc()]
    return (
        Part.objects.filter(event__series_id__in=series_ids)
        .exclude(event__state=states.CANCELLED)
        .annotate(
            number=Window(RowNumber(), partition_by=row, order_by=in_order),
            total=Window(Count("pk"), partition_by=row),
        )
        .values_list("event_id", "event__series_id", "event__series__slug", "number", "total")
    )


def neighbours(event: Event, *, by: Actor) -> tuple[Part | None, Part | None]:
    """The dates before and after an event that the actor may see and that take place."""
    if event.series is None:
        return None, None
    rows = dates_seen(event.series, by=by).exclude(event__state=states.CANCELLED)
    rows = rows.exclude(event=event)
    before = Q(starts_at__lt=event.starts_at)
    return rows.filter(before).last(), rows.exclude(before).first()


def successor_of(row: Series) -> Series | None:
    """The series that follows one whose dates all went over."""
    return Series.objects.filter(follows=row).order_by("pk").last()


def chain(row: Series) -> list[int]:
    """Ids of a series, of those it goes back to, and of all that follow from them."""
    root = row
    while root.follows is not None:
        root = root.follows
    found, newest = [root.pk], [root.pk]
    while newest:
        newest = list(Series.objects.filter(follows__in=newest).values_list("pk", flat=True))
        found += newest
    return found


def chain_seen(row: Series, *, by: Actor) -> QuerySet[Part]:
    """The dates the actor may see of a series and of those before and after it, by time."""
    return _dates(chain(row)).filter(event_id__in=queries.ids_visible_to(by))


def chain_for_work(row: Series) -> QuerySet[Part]:
    """The same dates without a policy."""
    return _dates(chain(row))


def _dates(series_ids: Collection[int]) -> QuerySet[Part]:
    return (
        Part.objects.filter(event__series_id__in=series_ids)
        .select_related(
            "event", "event__kind", "event__cluster", "event__host_school", "event__series", "venue"
        )
        .order_by("starts_at", "pk")
    )
