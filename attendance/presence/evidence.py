"""What is known of somebody's presence: kinds of evidence, sightings, and the timetable."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Mode(StrEnum):
    """Where somebody was: in the room, in the meeting, or with the recording afterwards."""

    ROOM = "room"
    ONLINE = "online"
    RECORDING = "recording"


class Evidence(StrEnum):
    """How we know, strongest first; the ministry file carries the class of every line."""

    CORRECTED = "corrected"
    MEASURED = "measured"
    ATTESTED = "attested"
    PRESUMED = "presumed"


class Status(StrEnum):
    """What a verdict says."""

    PRESENT = "present"
    PARTIAL = "partial"
    ABSENT = "absent"
    EXCUSED = "excused"
    REVIEW = "review"


@dataclass(frozen=True)
class Reason:
    """One fact behind a verdict: a code and its plain values, no words."""

    code: str
    values: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sighting:
    """Somebody seen from `start` until `end`; instants are aware datetimes or milliseconds.

    `end` None means nobody saw the leaving: the span is closed at the end of the part, or at
    `last_sign` where a last sign of life is known and earlier, and counts as presumed.
    Recording sightings are given on the clock of the part (the minute of it that was watched), so
    a minute watched later and attended live counts once. A corrected sighting replaces all other
    sightings of the person but those of recordings: it says who was there, not who watched later.
    An empty one (start = end) therefore says "was not there".
    """

    person: Hashable
    mode: Mode
    start: int | datetime
    end: int | datetime | None
    evidence: Evidence = Evidence.MEASURED
    source: str = ""
    waiting: bool = False
    last_sign: int | datetime | None = None


@dataclass(frozen=True)
class Timetable:
    """When a part was planned, when it was really held, and which minutes of it count.

    `counts` (the mask) leaves out breaks; empty means the whole planned span. `held_start` and
    `held_end` are None where nobody measured them: then the plan stands in for them.
    """

    start: int | datetime
    end: int | datetime
    held_start: int | datetime | None = None
    held_end: int | datetime | None = None
    counts: tuple[tuple[int | datetime, int | datetime], ...] = ()
