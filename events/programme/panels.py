"""What programme adds: the reader's own cluster beside the list, coming events to a cluster's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.networks import queries as networks
from events.networks.models import ClusterSchool
from events.programme import queries, seriesdates, states
from events.programme.models import Event, Part

BACK = timedelta(days=180)
NEXT = 10


@dataclass(frozen=True)
class OwnCluster:
    """A cluster with the schools that host, the mentor school first."""

    name: str
    slug: str
    schools: list[tuple[str, int]]
    levels: list[int]
    names: list[str]


def own_cluster(actor: Actor, _ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """The schools of the reader's cluster, darker for more events hosted in the last half year."""
    if not actor.home_clusters:
        return None
    seats = list(
        ClusterSchool.objects.filter(
            networks.current(at.date()), cluster_id=min(actor.home_clusters)
        )
        .select_related("cluster", "school")
        .order_by("school__sort_key")
    )
    seats.sort(key=lambda seat: seat.part != ClusterSchool.Part.MENTOR)
    if not seats:
        return None
    hosted = dict(
        Event.objects.filter(
            cluster_id=seats[0].cluster_id,
            state__in=(states.PUBLISHED, states.CLOSED),
            starts_at__gt=at - BACK,
        )
        .values_list("host_school_id")
        .annotate(number=Count("pk"))
    )
    schools = [(seat.school.name, hosted.get(seat.school_id, 0)) for seat in seats]
    most = max(number for _name, number in schools)
    values = OwnCluster(
        name=seats[0].cluster.name,
        slug=seats[0].cluster.slug,
        schools=schools,
        levels=[-(-4 * number // most) if most else 0 for _name, number in schools],
        names=[f"{name} {number}" for name, number in schools],
    )
    return Panel("programme/own_cluster.html", values, order=60)


@dataclass(frozen=True)
class Standing:
    """Where an event stands in its series, and its neighbours."""

    slug: str
    number: int
    total: int
    before: Part | None
    after: Part | None


def of_series(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  called so
    """Which date of a series an event is, with the one before and the one after."""
    event = Event.objects.filter(pk=ids["event_id"]).select_related("series").first()
    if event is None or event.series is None:
        return None
    rows = seriesdates.chain_seen(event.series, by=actor).exclude(event__state=states.CANCELLED)
    parts = list(rows)
    here = next((place for place, row in enumerate(parts) if row.event_id == event.pk), None)
    if here is None:
        return Panel("programme/series.html", Standing(event.series.slug, 0, 0, None, None))
    own = [part.event_id for part in parts if part.event.series_id == event.series_id]
    around, number = [None, *parts, None], own.index(event.pk) + 1
    values = Standing(event.series.slug, number, len(own), around[here], around[here + 2])
    return Panel("programme/series.html", values, order=5)


def series_marks(
    actor: Actor,  # noqa: ARG001  called so
    ids: Sequence[int],
    *,
    at: datetime,  # noqa: ARG001  called so
) -> Mapping[int, Panel]:
    """A mark on the rows of dates of a series."""
    places = seriesdates.places_of(ids)
    return {
        pk: Panel("programme/series_mark.html", place, order=90) for pk, place in places.items()
    }


def coming_in_cluster(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """The next published events of a cluster that the reader may see."""
    parts = _coming(actor, at=at).filter(event__cluster_id=ids["cluster_id"])
    return Panel("programme/coming.html", list(parts[:NEXT]), order=20)


def coming_in_community(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """The next published events for a community that the reader may see."""
    parts = _coming(actor, at=at).filter(event__community_id=ids["community_id"])
    return Panel("programme/coming_community.html", list(parts[:NEXT]), order=20)


def coming_at_school(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """The next published events that a school hosts or visits and the reader may see."""
    school = ids["school_id"]
    found = _coming(actor, at=at).filter(
        Q(event__host_school_id=school) | Q(event__visitors__contains=[school])
    )
    parts = list(found[:NEXT])
    return Panel("programme/coming.html", parts, order=20) if parts else None


def _coming(actor: Actor, *, at: datetime) -> QuerySet[Part]:
    return (
        Part.objects.filter(
            order=1, event__state=states.PUBLISHED, event__ends_at__gt=at,
            event_id__in=queries.ids_visible_to(actor),
        )
        .select_related("event", "event__kind", "event__cluster", "event__host_school", "venue")
        .order_by("starts_at", "pk")
    )  # fmt: skip
