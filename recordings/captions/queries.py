"""What is said in a recording, on the clock of the shown file (player time, milliseconds)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from recordings.captions import parsing
from recordings.captions.models import Chapter, Cue, Track
from recordings.library import timeline
from recordings.library.models import Recording


@dataclass(frozen=True)
class Said:
    """One cue of the shown file: player time, source time of its start, order within its track."""

    start: int
    end: int
    text: str
    speaker: str
    order: int


@dataclass(frozen=True)
class Section:
    """A chapter of the shown file, from `start` to `end` of player time."""

    start: int
    end: int
    title: str
    source_start: int
    source_end: int


def tracks_of(recording: Recording) -> list[Track]:
    """The languages there are captions in, the recording's own first."""
    rows = Track.objects.filter(recording=recording, withdrawn_at=None)
    return sorted(rows, key=lambda row: (row.language != recording.language, row.language))


def track_of(recording: Recording, language: str) -> Track | None:
    """The captions of one language."""
    return Track.objects.filter(recording=recording, language=language, withdrawn_at=None).first()


def said_in(recording: Recording, track: Track, *, words: str = "") -> list[Said]:
    """The cues of a track that the shown file still holds; `words` (folded) must all be in it."""
    wanted = words.split()
    rows = (row for row in cues_of(track) if all(word in row.key for word in wanted))
    return on_player(recording, rows)


def cues_of(track: Track) -> QuerySet[Cue]:
    """All cues of a track, in their order."""
    return Cue.objects.filter(track=track)


def on_player(recording: Recording, rows: Iterable[Cue]) -> list[Said]:
    """Cues on the clock of the shown file; what was cut out is left out."""
    left = recording.left
    return [
        Said(*spans[0], cue.text, cue.speaker, cue.order)
        for cue in rows
        if (spans := timeline.to_player([(cue.start_ms, cue.end_ms)], left))
    ]


def sections_of(recording: Recording) -> list[Section]:
    """The chapters of the shown file; one whose start was cut out is none of them.

    It has no end of its own, so nobody knows whether anything of it is left after the cut.
    """
    left, total = recording.left, recording.duration_ms
    rows = list(Chapter.objects.filter(recording=recording))
    ends = [*(row.start_ms for row in rows[1:]), total]
    found = []
    for row, end in zip(rows, ends, strict=False):
        if timeline.holds(left, row.start_ms):
            spans = timeline.to_player([(row.start_ms, end)], left)
            found.append(Section(spans[0][0], spans[-1][1], row.title, row.start_ms, end))
    return found


def as_vtt(recording: Recording, track: Track) -> str:
    """The captions of the shown file as WebVTT (W3C), speakers as voice tags."""
    return "".join(
        _vtt((said.start, said.end, _voiced(said)) for said in said_in(recording, track))
    )


def chapters_as_vtt(recording: Recording) -> str:
    """The chapters of the shown file as WebVTT."""
    rows = sections_of(recording)
    return "".join(_vtt((row.start, row.end, _escaped(row.title)) for row in rows))


def _vtt(rows: "Iterator[tuple[int, int, str]]") -> Iterator[str]:
    yield "WEBVTT\n"
    for start, end, text in rows:
        yield f"\n{stamp(start)} --> {stamp(end)}\n{text}\n"


def _voiced(said: Said) -> str:
    words = _escaped(said.text)
    return f"<v {_escaped(said.speaker)}>{words}" if said.speaker else words


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def stamp(ms: int) -> str:
    """Milliseconds as WebVTT writes them: hours, minutes, seconds, thousandths."""
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def is_captioned(recording_id: int) -> bool:
    """Whether anything is said in captions that were not taken away."""
    cues = Cue.objects.filter(track__recording_id=recording_id, track__withdrawn_at=None)
    return cues.exists()


def left_out(track: Track, content: bytes) -> int:
    """How many cues of the file it was made from, `content`, did not come into a new track."""
    whole = parsing.unrolled(parsing.parse(content).lines)
    return max(0, len(whole) - track.cues.count())
