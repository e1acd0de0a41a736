"""Who speaks in a recording and what is asked of whoever looks after it, as programs see it."""

from typing import Annotated

from pydantic import Field, Strict

from events.interface.shapes import BIGGEST, BodyId, Day, Flag, Shape, Wanted
from recordings.keeping import scenes
from recordings.library import timeline
from recordings.library.answers import Stretch, StretchWanted, stretch
from recordings.library.models import Recording
from recordings.library.speakers import speakers_of

Told = Annotated[str, Field(min_length=1, max_length=300)]


class SpeakerShape(Shape):
    """A talk of somebody, and what was said about recording it.

    Answer: yes, no, open (nothing was said), absent (it is not in the file) or cut (taken out).
    `stretches` say where it is, in seconds of the player.
    """

    person_id: int
    name: str
    title: str
    answer: str
    stretches: list[Stretch]


class LettersShape(Shape):
    """How many mails are on their way."""

    letters: int


class AnswerWanted(Wanted):
    """What a speaker said by word of mouth or on paper about a talk, and how one knows."""

    person_id: BodyId
    title: Annotated[str, Field(max_length=160)]
    agrees: Flag
    note: Told


class NoteWanted(Wanted):
    """How one knows, or how people were asked."""

    note: Told


class NothingWanted(NoteWanted):
    """How one knows that nothing is in it of those who said no.

    `known` is the newest `consent_id` of the `open_noes` that were looked after, 0 where there were
    none: what was said later stays open.
    """

    known: Annotated[int, Strict(), Field(ge=0, le=BIGGEST, examples=[42])]


class CutWanted(Wanted):
    """What is cut out for good."""

    items: Annotated[list[StretchWanted], Field(min_length=1, max_length=100)]


class KeepingWanted(Wanted):
    """The day on which the recording is removed, from a week to ten years from now."""

    kept_until: Day


class CountingWanted(Wanted):
    """The last day on which playing earns credit, in the zone of the event; null for no deadline."""

    counts_until: Day | None


def speakers(row: Recording) -> list[SpeakerShape]:
    """The talks of a recording in their order."""
    return [
        SpeakerShape(
            person_id=one.person_id, name=one.name, title=one.title, answer=scenes.said_of(one),
            stretches=[
                stretch(span)
                for span in (timeline.to_player([one.span], row.left) if one.span else [])
            ],
        )
        for one in speakers_of(row)
    ]  # fmt: skip
