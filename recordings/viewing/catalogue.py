"""The catalogue: what a reader filters by, and the cards of a page of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from events.kernel.actors import Actor
from events.programme import lookups
from events.programme import queries as programme
from recordings.captions.models import Track
from recordings.library import queries, states
from recordings.library.models import Original, Recording, Rendition
from recordings.viewing import choices

if TYPE_CHECKING:
    from events.programme.models import Event

PAGE, PAGE_LOW = 12, 10
MINUTE = 60_000
SHORT, LONG = 20 * MINUTE, 60 * MINUTE
LENGTHS = {
    "short": {"duration_ms__lte": SHORT},
    "middle": {"duration_ms__gt": SHORT, "duration_ms__lte": LONG},
    "long": {"duration_ms__gt": LONG},
}


@dataclass(frozen=True)
class Wanted:
    """The filters, as the address carries them; empty means any."""

    language: str = ""
    kind: str = ""
    community: str = ""
    length: str = ""

    @property
    def filtered(self) -> bool:
        """Whether anything is left out on purpose."""
        return bool(self.language or self.kind or self.community or self.length)


@dataclass(frozen=True)
class Card:
    """A recording in the list: its event, sizes, languages of captions, and whether it has a picture."""

    recording: Recording
    event: "Event"
    renditions: tuple[Rendition, ...]
    captions: tuple[str, ...]
    poster: bool

    @property
    def lightest(self) -> int:
        """Bytes of the smallest way to take it in."""
        return choices.lightest(self.renditions)


def up(by: Actor, *, at: datetime) -> QuerySet[Recording]:
    """What the reader can watch now."""
    return queries.visible_to(by, at=at).filter(state=states.PUBLISHED, up_at__lte=at)


def narrowed(rows: QuerySet[Recording], wanted: Wanted) -> QuerySet[Recording]:
    """The recordings that all filters let through, the newest first."""
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.kind:
        rows = rows.filter(event_id__in=lookups.ids_of_kind(wanted.kind))
    if wanted.community:
        rows = rows.filter(event_id__in=lookups.ids_of_community(wanted.community))
    if wanted.length in LENGTHS:
        rows = rows.filter(**LENGTHS[wanted.length])
    return rows.order_by("-up_at", "-pk")


def page(rows: QuerySet[Recording], number: str | None, *, low: bool) -> Page[Recording]:
    """One page of the list; a number that is none gives the nearest."""
    return Paginator(rows, PAGE_LOW if low else PAGE).get_page(number)


def offered(rows: QuerySet[Recording]) -> dict[str, object]:
    """What the filters can be set to: only what there is."""
    events = rows.order_by().values_list("event_id", flat=True)
    return {
        "tongues": sorted(set(rows.order_by().values_list("language", flat=True))),
        "kinds": lookups.kinds_of(events),
        "communities": lookups.communities_of(events),
    }


def cards(rows: list[Recording]) -> list[Card]:
    """The recordings with what a card shows: four queries for any number."""
    ids = [row.pk for row in rows]
    events = programme.events_for_work(row.event_id for row in rows)
    sizes = defaultdict(list)
    for made in Rendition.objects.filter(recording_id__in=ids):
        sizes[made.recording_id, made.revision].append(made)
    said = defaultdict(list)
    held = Track.objects.filter(recording_id__in=ids, withdrawn_at=None).order_by("language")
    for recording_id, language in held.values_list("recording_id", "language"):
        said[recording_id].append(language)
    kept = Original.objects.filter(recording_id__in=ids, poster__gt=0)
    posters = set(kept.values_list("recording_id", "revision"))
    return [
        Card(
            row, events[row.event_id], queries.in_order(sizes[row.pk, row.revision]),
            tuple(said[row.pk]), (row.pk, row.revision) in posters,
        )
        for row in rows
    ]  # fmt: skip
