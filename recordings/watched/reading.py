"""Reads a beat as it comes over the line; nothing of one that is wrong is taken."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from events.kernel.errors import BadInput, DomainError
from events.kernel.lines import Line, Pair, union
from events.kernel.words import gettext_noop
from recordings.watched.rules import LONGEST_MS

LARGEST = 16 * 1024
MOST_RANGES = 500
TENTH_MS = 100
# Browsers find a file a little longer than the tools that looked into it, and a cut file may be so
# by more than a second. What lies behind the end is not counted; only far behind it nobody played.
OVERHANG_MS = 10_000
Milliseconds = Annotated[int, Field(ge=0, le=LONGEST_MS)]
Tenths = Annotated[int, Field(ge=0, le=LONGEST_MS // TENTH_MS)]


class BeatGarbled(BadInput):
    """What came is not a beat of this player."""

    code = "beat_garbled"
    sentence = gettext_noop("This report of what was played cannot be read, so it does not count.")


class BeatTooLarge(DomainError):
    """More than a player ever sends."""

    code = "beat_too_large"
    status = 413
    sentence = gettext_noop("This report of what was played is too large, so it does not count.")


class BeatShape(BaseModel):
    """The JSON of a beat: times in milliseconds, `pos` and `ranges` in tenths of player seconds."""

    model_config = ConfigDict(strict=True, extra="forbid")

    sid: Annotated[str, Field(min_length=20, max_length=4096)]
    seq: Annotated[int, Field(ge=0, le=2**31 - 1)]
    wall_ms: Milliseconds
    visible_ms: Milliseconds
    rate: Annotated[float, Field(ge=0.0625, le=16, allow_inf_nan=False)]
    pos: Tenths
    ranges: Annotated[list[tuple[Tenths, Tenths]], Field(max_length=MOST_RANGES)]
    late: bool = False
    why: Literal["beat", "pause", "seeked", "ended", "ratechange", "hidden"] = "beat"

    @property
    def percent(self) -> int:
        """The speed in percent of normal."""
        return round(self.rate * 100)

    @property
    def rests(self) -> bool:
        """Whether nothing more may follow for a while."""
        return self.why in {"pause", "ended", "hidden"}

    def kept(self) -> dict[str, Any]:
        """What is kept of it as evidence; the signature is not."""
        return self.model_dump(exclude={"sid", "seq"})


@dataclass(frozen=True)
class Played:
    """What a beat says was played, and where the player is: player time in milliseconds."""

    ranges: Line
    pos: int


def read(body: bytes) -> BeatShape:
    """The beat in a request; raises BeatTooLarge or BeatGarbled."""
    if len(body) > LARGEST:
        raise BeatTooLarge
    try:
        return BeatShape.model_validate_json(body)
    except (ValidationError, RecursionError) as error:
        raise BeatGarbled from error


def played(beat: BeatShape, *, length: int) -> Played:
    """What was played of a file of `length` ms, as far as it goes.

    Raises BeatGarbled for what cannot be in it.
    """
    ranges = [(start * TENTH_MS, end * TENTH_MS) for start, end in beat.ranges]
    if any(start >= end or end > length + OVERHANG_MS for start, end in ranges):
        raise BeatGarbled
    if beat.pos * TENTH_MS > length + OVERHANG_MS:
        raise BeatGarbled
    inside: list[Pair] = [(start, min(end, length)) for start, end in ranges]
    return Played(union(inside), min(beat.pos * TENTH_MS, max(0, length - 1)))
