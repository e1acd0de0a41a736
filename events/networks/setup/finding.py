"""The form of a cluster in a country with many schools: found by name, chosen ones stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from events.kernel.fold import search_key
from events.networks import overview
from events.networks.models import School
from events.networks.setup.forms import ClusterForm

AT_ONCE, HITS, LONGEST = 40, 30, 80
BIGINT_DIGITS = 18


@dataclass(frozen=True)
class Search:
    """What was looked for; `many` says that the country has too many schools to show them all."""

    many: bool
    text: str
    found: int

    @property
    def more(self) -> int:
        """How many that were found are not shown."""
        return max(0, self.found - HITS)


def cluster_form(
    request: HttpRequest,
    country_id: int,
    *,
    prefix: str = "",
    initial: dict[str, Any] | None = None,
) -> tuple[ClusterForm, Search]:
    """The form with the schools to choose from; pressing *Find* keeps what was typed and ticked."""
    data = request.POST if request.method == "POST" else None
    now = _typed(data, prefix) if data is not None else dict(initial or {})
    rows = overview.open_schools(country_id)
    chosen = {str(pk) for pk in (now.get("mentor"), *now.get("mentees", ())) if pk}
    text = (data or QueryDict()).get("school_search", "").strip()[:LONGEST]
    hits = [row for row in rows if text and _fits(row, text)]
    search = Search(len(rows) > AT_ONCE, text, len(hits))
    if search.many:
        shown = {row.pk for row in hits[:HITS]}
        rows = [row for row in rows if row.pk in shown or str(row.pk) in chosen]
    bound = data if data is not None and "find" not in data else None
    form = ClusterForm(bound, schools=rows, prefix=prefix or None, initial=now)
    return form, search


def _fits(row: School, text: str) -> bool:
    return all(word in row.search_key for word in search_key(text).split())


def _typed(data: QueryDict, prefix: str) -> dict[str, Any]:
    def name(field: str) -> str:
        return f"{prefix}-{field}" if prefix else field

    plain = {field: data.get(name(field), "") for field in ("name", "theme", "origin", "mentor")}
    return {**plain, "mentees": _numbers(data.getlist(name("mentees")))}


def _numbers(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < BIGINT_DIGITS]
