"""Questions about events and parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing
from events.networks.models import School
from events.programme import policies, states
from events.programme.models import Event, Part, Slot


def visible_to(actor: Actor) -> QuerySet[Event]:
    """Events the actor may know of; the set form of `policies.may_see`."""
    if any(item.world for item in actor.standing_as(Role.ADMINISTRATOR, Role.HELPDESK)):
        return Event.objects.all()
    return Event.objects.filter(_audience(actor) | _looked_after(actor))


def _audience(actor: Actor) -> Q:
    kinds = Event.Audience
    visits = actor.home_schools | actor.reach("schools", *policies.ESCORTS)
    found = (
        Q(audience=kinds.PUBLIC)
        | Q(audience=kinds.COUNTRY, country_id__in=actor.home_countries)
        | Q(audience=kinds.CLUSTER, cluster_id__in=actor.home_clusters)
        | Q(audience=kinds.COMMUNITY, community_id__in=actor.home_communities)
        | Q(audience=kinds.SCHOOLS, host_school_id__in=actor.home_schools)
    )
    if visits:
        found |= Q(visitors__overlap=sorted(visits))
    return ~Q(state=states.DRAFT) & found


def _looked_after(actor: Actor) -> Q:
    countries = actor.reach("countries", Role.NATIONAL_COORDINATOR, Role.MINISTRY_OFFICER)
    schools = actor.reach("schools", Role.SCHOOL_COORDINATOR, Role.SCHOOL_LEADER)
    found = (
        Q(country_id__in=countries)
        | Q(cluster_id__in=actor.reach("clusters", *policies.PLANNERS))
        | Q(host_school_id__in=schools)
        | Q(pk__in=actor.reach("events", Role.EXPERT, Role.PRESENTER))
        | Q(cluster__isnull=False, pk__in=actor.reach("events", Role.HOST))
    )
    if actor.person_id is not None:
        found |= Q(organiser_id=actor.person_id)
    return found


def ids_visible_to(actor: Actor) -> QuerySet[Event, int]:
    """The ids of visible events as a subquery for other rooms."""
    return visible_to(actor).order_by().values_list("pk", flat=True)


def near(actor: Actor) -> QuerySet[Event]:
    """Published events in the actor's own circle; the set form of `policies.is_near`."""
    watched = actor.reach("countries", Role.NATIONAL_COORDINATOR)
    alone = Q(cluster=None, country_id__in=actor.home_countries)
    found = (
        Q(cluster_id__in=actor.home_clusters)
        | alone
        | Q(host_school_id__in=actor.home_schools)
        | Q(country_id__in=watched)
        | Q(pk__in=actor.reach("events", Role.EXPERT, Role.PRESENTER))
    )
    if actor.home_schools:
        found |= Q(visitors__overlap=sorted(actor.home_schools))
    return Event.objects.filter(~Q(state=states.DRAFT) & found)


def run_by(actor: Actor) -> QuerySet[Event]:
    """Events the actor runs; the set form of `policies.may_run`."""
    clusters = actor.reach("clusters", Role.CLUSTER_COORDINATOR)
    schools = actor.reach("schools", Role.SCHOOL_COORDINATOR)
    countries = actor.reach("countries", Role.NATIONAL_COORDINATOR)
    in_cluster = Q(cluster__isnull=False) & (
        Q(cluster_id__in=clusters)
        | Q(host_school_id__in=schools)
        | Q(pk__in=actor.reach("events", Role.HOST))
    )
    mine = Q(organiser_id=actor.person_id) if actor.person_id is not None else Q(pk__in=[])
    return Event.objects.filter(mine | in_cluster | Q(cluster=None, country_id__in=countries))


def seen(event_id: int, *, by: Actor) -> Event:
    """An event the actor may see, with its kind, cluster, host and organiser; else Missing."""
    event = _full().filter(pk=event_id).first()
    return _checked(event, by)


def seen_by_slug(slug: str, *, by: Actor) -> Event:
    """The same by slug."""
    return _checked(_full().filter(slug=slug).first(), by)


def _full() -> QuerySet[Event]:
    return Event.objects.select_related(
        "kind",
        "country",
        "cluster",
        "community",
        "programme",
        "host_school",
        "organiser",
        "family",
        "series",
    )


def _checked(event: Event | None, by: Actor) -> Event:
    if event is None or not policies.may_see(by, event):
        raise Missing
    return event


def any_coming(*, at: datetime) -> bool:
    """Whether anything is promised at all, to whomever; tells a visitor only that signing in helps."""
    return Event.objects.filter(state=states.PUBLISHED, ends_at__gt=at).exists()


def ids_between(
    first: datetime, end: datetime, *, country_id: int | None = None
) -> QuerySet[Event, int]:
    """Ids of events that start in the half-open span, of one country if given, as a subquery."""
    rows = Event.objects.filter(starts_at__gte=first, starts_at__lt=end)
    if country_id is not None:
        rows = rows.filter(country_id=country_id)
    return rows.order_by().values_list("pk", flat=True)


def ids_of_same_country(event_id: int) -> QuerySet[Event, int]:
    """Ids of all events of the country of an event, as a subquery."""
    country = Event.objects.filter(pk=event_id).values("country_id")[:1]
    return Event.objects.filter(country_id=country).order_by().values_list("pk", flat=True)


def lock(event_id: int) -> None:
    """Let nobody else change an event until the transaction ends; one that is not there is fine."""
    Event.objects.select_for_update().filter(pk=event_id).first()


def event_for_work(event_id: int) -> Event:
    """An event for a handler or a room further out, with its relations and no policy."""
    return _full().get(pk=event_id)


def events_for_work(event_ids: Iterable[int] | QuerySet[Any, int]) -> dict[int, Event]:
    """The same for several events, by id; ids as a subquery cost no question of their own."""
    ids = event_ids if isinstance(event_ids, QuerySet) else list(event_ids)
    return {event.pk: event for event in _full().filter(pk__in=ids)}


def parts_of(event_id: int) -> list[Part]:
    """The parts that take place, in order of time, each with its venue; at least one."""
    rows = Part.objects.filter(event_id=event_id, cancelled_at=None)
    return list(rows.select_related("venue"))


def parts_with_event(event_id: int) -> list[Part]:
    """The same parts, each with its event instead of its venue; none for an unknown event."""
    rows = Part.objects.filter(event_id=event_id, cancelled_at=None)
    return list(rows.select_related("event"))


def all_parts_for_work(event_id: int) -> list[Part]:
    """Every part of an event, those called off too, each with its event and venue."""
    rows = Part.objects.filter(event_id=event_id).select_related("event", "event__kind", "venue")
    return list(rows)


def called_off_parts(event_id: int, *, after: datetime) -> list[Part]:
    """The parts called off alone that would have ended later, each with its venue."""
    rows = Part.objects.filter(event_id=event_id, cancelled_at__isnull=False, ends_at__gt=after)
    return list(rows.select_related("venue"))


def part_ids_of(event_ids: Sequence[int]) -> QuerySet[Part, int]:
    """The ids of all parts of events, as a subquery."""
    return Part.objects.filter(event_id__in=event_ids).order_by().values_list("pk", flat=True)


def event_ids_of(part_ids: Iterable[int] | QuerySet[Any, int]) -> list[int]:
    """The events that parts belong to."""
    rows = Part.objects.filter(pk__in=part_ids).order_by().values_list("event_id", flat=True)
    return list(rows.distinct())


def promised_ids(*, after: datetime) -> QuerySet[Event, int]:
    """Ids of published events that end after an instant, as a subquery."""
    rows = Event.objects.filter(state=states.PUBLISHED, ends_at__gt=after)
    return rows.order_by().values_list("pk", flat=True)


def part_near(parts: Sequence[Part], *, at: datetime) -> Part:
    """The part that is on at an instant, else the next one, else the last one."""
    return next((part for part in parts if at < part.ends_at), parts[-1])


def part_of(event_id: int, part_id: int) -> Part:
    """A part of an event that takes place; raises Missing."""
    found = next((part for part in parts_of(event_id) if part.pk == part_id), None)
    if found is None:
        raise Missing
    return found


def visiting_schools(event: Event) -> list[School]:
    """The schools that come to an event, by name; asks nothing where none do."""
    if not event.visitors:
        return []
    return list(School.objects.filter(pk__in=event.visitors).order_by("sort_key", "pk"))


def part_for_work(part_id: int) -> Part:
    """A part with its event and venue, without a policy."""
    return Part.objects.select_related("event", "venue").get(pk=part_id)


def find_part(part_id: int) -> Part | None:
    """A part with its event, if there is one; callers ask the policy."""
    return Part.objects.select_related("event").filter(pk=part_id).first()


def running_orders(event_id: int) -> dict[int, list[Slot]]:
    """The slots of each part of an event in one query, each with its presenter."""
    found: dict[int, list[Slot]] = {}
    for slot in Slot.objects.filter(part__event_id=event_id).select_related("presenter"):
        found.setdefault(slot.part_id, []).append(slot)
    return found


def running_order(part_id: int) -> list[Slot]:
    """The slots of a part, each with its presenter."""
    return list(Slot.objects.filter(part_id=part_id).select_related("presenter"))


@dataclass(frozen=True)
class Outline:
    """An event in plain values, for rooms further out."""

    event_id: int
    slug: str
    title: str
    language: str
    kind: str
    kind_names: dict[str, str]
    state: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    mode: str
    country_id: int
    cluster_id: int | None
    programme_id: int | None
    host_school_id: int | None
    organiser_id: int
    certificate: bool
    recorded: bool


def outlines(event_ids: list[int]) -> dict[int, Outline]:
    """Outlines by event id."""
    rows = Event.objects.filter(pk__in=event_ids).select_related("kind").prefetch_related("parts")
    return {row.pk: outline_of(row, next(iter(row.parts.all()))) for row in rows}


def outline(event_id: int) -> Outline:
    """One outline; raises Missing."""
    found = outlines([event_id])
    if event_id not in found:
        raise Missing
    return found[event_id]


def outline_of(event: Event, first: Part) -> Outline:
    """The outline of an event that was read with its kind, and of its first part; asks nothing."""
    return Outline(
        event.pk, event.slug, event.title, event.language, event.kind.code, event.kind.names,
        event.state, event.starts_at, event.ends_at, first.zone, first.mode, event.country_id,
        event.cluster_id, event.programme_id, event.host_school_id, event.organiser_id,
        event.certificate,
        event.recorded,
    )  # fmt: skip
