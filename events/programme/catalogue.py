"""The public list of events: what a reader filters by, and its pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property

from events.kernel.actors import Actor
from events.kernel.fold import search_key
from events.kinds.models import Kind, Mode
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
    """The parts that all filters let through, in order of time."""
    if wanted.kind:
        parts = parts.filter(event__kind__code=wanted.kind)
    if wanted.way in WAYS:
        parts = parts.filter(mode__in=WAYS[wanted.way])
    if wanted.language:
        parts = parts.filter(event__language=wanted.language)
    if wanted.country:
        parts = parts.filter(event__country__code=wanted.country)
    order = ("-starts_at", "-pk") if wanted.past else ("starts_at", "pk")
    return parts.order_by(*order)


def rows(page: QuerySet[Part], known: Mapping[int, Kind]) -> list[Part]:
    """The parts of a page with what a row of the list shows; `known` are all kinds by id.

    The page is cut out first: wide tables are then joined to its rows instead of to the whole list.
    """
    full = Part.objects.select_related("event", "event__cluster", "event__host_school")
    found = list(
        full.filter(pk__in=page.values("pk"))
        .defer("event__titles", "event__summary")
        .order_by(*page.query.order_by)
    )
    for part in found:
        part.event.kind = known[part.event.kind_id]
    return found


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
