"""The public list of events: what a reader filters by, and what there is to filter."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import cached_property

from events.kernel.actors import Actor
from events.kernel.fold import search_key
from events.kernel.zones import wall
from events.kinds.models import Mode
from events.programme import queries, states
from events.programme.models import Part, Slot

if TYPE_CHECKING:
    Listing = Paginator[Part]
else:
    Listing = Paginator

PAGE = 20
ROOM_WAYS = (Mode.ROOM, Mode.HYBRID)
ONLINE_WAYS = (Mode.ONLINE, Mode.HYBRID)
WAYS = {"room": ROOM_WAYS, "online": ONLINE_WAYS}
LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Wanted:
    """The filters of the list, as the address carries them; empty means any."""

    q: str = ""
    kind: str = ""
    way: str = ""
    language: str = ""
    country: str = ""
    past: str = ""

    def address(self, **changes: str) -> str:
        """The query string with some filters changed, as in `?kind=webinar`."""
        wanted = replace(self, **changes)
        set_ones = {name: value for name, value in vars(wanted).items() if value}
        return f"?{urlencode(set_ones)}"

    @property
    def filtered(self) -> bool:
        """Whether anything is left out on purpose."""
        return bool(self.q or self.kind or self.way or self.language or self.country)


def parts_in(wanted: Wanted, *, by: Actor, at: datetime) -> QuerySet[Part]:
    """First parts of visible events that the search finds, before the other filters."""
    shown = Part.objects.filter(order=1, event_id__in=queries.ids_visible_to(by))
    if wanted.past:
        ended = shown.filter(event__state__in=(states.PUBLISHED, states.CLOSED))
        return _found(ended.filter(event__ends_at__lte=at), wanted.q)
    coming = shown.filter(event__state=states.PUBLISHED, event__ends_at__gt=at)
    return _found(coming, wanted.q)


def _found(parts: QuerySet[Part], text: str) -> QuerySet[Part]:
    for word in search_key(text[:LONGEST_SEARCH]).split():
        said = Slot.objects.filter(part=OuterRef("pk"), presenter__search_key__contains=word)
        parts = parts.filter(
            Q(event__search_key__contains=word)
            | Q(event__host_school__search_key__contains=word)
            | Exists(said)
        )
    return parts


def narrowed(parts: QuerySet[Part], wanted: Wanted) -> QuerySet[Part]:
    """The parts that all filters let through, in order of time, with what a row shows."""
    if wanted.kind:
        parts = parts.filter(event__kind__code=wanted.kind)
    if wanted.way in WAYS:
        parts = parts.filter(mode__in=WAYS[wanted.way])
    if wanted.language:
        parts = parts.filter(event__language=wanted.language)
    if wanted.country:
        parts = parts.filter(event__country__code=wanted.country)
    order = ("-starts_at", "-pk") if wanted.past else ("starts_at", "pk")
    return parts.select_related(
        "event", "event__kind", "event__cluster", "event__host_school", "venue"
    ).order_by(*order)


@dataclass(frozen=True)
class Facet:
    """How many events share a kind, way, language and country."""

    kind: str
    way: str
    language: str
    country: str
    number: int


def facets(parts: QuerySet[Part]) -> list[Facet]:
    """The whole list counted in one query; every filter's numbers are sums of these."""
    rows = (
        parts.order_by()
        .values(
            "mode", kind=F("event__kind__code"), language=F("event__language"),
            country=F("event__country__code"),
        )
        .annotate(number=Count("pk"))
    )  # fmt: skip
    return [
        Facet(row["kind"], row["mode"], row["language"], row["country"], row["number"])
        for row in rows
    ]


def _passes(facet: Facet, wanted: Wanted) -> bool:
    return (
        wanted.kind in {"", facet.kind}
        and wanted.language in {"", facet.language}
        and wanted.country in {"", facet.country}
        and (wanted.way not in WAYS or facet.way in WAYS[wanted.way])
    )


def total(found: Iterable[Facet], wanted: Wanted) -> int:
    """How many events pass all filters."""
    return sum(facet.number for facet in found if _passes(facet, wanted))


def counts(found: Iterable[Facet], wanted: Wanted, name: str) -> Counter[str]:
    """Events by value of one filter (`kind`, `language` or `country`), all others applied."""
    others = replace(wanted, **{name: ""})
    numbers: Counter[str] = Counter()
    for facet in found:
        if _passes(facet, others):
            numbers[getattr(facet, name)] += facet.number
    return numbers


@dataclass(frozen=True)
class Week:
    """The events of one week; `ahead` says how many weeks after the present one."""

    monday: date
    ahead: int
    parts: list[Part]

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)


def weeks(parts: Iterable[Part], *, at: datetime) -> list[Week]:
    """The parts under the Monday of their own wall clock, in the order given."""
    found: dict[date, list[Part]] = {}
    ahead: dict[date, int] = {}
    for part in parts:
        monday = _monday(part.wall.date())
        found.setdefault(monday, []).append(part)
        ahead[monday] = (monday - _monday(wall(at, part.zone).date())).days // 7
    return [Week(monday, ahead[monday], rows) for monday, rows in found.items()]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


class Pages(Listing):
    """Pages of a list whose length is known already."""

    def __init__(self, rows: QuerySet[Part], number: int) -> None:
        """Keep the number, so that nobody counts again."""
        super().__init__(rows, PAGE)
        self.number = number

    @cached_property
    def count(self) -> int:
        """The known number."""
        return self.number
