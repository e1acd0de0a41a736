"""Events found for lists of rooms further out, by what events alone know."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from events.kinds.models import Kind
from events.networks.models import Community
from events.programme.models import Event

Ids = QuerySet[Any, int] | Iterable[int]


def ids_of_kind(code: str) -> QuerySet[Event, int]:
    """Ids of the events of a kind, as a subquery."""
    return _ids(Event.objects.filter(kind__code=code))


def ids_of_community(code: str) -> QuerySet[Event, int]:
    """Ids of the events for a community, as a subquery."""
    return _ids(Event.objects.filter(community__code=code))


def kinds_of(event_ids: Ids) -> list[Kind]:
    """The kinds that events have, in their order."""
    held = Event.objects.filter(pk__in=event_ids).order_by().values("kind_id")
    return list(Kind.objects.filter(pk__in=held).order_by("order", "pk"))


def communities_of(event_ids: Ids) -> list[Community]:
    """The communities that events are for, by code."""
    held = Event.objects.filter(pk__in=event_ids).exclude(community=None).order_by()
    return list(Community.objects.filter(pk__in=held.values("community_id")).order_by("code"))


def _ids(rows: QuerySet[Event]) -> QuerySet[Event, int]:
    return rows.order_by().values_list("pk", flat=True)
