"""From sightings to the milliseconds that count."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from attendance.presence import intervals
from attendance.presence.evidence import Evidence, Mode, Sighting, Timetable
from attendance.presence.intervals import MINUTE_MS, Line, Pair, as_ms
from attendance.presence.verdicts import Rule

MAX_BRIDGED_MS = 5 * MINUTE_MS


@dataclass(frozen=True)
class Frame:
    """The timetable in milliseconds: where presence counts and what it is measured against."""

    held: Pair
    countable: Line
    start: int
    end: int
    held_ms: int
    scheduled_ms: int

    @classmethod
    def of(cls, timetable: Timetable, rule: Rule) -> "Frame":
        start, end = as_ms(timetable.start), as_ms(timetable.end)
        if start >= end:
            raise ValueError("a part ends after it starts")
        first = start if timetable.held_start is None else as_ms(timetable.held_start)
        last = end if timetable.held_end is None else as_ms(timetable.held_end)
        mask = intervals.union((as_ms(one), as_ms(two)) for one, two in timetable.counts)
        mask = intervals.clip(mask or ((start, end),), start=start, end=end)
        overrun = (end, min(end + rule.grace_min * MINUTE_MS, last))
        held = intervals.clip(mask, start=first, end=last)
        countable = intervals.clip((*mask, overrun), start=first, end=last)
        edges = (held[0][0], held[-1][1]) if held else (start, start)
        sums = intervals.length(held), intervals.length(mask)
        return cls((first, last), countable, edges[0], edges[1], *sums)

    def asked(self, rule: Rule) -> int:
        return self.held_ms if rule.denominator == "held" else self.scheduled_ms


@dataclass(frozen=True)
class Tally:
    """What was counted: lines of milliseconds by mode, and their sums."""

    room: Line
    online: Line
    bridged: Line
    recording: Line
    counted: int
    watched: int

    @property
    def live(self) -> Line:
        return intervals.union(self.room + self.online + self.bridged)


def usable(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Without waiting rooms; of those who were there only corrected ones where any was corrected."""
    inside = [sighting for sighting in sightings if not sighting.waiting]
    corrected = [one for one in inside if one.evidence is Evidence.CORRECTED]
    watched = [one for one in inside if one.mode is Mode.RECORDING and one not in corrected]
    return [*corrected, *watched] if corrected else inside


def _closed(sighting: Sighting, frame: Frame) -> Pair:
    if sighting.end is not None:
        return as_ms(sighting.start), as_ms(sighting.end)
    end = frame.held[1]
    if sighting.last_sign is not None:
        end = min(end, as_ms(sighting.last_sign))
    return as_ms(sighting.start), end


def _lines(evidence: Iterable[Sighting], frame: Frame) -> tuple[Line, ...]:
    """One line for each mode, in the order of Mode."""
    lines: dict[Mode, list[Pair]] = defaultdict(list)
    for sighting in evidence:
        lines[sighting.mode].append(_closed(sighting, frame))
    return tuple(intervals.union(lines[mode]) for mode in Mode)


def add_up(evidence: Iterable[Sighting], frame: Frame, rule: Rule) -> Tally:
    """The counted time of one person; each moment counts once, a short loss of line is bridged."""
    room, online, watched = _lines(evidence, frame)
    gaps = intervals.short_gaps(online, longest=rule.bridge_gap_s * 1000)
    gaps = intervals.intersect(gaps, frame.countable)
    room, online = (intervals.intersect(line, frame.countable) for line in (room, online))
    # The limit applies to what bridging adds, so that more evidence can never lower the sum.
    added = min(intervals.length(intervals.subtract(gaps, room)), MAX_BRIDGED_MS)
    live = min(intervals.length(room + online) + added, frame.asked(rule))
    bridged = intervals.take(gaps, at_most=MAX_BRIDGED_MS)
    missed = intervals.subtract(intervals.intersect(watched, frame.countable), room + online + gaps)
    extra = _watched_ms(missed, live, frame, rule)
    return Tally(room, online, bridged, missed if extra else (), live + extra, extra)


def _watched_ms(missed: Line, live: int, frame: Frame, rule: Rule) -> int:
    """|P| + beta * min(|W without P|, alpha * |M|): what watching adds to having been there."""
    asked = frame.asked(rule)
    limit = min(intervals.length(missed), asked * rule.recording_max // 100)
    return min(limit * rule.recording_weight // 100, asked - live)


@dataclass(frozen=True)
class PartCount:
    """What one person's evidence amounts to in one part."""

    frame: Frame
    evidence: list[Sighting]
    tally: Tally

    @classmethod
    def of(cls, timetable: Timetable, sightings: Iterable[Sighting], rule: Rule) -> "PartCount":
        frame, evidence = Frame.of(timetable, rule), usable(sightings)
        return cls(frame, evidence, add_up(evidence, frame, rule))

    def counted_by(self, trusted: Collection[Evidence], rule: Rule) -> int:
        """Milliseconds that count by closed sightings of these classes alone."""
        sure = [one for one in self.evidence if one.evidence in trusted and one.end is not None]
        return add_up(sure, self.frame, rule).counted


def together(tallies: Iterable[Tally]) -> Tally:
    """The sum over parts; parts never overlap, so no moment is in two of them."""
    found = list(tallies)
    return Tally(
        room=_merged(one.room for one in found),
        online=_merged(one.online for one in found),
        bridged=_merged(one.bridged for one in found),
        recording=_merged(one.recording for one in found),
        counted=sum(one.counted for one in found),
        watched=sum(one.watched for one in found),
    )


def _merged(lines: Iterable[Line]) -> Line:
    return intervals.union(pair for line in lines for pair in line)
