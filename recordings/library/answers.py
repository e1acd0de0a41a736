"""Shapes that operations of several rooms of recordings share. Times are seconds of the player."""

from typing import Annotated

from pydantic import Field, Strict

from events.interface.shapes import Shape, Wanted, link
from recordings.library.timeline import Pair

# No recording is longer than a day.
LONGEST = 86_400
Clock = Annotated[float, Strict(), Field(ge=0, le=LONGEST, allow_inf_nan=False, examples=[61.5])]
Seconds = Annotated[Clock, Field(description="Seconds of the player; thousandths count.")]
SourceSeconds = Annotated[
    Clock, Field(description="Seconds of the file as it arrived, whatever was cut out since.")
]
NAMED = "/recordings/{recording_id}"


class Stretch(Shape):
    """From `start` to before `end`, in seconds of the player."""

    start: float
    end: float


class StretchWanted(Wanted):
    """From `start` to before `end`, in seconds of the player."""

    start: Seconds
    end: Seconds


def seconds(ms: int) -> float:
    """Milliseconds as seconds."""
    return ms / 1000


def ms(given: float) -> int:
    """Seconds as whole milliseconds."""
    return round(given * 1000)


def stretch(span: Pair) -> Stretch:
    """A span of milliseconds as it is answered."""
    return Stretch(start=seconds(span[0]), end=seconds(span[1]))


def own(recording_id: int, *more: object) -> str:
    """The path of a recording, or of something that belongs to it."""
    return link("recordings", recording_id, *more)
