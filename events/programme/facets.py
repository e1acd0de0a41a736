"""How many events each filter of the public list would leave."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet

from events.programme.models import Part

if TYPE_CHECKING:
    Listing = Paginator[Part]
else:
    Listing = Paginator
from events.programme.catalogue import WAYS, Wanted


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
