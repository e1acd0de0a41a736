"""Add, mend and take away what is said in a recording."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, DomainError, Missing
from events.kernel.fold import search_key
from events.kernel.words import gettext_noop
from recordings.captions import parsing, queries
from recordings.captions.models import Cue, Track
from recordings.captions.parsing import Line
from recordings.library import commands as library
from recordings.library import timeline
from recordings.library.models import Recording
from recordings.media import probe

LONGER_BY = 60_000
LONGEST_TEXT = 2000
# Whose times a file of captions has: of the recording as it first arrived, or as it is shown now.
Film = Literal["whole", "shown"]


class WrongRecording(BadInput):
    """All of the captions lie behind the end of the recording."""

    code = "captions_elsewhere"
    sentence = gettext_noop(
        "These captions begin after the recording ends. Choose the file that belongs to it."
    )


class AllCutOut(BadInput):
    """All of the captions lie in what was cut out."""

    code = "captions_cut_out"
    sentence = gettext_noop(
        "All of these captions lie in what was cut out. Choose the film their times belong to."
    )


class LiesElsewhere(DomainError):
    """Captions are of files that lie here; a link to elsewhere stays within its cluster."""

    code = "lies_elsewhere"
    status = 409
    sentence = gettext_noop(
        "It lies elsewhere, without captions here, so only the cluster can watch it."
    )


@transaction.atomic
def add_track(
    recording_id: int, *, language: str, content: bytes, origin: str, file_name: str = "",
    film: Film = "shown", by: Actor, at: datetime,
) -> Track:  # fmt: skip
    """Add the captions of a language, in the place of those there were.

    `film` says whose times they have; of those of the whole film, lines that reach into a cut are
    not taken. The same file again changes nothing while nothing is cut. Raises NotCaptions,
    CaptionsTooLong, WrongRecording, AllCutOut or LiesElsewhere.
    """
    row = library.locked(recording_id, by=by)
    if row.link:
        raise LiesElsewhere
    digest = hashlib.sha256(content).hexdigest()
    present = Track.objects.filter(recording=row, language=language, withdrawn_at=None)
    same = present.filter(sha256=digest, edited_at=None).first()
    if same and not row.cuts:
        return same
    found = parsing.parse(content)
    length = row.duration_ms if film == "whole" else row.length_ms
    lines = _on_source(row, parsing.unrolled(found.lines), film, length)
    present.update(withdrawn_at=at)
    track = Track.objects.create(
        recording=row, language=language, origin=origin, file_name=file_name[-200:], sha256=digest,
        remarks=[*found.remarks, *_doubts(length, found.lines)], by_id=by.person_id, at=at,
    )  # fmt: skip
    Cue.objects.bulk_create(_cues_of(track, lines), batch_size=2000)
    library.note_captioned(row.pk, captioned=queries.is_captioned(row.pk), by=by, at=at)
    audit("captions_added", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"language": language, "origin": origin, "cues": len(lines)})  # fmt: skip
    return track


def _cues_of(track: Track, lines: Sequence[Line]) -> Iterable[Cue]:
    """Rows for lines of source time."""
    for order, line in enumerate(lines):
        yield Cue(
            track=track, order=order, start_ms=line.start, end_ms=line.end,
            speaker=line.speaker[:120], text=line.text[:LONGEST_TEXT],
            key=search_key(f"{line.speaker} {line.text}"),
        )  # fmt: skip


def _on_source(row: Recording, lines: Sequence[Line], film: Film, length: int) -> list[Line]:
    """The lines on the clock of the source; one of the shown film over a cut keeps its first piece.

    What is said behind the end of the film, `length` in ms, is dropped.
    """
    end = length or probe.LONGEST_MS
    lines = [replace(line, end=min(line.end, end)) for line in lines if line.start < end]
    if not lines:
        raise WrongRecording
    if not row.cuts:
        return lines
    if film == "whole":
        return _outside(row, lines)
    placed = ((line, timeline.to_source([(line.start, line.end)], row.left)) for line in lines)
    return [Line(*spans[0], line.text, line.speaker) for line, spans in placed if spans]


def _outside(row: Recording, lines: Sequence[Line]) -> list[Line]:
    """Those of the lines that do not reach into what was cut out; raises AllCutOut."""
    left = [
        line for line in lines
        if not any(line.start < end and start < line.end for start, end in row.cuts)
    ]  # fmt: skip
    if not left:
        raise AllCutOut
    return left


def _doubts(length: int, lines: Sequence[Line]) -> list[str]:
    longest = max(line.end for line in lines)
    return ["longer"] if length and longest > length + LONGER_BY else []


@transaction.atomic
def remove_track(track_id: int, *, by: Actor, at: datetime) -> None:
    """Take the captions of a language away; they are kept out of sight."""
    track = _locked(track_id, by=by)
    track.withdrawn_at = at
    track.save(update_fields=["withdrawn_at"])
    left = queries.is_captioned(track.recording_id)
    library.note_captioned(track.recording_id, captioned=left, by=by, at=at)
    audit("captions_removed", by=by, at=at, thing="recording", thing_id=track.recording_id,
          changes={"language": track.language})  # fmt: skip


@transaction.atomic
def mend(track_id: int, texts: Mapping[int, str], *, by: Actor, at: datetime) -> int:
    """Change what cues say, by their order; an empty text takes the cue away. Returns how many."""
    track = _locked(track_id, by=by)
    changed, gone = [], []
    for cue in Cue.objects.filter(track=track, order__in=texts):
        text = _tidy(texts[cue.order])
        if not text:
            gone.append(cue.pk)
        elif text != cue.text:
            cue.text, cue.key = text, search_key(f"{cue.speaker} {text}")
            changed.append(cue)
    Cue.objects.bulk_update(changed, ["text", "key"])
    Cue.objects.filter(pk__in=gone).delete()
    if changed or gone:
        track.edited_at = at
        track.save(update_fields=["edited_at"])
        left = queries.is_captioned(track.recording_id)
        library.note_captioned(track.recording_id, captioned=left, by=by, at=at)
        audit("captions_mended", by=by, at=at, thing="recording", thing_id=track.recording_id,
              changes={"language": track.language, "cues": len(changed), "gone": len(gone)})  # fmt: skip
    return len(changed) + len(gone)


def _tidy(text: str) -> str:
    """Lines without blanks at their ends; a blank line would end a cue, an arrow would begin one."""
    plain = text.replace("\0", "").replace("-->", "→")
    rows = (" ".join(row.split()) for row in plain.splitlines())
    return "\n".join(row for row in rows if row)[:LONGEST_TEXT]


def _locked(track_id: int, *, by: Actor) -> Track:
    track = Track.objects.filter(pk=track_id, withdrawn_at=None).first()
    if track is None:
        raise Missing
    library.locked(track.recording_id, by=by)
    return track
