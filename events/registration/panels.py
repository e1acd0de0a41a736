"""What registration shows on pages of rooms further in: places, who comes, one's next event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery

from events.backstage import addresses
from events.consents import queries as consents
from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.networks import queries as networks
from events.networks.models import Membership
from events.people.models import Person
from events.programme import policies as may
from events.programme import queries as programme
from events.programme import states
from events.programme.models import Event, Part
from events.registration import queries
from events.registration.models import Pool, RecordingWish, Registration, Way
from events.registration.queries import Places

TAKEN = Registration.State.REGISTERED


@dataclass(frozen=True)
class Mine:
    """The reader's own registration and school; `agrees` to be recorded, None where nothing was said."""

    state: str
    way: str
    number: int | None
    school: str
    recording: bool
    agrees: bool | None


@dataclass(frozen=True)
class TakePart:
    """The register panel of an event for one reader; `door` leads whoever takes part online in."""

    slug: str
    ways: list[Places]
    place: str
    mine: Mine | None
    open: bool
    recorded: bool = False
    watchable: bool = False
    over: bool = False
    closed: bool = False
    door: str = ""

    @property
    def others(self) -> list[Places]:
        """The ways one may switch to."""
        return [item for item in self.ways if self.mine and item.way != self.mine.way]


def take_part(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """The register panel; none for events that are not promised, or over for who has no place."""
    parts = Part.objects.filter(event_id=OuterRef("event_id"))
    first = parts.filter(order=1)
    coming = parts.filter(cancelled_at=None, ends_at__gt=at).order_by("starts_at", "pk")
    pools = list(
        queries.offered()
        .filter(event_id=ids["event_id"])
        .select_related("event")
        .annotate(
            place=Subquery(first.values("venue__school__place")),
            coming=Subquery(coming.values("pk")[:1]),
            host_place=F("event__host_school__place"),
        )
        .order_by("-way")
    )
    if not pools or not _is_promised(actor, pools[0].event):
        return None
    event = pools[0].event
    mine = _mine(actor.person_id, event.pk, at) if actor.person_id else None
    if at >= event.ends_at and not (mine and mine.state in Registration.HOLDS):
        return None
    values = TakePart(
        slug=event.slug,
        ways=[_places(row) for row in pools],
        place=pools[0].place or pools[0].host_place or "",
        mine=mine,
        open=_is_open(event, at),
        recorded=event.recorded,
        watchable=event.recorded and at < event.ends_at,
        over=at >= event.ends_at,
        closed=event.state == states.CLOSED,
        door=_door(mine, pools[0].coming),
    )
    return Panel("registration/take_part.html", values, order=10)


def _door(mine: Mine | None, part_id: int | None) -> str:
    """Where whoever takes part online goes in; the page there says when it opens."""
    goes = mine is not None and (mine.state, mine.way) == (TAKEN, Way.ONLINE)
    return addresses.first("go", args=(part_id,)) if goes and part_id else ""


def _places(pool: Pool) -> Places:
    return Places(pool.way, pool.capacity, pool.taken, pool.waiting)


def _is_open(event: Event, at: datetime) -> bool:
    closes = event.registration_closes_at or event.ends_at
    return event.state == states.PUBLISHED and at < min(closes, event.ends_at)


def _is_promised(actor: Actor, event: Event) -> bool:
    return event.state in {states.PUBLISHED, states.CLOSED} and may.may_see(actor, event)


def _mine(person_id: int, event_id: int, at: datetime) -> Mine:
    own = Registration.objects.filter(event_id=event_id, person_id=OuterRef("pk"))
    homes = Membership.objects.filter(
        networks.current(at.date()), person_id=OuterRef("pk"), school__isnull=False
    ).order_by("-starts_on", "-pk")
    asked = queries.wishes_of(event_id).filter(person_id=OuterRef("pk"))
    said = consents.word_of_each(consents.recording_of(event_id))
    state, way, number, school, recording, agrees = (
        Person.objects.filter(pk=person_id)
        .annotate(
            own_state=Subquery(own.values("state")),
            own_way=Subquery(own.values("way")),
            own_number=Subquery(own.values("number")),
            own_school=Subquery(homes.values("school__name")[:1]),
            own_wish=Exists(asked),
            own_word=said,
        )
        .values_list("own_state", "own_way", "own_number", "own_school", "own_wish", "own_word")
        .get()
    )
    return Mine(state or "", way or "", number, school or "", recording, agrees)


@dataclass(frozen=True)
class SchoolCount:
    """A school of the cluster with the number of its people who come."""

    name: str
    place: str
    people: int
    mentor: bool
    host: bool


@dataclass(frozen=True)
class WhoComes:
    """Registered people by school, the cluster's schools first."""

    schools: list[SchoolCount]
    levels: list[int]
    names: list[str]
    others: int
    watching: int


def who_comes(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """How many come from which school; no names. Nothing before the first registration."""
    rows = list(
        Registration.objects.filter(event_id=ids["event_id"], state=TAKEN)
        .filter(event_id__in=programme.ids_visible_to(actor))
        .exclude(event__state=states.CANCELLED)
        .values(
            "school_id",
            cluster=F("event__cluster_id"),
            host=F("event__host_school_id"),
            watching=Subquery(_watching()),
        )
        .annotate(people=Count("pk"))
    )
    if not rows:
        return None
    cluster, host = rows[0]["cluster"], rows[0]["host"]
    cards = networks.schools_of_cluster(cluster, on=at.date()) if cluster else []
    counts = {row["school_id"]: row["people"] for row in rows}
    schools = [_school_count(card, counts.get(card.school_id, 0), host) for card in cards]
    values = _who_comes(schools, sum(counts.values()), rows[0]["watching"] or 0)
    return Panel("registration/who_comes.html", values, order=20)


def _watching() -> QuerySet[RecordingWish, int]:
    """How many asked for the recording alone, beside rows of registrations."""
    rows = queries.wishes().filter(event_id=OuterRef("event_id"))
    return rows.order_by().values("event_id").annotate(n=Count("pk")).values_list("n", flat=True)


def _school_count(card: networks.SchoolCard, people: int, host: int | None) -> SchoolCount:
    return SchoolCount(card.name, card.place, people, card.mentor, card.school_id == host)


def _who_comes(schools: list[SchoolCount], total: int, watching: int) -> WhoComes:
    most = max((row.people for row in schools), default=0)
    return WhoComes(
        schools=schools,
        levels=[-(-4 * row.people // most) if most else 0 for row in schools],
        names=[f"{row.name} {row.people}" for row in schools],
        others=total - sum(row.people for row in schools),
        watching=watching,
    )


@dataclass(frozen=True)
class RowState:
    """What a row of the list says about places, and about oneself."""

    slug: str
    state: str
    open: bool
    places: int | None
    free: int | None
    taken: int
    waiting: int
    over: bool


def row_states(actor: Actor, ids: Sequence[int], *, at: datetime) -> Mapping[int, Panel]:
    """The last column of the list of events."""
    mine = dict(
        Registration.objects.filter(event_id__in=ids, person_id=actor.person_id).values_list(
            "event_id", "state"
        )
        if actor.person_id
        else []
    )
    pools: dict[int, list[Pool]] = {}
    for pool in _with_terms(queries.offered().filter(event_id__in=ids)).order_by("pk"):
        pools.setdefault(pool.event_id, []).append(pool)
    return {
        pk: Panel("registration/row.html", _row_state(rows, mine.get(pk, ""), at))
        for pk, rows in pools.items()
    }


def _with_terms(pools: QuerySet[Pool]) -> QuerySet[Pool]:
    """The pools with those fields of their events that say whether one may register."""
    fields = ("slug", "state", "ends_at", "registration_closes_at")
    return pools.select_related("event").only(
        "way", "capacity", "taken", "waiting", *(f"event__{name}" for name in fields)
    )


def _row_state(pools: list[Pool], state: str, at: datetime) -> RowState:
    event = pools[0].event
    limits = [pool.capacity for pool in pools if pool.capacity is not None]
    limited = len(limits) == len(pools)
    free = [_places(pool).free or 0 for pool in pools]
    return RowState(
        slug=event.slug,
        state=state,
        open=_is_open(event, at),
        places=sum(limits) if limited else None,
        free=sum(free) if limited else None,
        taken=sum(pool.taken for pool in pools),
        waiting=sum(pool.waiting for pool in pools),
        over=at >= event.ends_at,
    )


def next_event(actor: Actor, _ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """The card of one's next event."""
    part = _next(actor, at)
    return Panel("registration/next.html", part, order=10) if part else None


def next_bar(actor: Actor, _ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """The same as a bar, for narrow screens."""
    part = _next(actor, at)
    return Panel("registration/next_bar.html", part, order=10) if part else None


def _next(actor: Actor, at: datetime) -> Part | None:
    if actor.person_id is None:
        return None
    mine = Registration.objects.filter(person_id=actor.person_id, state=TAKEN)
    return (
        Part.objects.filter(
            event_id__in=mine.values("event_id"),
            event__state=states.PUBLISHED,
            cancelled_at=None,
            ends_at__gt=at,
        )
        .select_related("event", "event__kind", "venue")
        .order_by("starts_at", "pk")
        .first()
    )
