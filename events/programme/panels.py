"""What programme adds to the list of events: the reader's own cluster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.networks import queries as networks
from events.networks.models import ClusterSchool
from events.programme import states
from events.programme.models import Event

BACK = timedelta(days=180)


@dataclass(frozen=True)
class OwnCluster:
    """A cluster with the schools that host, the mentor school first."""

    name: str
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
        schools=schools,
        levels=[-(-4 * number // most) if most else 0 for _name, number in schools],
        names=[f"{name} {number}" for name, number in schools],
    )
    return Panel("programme/own_cluster.html", values, order=60)
