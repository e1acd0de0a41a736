"""How many events each filter of the public list would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet

from events.programme.catalogue import WAYS, Wanted
from events.programme.models import Part


@dataclass(frozen=True)
class Facet:
    """How many events share a kind, way, language and country."""

    kind: str
    way: str
    language: str
    country: str
    number: int


def facets(
    parts: QuerySet[Part], *, kinds: Mapping[int, str], countries: Mapping[int, str]
) -> list[Facet]:
    """The whole list counted in one query; every filter's numbers are sums of these.

    `kinds` and `countries` are the codes of all of them by id.
    """
    rows = (
        parts.order_by()
        .values_list("event__kind_id", "mode", "event__language", "event__country_id")
        .annotate(number=Count("pk"))
    )
    return [
        Facet(kinds[kind], way, language, countries[country], number)
        for kind, way, language, country, number in rows
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
