"""Find a word in titles, chapters and what is said, down to the second.

Words are folded as everywhere (`events.kernel.fold`): accents and case do not matter, Cyrillic and
Latin find one another, đ and dj are one. Each word may be the beginning of a longer one, and all
must be found in the same title, chapter or sentence. What is found is narrowed to what the reader
may watch inside the same query.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import QuerySet

from events.kernel.actors import Actor
from events.kernel.fold import search_key
from recordings.captions.models import Chapter, Cue
from recordings.library import queries as library
from recordings.library import timeline
from recordings.library.models import Recording

MOST_WORDS = 8
MOST_RECORDINGS = 20
MOST_MOMENTS = 5
# Found sentences that are looked at; a word as frequent as that tells nothing.
MOST_LOOKED_AT = 600


@dataclass(frozen=True)
class Moment:
    """Where something is said: player time in milliseconds, the words, and in which language."""

    start: int
    text: str
    language: str
    chapter: bool = False


@dataclass(frozen=True)
class Hit:
    """A recording in which something was found; no moments when only its title fits."""

    recording: Recording
    moments: tuple[Moment, ...]
    titled: bool

    @property
    def shown(self) -> tuple[Moment, ...]:
        """The first moments."""
        return self.moments[:MOST_MOMENTS]

    @property
    def more(self) -> int:
        """How many moments are not shown."""
        return max(0, len(self.moments) - MOST_MOMENTS)


def find(text: str, *, by: Actor, at: datetime, inside: int | None = None) -> list[Hit]:
    """The recordings the reader may watch that hold all the words, best first.

    Those with the words in their title come first, then those with a chapter of that name, then by
    how often it is said. `inside` narrows to one recording.
    """
    query = _query(text)
    if query is None:
        return []
    visible = library.visible_to(by, at=at)
    if inside is not None:
        visible = visible.filter(pk=inside)
    titles = set(_titled(visible, query))
    chapters = list(_of_chapters(visible, query))
    cues = list(_of_cues(visible, query))
    ids = {
        *titles,
        *(row.recording_id for row in chapters),
        *(row.track.recording_id for row in cues),
    }
    rows = {row.pk: row for row in visible.filter(pk__in=ids)}
    moments = _moments(rows, chapters, cues)
    hits = [Hit(row, tuple(moments[pk]), pk in titles) for pk, row in rows.items()]
    hits = [hit for hit in hits if hit.titled or hit.moments]
    return sorted(hits, key=_rank)[:MOST_RECORDINGS]


def _query(text: str) -> SearchQuery | None:
    words = re.findall(r"\w+", search_key(text[:200]))[:MOST_WORDS]
    if not words:
        return None
    return SearchQuery(
        " & ".join(f"{word}:*" for word in words), config="simple", search_type="raw"
    )


def _titled(visible: "QuerySet[Recording]", query: SearchQuery) -> "QuerySet[Recording, int]":
    rows = visible.annotate(words=SearchVector("search_key", config="simple")).filter(words=query)
    return rows.values_list("pk", flat=True)[:MOST_RECORDINGS]


def _of_chapters(visible: "QuerySet[Recording]", query: SearchQuery) -> "QuerySet[Chapter]":
    rows = Chapter.objects.filter(vector=query, recording_id__in=visible.order_by().values("pk"))
    return rows.order_by()[:MOST_LOOKED_AT]


def _of_cues(visible: "QuerySet[Recording]", query: SearchQuery) -> "QuerySet[Cue]":
    rows = Cue.objects.filter(
        vector=query, track__withdrawn_at=None,
        track__recording_id__in=visible.order_by().values("pk"),
    )  # fmt: skip
    return rows.select_related("track").defer("vector").order_by()[:MOST_LOOKED_AT]


def _moments(
    rows: dict[int, Recording], chapters: Sequence[Chapter], cues: Sequence[Cue]
) -> dict[int, list[Moment]]:
    """The moments of each recording in order of time; what was cut out is not found."""
    found: dict[int, list[Moment]] = defaultdict(list)
    for chapter in chapters:
        row = rows.get(chapter.recording_id)
        if row and (start := _shown(row, chapter.start_ms, chapter.start_ms + 1)) is not None:
            found[row.pk].append(Moment(start, chapter.title, row.language, chapter=True))
    for cue in cues:
        row = rows.get(cue.track.recording_id)
        if row and (start := _shown(row, cue.start_ms, cue.end_ms)) is not None:
            found[row.pk].append(Moment(start, cue.text, cue.track.language))
    for pk, moments in found.items():
        found[pk] = sorted(moments, key=lambda one: (not one.chapter, one.start))
    return found


def _shown(row: Recording, start: int, end: int) -> int | None:
    spans = timeline.to_player([(start, end)], row.left)
    return spans[0][0] if spans else None


def _rank(hit: Hit) -> tuple[bool, bool, int, int]:
    named = any(one.chapter for one in hit.moments)
    return (not hit.titled, not named, -len(hit.moments), -hit.recording.pk)
