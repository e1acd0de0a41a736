"""What somebody has played of recordings; private to the person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from events.kernel.lines import Line
from recordings.library import timeline
from recordings.library.models import Recording
from recordings.watched.models import Watched


@dataclass(frozen=True)
class Position:
    """Where to go on: milliseconds of the shown files, and how much of them was played."""

    pos_ms: int
    covered_ms: int
    last_at: datetime


def position(recording: Recording, *, person_id: int | None) -> Position | None:
    """Where the person was last; None before anything was played, or where that was cut out."""
    mine = _of(recording.pk, person_id)
    if mine is None:
        return None
    found = timeline.to_player([(mine.pos_ms, mine.pos_ms + 1)], recording.left)
    covered = timeline.to_player(_line(mine.ranges), recording.left)
    seen = sum(end - start for start, end in covered)
    return Position(found[0][0], seen, mine.last_at) if found else None


def seen(recording: Recording, *, person_id: int | None) -> list[timeline.Pair]:
    """What the person has played, on the clock of the shown files (ms)."""
    mine = _of(recording.pk, person_id)
    return timeline.to_player(_line(mine.ranges), recording.left) if mine else []


def spans_by_recording(recording_ids: Iterable[int], *, person_id: int) -> dict[int, Line]:
    """What of each source (ms) the person has played before its deadline for credit; one query."""
    rows = Watched.objects.filter(recording_id__in=list(recording_ids), person_id=person_id)
    return {row.recording_id: _line(row.counted) for row in rows}


def viewers_of(recording_id: int) -> list[int]:
    """Ids of everybody who has played anything of a recording."""
    rows = Watched.objects.filter(recording_id=recording_id).order_by("person_id")
    return list(rows.values_list("person_id", flat=True))


def positions(person_id: int, *, limit: int) -> list[tuple[int, int]]:
    """Recordings (id, source position in ms) in the order they were watched last, newest first."""
    rows = Watched.objects.filter(person_id=person_id).order_by("-last_at")[:limit]
    return [(row.recording_id, row.pos_ms) for row in rows]


def fallen_silent(*, before: datetime, limit: int) -> list[int]:
    """Ids of rows with something untold whose last beat came before an instant."""
    rows = Watched.objects.filter(last_at__lt=before, covered_ms__gt=F("told_ms"))
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def _of(recording_id: int, person_id: int | None) -> Watched | None:
    if person_id is None:
        return None
    return Watched.objects.filter(recording_id=recording_id, person_id=person_id).first()


def _line(stored: list[list[int]]) -> Line:
    return tuple((start, end) for start, end in stored)
