"""Captions, chapters and what is found in them, as programs see them. Times are seconds of the player."""

from typing import Annotated

from django.urls import reverse
from pydantic import Field

from events.interface.shapes import Shape, Wanted
from recordings.captions.commands import Film
from recordings.captions.models import Track
from recordings.captions.queries import Said, Section
from recordings.captions.search import Hit, Moment
from recordings.library.answers import Seconds, own, seconds
from recordings.library.models import Recording

LONGEST_FILE = 900_000


class TrackShape(Shape):
    """Captions of one language; `lines` in `links` are the cues, `vtt` the file for players.

    Origin: upload (a file of a person), platform (the video service), machine (a program that
    listens). Remarks are codes of what was odd in the file.
    """

    language: str
    origin: str
    edited: bool
    remarks: list[str]
    links: dict[str, str]


class CueShape(Shape):
    """One cue: from `start` to `end` in seconds of the player; `order` names it within its language."""

    order: int
    start: float
    end: float
    speaker: str
    text: str


class ChapterShape(Shape):
    """A chapter, from `start` to `end` in seconds of the player."""

    start: float
    end: float
    title: str


class FoundMoment(Shape):
    """Where words were found, in seconds of the player; `page` opens the recording there.

    `chapter` says that it is the title of a chapter, else it is said.
    """

    start: float
    text: str
    language: str
    chapter: bool
    page: str


class HitShape(Shape):
    """A recording in which all the words were found; `titled` says that its title holds them.

    `moments` are the first ones, `more` says how many others there are.
    """

    recording_id: int
    title: str
    titled: bool
    moments: list[FoundMoment]
    more: int
    links: dict[str, str]


class CaptionsWanted(Wanted):
    """Captions as text: VTT, SRT or SBV, or what a video service exports.

    `film` says whose times they have: of what is shown, or of the whole film before anything was cut.
    """

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_FILE)]
    file_name: Annotated[str, Field(max_length=200, examples=["talks.vtt"])] = ""
    film: Film = "shown"


class CueWanted(Wanted):
    """What a cue shall say, by its order; an empty text takes it away."""

    order: Annotated[int, Field(strict=True, ge=0, le=30_000)]
    text: Annotated[str, Field(max_length=2000)]


class CuesWanted(Wanted):
    """The cues that change; all others stay."""

    items: Annotated[list[CueWanted], Field(min_length=1, max_length=500)]


class ChapterWanted(Wanted):
    """Where a chapter begins, in seconds of the player, and what it is called."""

    start: Seconds
    title: Annotated[str, Field(min_length=1, max_length=160)]


class ChaptersWanted(Wanted):
    """All chapters, in the place of those there are; each goes on until the next begins."""

    items: Annotated[list[ChapterWanted], Field(max_length=200)]


class ShiftWanted(Wanted):
    """By how many seconds recording began later than thought; negative for earlier."""

    seconds: Annotated[int, Field(strict=True, ge=-86_400, le=86_400, examples=[10])]


def track(row: Recording, found: Track) -> TrackShape:
    """The captions of a language as they are answered."""
    here = own(row.pk, "captions", found.language)
    return TrackShape(
        language=found.language, origin=found.origin, edited=found.edited_at is not None,
        remarks=list(found.remarks), links={"cues": here, "vtt": f"{here}/vtt"},
    )  # fmt: skip


def cue(said: Said) -> CueShape:
    """A cue as it is answered."""
    return CueShape(
        order=said.order, start=seconds(said.start), end=seconds(said.end), speaker=said.speaker,
        text=said.text,
    )  # fmt: skip


def chapter(section: Section) -> ChapterShape:
    """A chapter as it is answered."""
    return ChapterShape(start=seconds(section.start), end=seconds(section.end), title=section.title)


def hit(found: Hit) -> HitShape:
    """A recording in which something was found."""
    row = found.recording
    return HitShape(
        recording_id=row.pk, title=row.title, titled=found.titled, more=found.more,
        moments=[_moment(row, one) for one in found.shown], links={"recording": own(row.pk)},
    )  # fmt: skip


def _moment(row: Recording, one: Moment) -> FoundMoment:
    page = reverse("recording", args=[row.slug])
    return FoundMoment(
        start=seconds(one.start), text=one.text, language=one.language, chapter=one.chapter,
        page=f"{page}?t={one.start // 1000}",
    )  # fmt: skip
