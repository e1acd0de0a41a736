"""How far playing can bring somebody: what the recordings of an event hold of the minutes that count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from attendance.presence import queries, rules
from attendance.presence.evidence import Evidence, Mode, Sighting, Status
from attendance.presence.intervals import MINUTE_MS
from recordings.library import queries as library
from recordings.library import timeline

if TYPE_CHECKING:
    from recordings.library.models import Recording

# Somebody decides where it is close, so that counts as within reach.
ENOUGH = frozenset({Status.PRESENT, Status.REVIEW})


@dataclass(frozen=True)
class Reach:
    """Whole minutes that somebody gets who was not there and plays everything, and needs for credit."""

    most: int
    needed: int
    enough: bool


def reach(recording: "Recording", *, at: datetime) -> Reach | None:
    """What playing alone can earn at the event of a recording; None where playing earns nothing.

    All recordings of the event that are up count together, and this one whether it is up or not.
    """
    rule = queries.rule_of(recording.event_id, at=at)
    timetables = queries.timetables_of(recording.event_id)
    if not rule.counts_recordings or not playable(recording):
        return None
    shown = playing_all(recording, at=at)
    verdict = rules.settle_parts(
        parts=[(table, shown.get(part_id, ())) for part_id, table in timetables.items()], rule=rule
    )
    _asked, needed = rules.asked_and_needed(timetables=timetables.values(), rule=rule)
    return Reach(
        most=verdict.minutes_counted, needed=-(-needed // MINUTE_MS),
        enough=verdict.status in ENOUGH,
    )  # fmt: skip


def playable(recording: "Recording") -> bool:
    """Whether playing it can be counted: it lies here, and it is known when it was recorded."""
    return bool(recording.length_ms and recording.pieces)


def playing_all(recording: "Recording", *, at: datetime) -> dict[int, list[Sighting]]:
    """By part, what somebody would be seen at who plays all that the event's recordings show."""
    found: dict[int, list[Sighting]] = {}
    for one in library.of_event(recording.event_id):
        earns = one.watchable(at) and not one.credit_over(at)
        if playable(one) and (earns or one.pk == recording.pk):
            found.setdefault(one.part_id, []).extend(_whole(one))
    return found


def _whole(recording: "Recording") -> Iterator[Sighting]:
    pieces = [(int(source), int(instant)) for source, instant in recording.pieces]
    for start, end in timeline.to_event(recording.left, pieces):
        yield Sighting(None, Mode.RECORDING, start, end, Evidence.MEASURED)
