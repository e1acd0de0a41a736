"""Chapters: taken over from the running order of the part, or written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.fold import search_key
from events.kernel.lines import as_ms
from events.programme import queries as programme
from recordings.captions.models import Chapter
from recordings.captions.refusals import ChapterOutside, NoFilm
from recordings.library import commands as library
from recordings.library import timeline
from recordings.library.models import Recording
from recordings.library.speakers import pieces_of

BREAK = "break"
MOST = 200


@dataclass(frozen=True)
class Mark:
    """Where a chapter begins, in milliseconds of source time, and what it is called."""

    start: int
    title: str


def from_agenda(recording: Recording) -> list[Mark]:
    """The talks and tables of the part's running order, where they lie inside the recording.

    A slot that had begun before the recorder did starts at the beginning, one whose beginning was
    cut out where the cut ends; one that was cut out whole has no chapter.
    """
    part = programme.find_part(recording.part_id)
    if part is None:
        return []
    marks, begins = [], part.starts_at
    for slot in programme.running_order(part.pk):
        ends = begins + timedelta(minutes=slot.minutes)
        spans = timeline.from_event(
            [(as_ms(begins), as_ms(ends))],
            pieces_of(recording, part.starts_at),
            recording.duration_ms,
        )
        shown = timeline.to_source(timeline.to_player(spans, recording.left), recording.left)
        if slot.form != BREAK and slot.title and shown:
            marks.append(Mark(shown[0][0], slot.title))
        begins = ends
    return marks


def on_source(recording: Recording, marks: Sequence[Mark]) -> list[Mark]:
    """Marks of player time on the clock of the source; those behind the end are left out."""
    spans = [timeline.to_source([(one.start, one.start + 1)], recording.left) for one in marks]
    pairs = zip(marks, spans, strict=True)
    return [Mark(span[0][0], one.title) for one, span in pairs if span]


def require_apart(recording: Recording, marks: Sequence[Mark]) -> None:
    """Marks of player time inside the recording, no two at once; else NoFilm or ChapterOutside."""
    if marks and not recording.length_ms:
        raise NoFilm(field="items")
    once = {one.start for one in marks}
    if len(once) < len(marks) or any(one >= recording.length_ms for one in once):
        raise ChapterOutside(field="items")


@transaction.atomic
def take_agenda(recording_id: int, *, by: Actor, at: datetime) -> int:
    """Chapters from the running order in the place of those taken over before; returns how many.

    A chapter written by hand at the same moment stays.
    """
    row = library.locked(recording_id, by=by)
    Chapter.objects.filter(recording=row, agenda=True).delete()
    taken = set(Chapter.objects.filter(recording=row).values_list("start_ms", flat=True))
    marks = {mark.start: mark for mark in from_agenda(row) if mark.start not in taken}
    Chapter.objects.bulk_create(_rows(row, list(marks.values()), agenda=True))
    audit("chapters_taken", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"chapters": len(marks)})  # fmt: skip
    return len(marks)


@transaction.atomic
def write(recording_id: int, marks: Sequence[Mark], *, by: Actor, at: datetime) -> None:
    """The chapters as a person wrote them, in the place of all there were.

    Those that begin where nothing is left of the file are not taken.
    """
    row = library.locked(recording_id, by=by)
    Chapter.objects.filter(recording=row).delete()
    left = row.left
    once = {mark.start: mark for mark in marks[:MOST] if timeline.holds(left, mark.start)}
    Chapter.objects.bulk_create(_rows(row, list(once.values()), agenda=False))
    audit("chapters_written", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"chapters": len(once)})  # fmt: skip


@transaction.atomic
def shift(recording_id: int, *, seconds: int, by: Actor, at: datetime) -> None:
    """Say that recording began so much later than thought (earlier, when negative).

    Chapters from the running order move with it, and so does what watching counts for.
    """
    row = library.locked(recording_id, by=by)
    part = programme.find_part(row.part_id)
    if part is not None:
        thought = pieces_of(row, part.starts_at)
        place(row.pk, [(one, two + seconds * 1000) for one, two in thought], by=by, at=at)


@transaction.atomic
def as_planned(recording_id: int, *, by: Actor, at: datetime) -> None:
    """Say that recording began when its part was to begin, without a pause."""
    row = library.locked(recording_id, by=by)
    part = programme.find_part(row.part_id)
    if part is not None:
        place(row.pk, [(0, as_ms(part.starts_at))], by=by, at=at)


@transaction.atomic
def place(recording_id: int, pieces: Sequence[timeline.Piece], *, by: Actor, at: datetime) -> None:
    """Say when the source was recorded; chapters from the running order move along.

    Raises OutOfOrder.
    """
    library.set_pieces(recording_id, pieces=list(pieces), by=by, at=at)
    if Chapter.objects.filter(recording_id=recording_id, agenda=True).exists():
        take_agenda(recording_id, by=by, at=at)


def _rows(row: Recording, marks: Sequence[Mark], *, agenda: bool) -> list[Chapter]:
    return [
        Chapter(
            recording=row, start_ms=mark.start, title=mark.title[:160], agenda=agenda,
            key=search_key(mark.title),
        )
        for mark in marks
    ]  # fmt: skip
