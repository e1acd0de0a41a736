"""How far somebody is with a recording: what counts now, what is enough, what is still missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from attendance.presence import intervals, queries, rules, watching
from attendance.presence.counting import Frame
from attendance.presence.evidence import Evidence, Mode, Sighting
from attendance.presence.intervals import MINUTE_MS, Line, Pair
from attendance.presence.models import SightingRow
from attendance.presence.reach import ENOUGH, playable, playing_all
from recordings.library import timeline

if TYPE_CHECKING:
    from attendance.presence.evidence import Timetable
    from recordings.library.models import Recording

SHORTEST_MS = 5_000
SeenAt = dict[int, list[Sighting]]


@dataclass(frozen=True)
class Standing:
    """A person's credit for an event as of now, seen from one recording of one of its parts.

    `needed` and `asked` are minutes of the whole event, `most` those that count once everything is
    played, and `in_reach` says whether they would be enough; `frame` is the part on the clock, `live`
    and `watched` what counts of it; `missed` the first stretch to play, in ms of the shown files.
    """

    rule: rules.Rule
    verdict: rules.Verdict
    asked: int
    needed: int
    most: int
    in_reach: bool
    frame: Pair
    live: Line
    watched: Line
    missed: Pair | None

    @property
    def lacking(self) -> int:
        """Whole minutes until it is enough, rounded up."""
        return max(0, -(-(self.needed * MINUTE_MS - self.verdict.counted_ms) // MINUTE_MS))


def standing(
    recording: "Recording", *, person_id: int, at: datetime, also: Line = ()
) -> Standing | None:
    """As everything would be judged now, with what was played a moment ago; None without a frame.

    `also` are instants (ms) of the part that can be earned besides by other means than playing.
    """
    timetables = queries.timetables_of(recording.event_id)
    table = timetables.get(recording.part_id)
    if table is None:
        return None
    rule = queries.rule_of(recording.event_id, at=at)
    seen_at = _sightings(recording, timetables, person_id=person_id)
    verdict = _verdict(timetables, seen_at, rule)
    most = _verdict(timetables, _and_all(seen_at, recording, also, at=at), rule)
    asked, needed = rules.asked_and_needed(timetables=timetables.values(), rule=rule)
    frame = Frame.of(table, rule)
    inside = {
        mode: intervals.intersect(
            [(one.start, one.end) for one in verdict.spans if (one.mode is Mode.RECORDING) == mode],
            frame.countable,
        )
        for mode in (True, False)
    }
    seen = intervals.union([*inside[True], *inside[False]])
    return Standing(
        rule=rule, verdict=verdict, asked=asked // MINUTE_MS, needed=-(-needed // MINUTE_MS),
        most=most.minutes_counted, in_reach=most.status in ENOUGH,
        frame=(frame.start, frame.end), live=inside[False], watched=inside[True],
        missed=_missed(recording, intervals.subtract(frame.countable, seen)),
    )  # fmt: skip


def _sightings(
    recording: "Recording", timetables: "dict[int, Timetable]", *, person_id: int
) -> SeenAt:
    """What counts for a person by part, with what was played a moment ago."""
    rows = queries.sightings_of(recording.event_id, person_id=person_id)
    kept = [row for row in rows if not _is_of(row, recording)]
    seen = [seen for _table, seen in queries.by_part(kept, timetables)]
    parts = dict(zip(timetables, seen, strict=True))
    parts[recording.part_id].extend(
        Sighting(person_id, Mode.RECORDING, start, end, Evidence.MEASURED)
        for start, end in watching.played_of_part(recording.part_id, person_id=person_id)
    )
    return parts


def _and_all(seen_at: SeenAt, recording: "Recording", also: Line, *, at: datetime) -> SeenAt:
    shown = playing_all(recording, at=at)
    shown.setdefault(recording.part_id, []).extend(
        Sighting(None, Mode.RECORDING, start, end, Evidence.ATTESTED) for start, end in also
    )
    return {part_id: [*seen, *shown.get(part_id, ())] for part_id, seen in seen_at.items()}


def _verdict(
    timetables: "dict[int, Timetable]", seen_at: SeenAt, rule: rules.Rule
) -> rules.Verdict:
    parts = [(table, seen_at[part_id]) for part_id, table in timetables.items()]
    return rules.settle_parts(parts=parts, rule=rule)


def _is_of(row: SightingRow, recording: "Recording") -> bool:
    return row.source == SightingRow.Source.RECORDING and row.part_id == recording.part_id


def _missed(recording: "Recording", missing: Line) -> Pair | None:
    if not playable(recording):
        return None
    pieces = [(int(source), int(instant)) for source, instant in recording.pieces]
    source = timeline.from_event(missing, pieces, recording.duration_ms)
    shown = timeline.to_player(source, recording.left)
    return next(((one, two) for one, two in sorted(shown) if two - one >= SHORTEST_MS), None)
