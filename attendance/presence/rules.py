"""How minutes of presence are counted and what they amount to under a rule.

All sums are exact milliseconds of half-open spans; only what is shown is rounded, always down to
whole minutes, so nobody is credited a minute that was not there. Thresholds are compared before
rounding. Reasons are codes with values; words are made at the edge in the reader's language.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass

from attendance.presence import intervals
from attendance.presence.evidence import Evidence, Mode, Reason, Sighting, Status, Timetable
from attendance.presence.intervals import MINUTE_MS, Line, Pair, as_ms

__all__ = [
    "Evidence",
    "Mode",
    "Reason",
    "Rule",
    "Sighting",
    "Span",
    "Status",
    "Timetable",
    "Verdict",
    "settle",
    "settle_all",
]

MAX_BRIDGED_MS = 5 * MINUTE_MS
BORDERLINE_PERCENT = 2


@dataclass(frozen=True)
class Rule:
    """One version of how presence is judged. Percent and minutes are whole numbers.

    `combine` says whether the percent and the minutes must both be reached or one of them.
    `denominator` "held" asks for a share of what really took place, "scheduled" for a share of
    the plan. `grace_min` lets minutes after the planned end make up for missed ones, never for
    more than was planned. `recording_weight` (percent of each minute watched) and `recording_max`
    (percent of the part that watching may replace) are 0 where recordings do not count.
    """

    version: str
    min_pct: int | None = 80
    min_minutes: int | None = None
    combine: str = "all"
    denominator: str = "held"
    late_max_min: int | None = None
    must_be_present_in_last_min: int | None = None
    bridge_gap_s: int = 90
    grace_min: int = 0
    borderline_pct: int = BORDERLINE_PERCENT
    recording_weight: int = 0
    recording_max: int = 0
    unit_minutes: int = 60

    def __post_init__(self) -> None:
        """A rule nobody could reach or explain is a ValueError."""
        if self.combine not in {"all", "any"} or self.denominator not in {"held", "scheduled"}:
            raise ValueError("combine is all or any, denominator is held or scheduled")
        if self.unit_minutes not in {45, 60}:
            raise ValueError("a unit has 45 or 60 minutes")
        if self.min_pct is None and self.min_minutes is None:
            raise ValueError("a rule asks for a percentage, for minutes or for both")
        if not all(share in range(101) for share in self._shares()):
            raise ValueError("a percentage lies between 0 and 100")

    def _shares(self) -> tuple[int, ...]:
        return (self.min_pct or 0, self.recording_weight, self.recording_max, self.borderline_pct)


@dataclass(frozen=True)
class Span:
    """A counted stretch of one mode, in milliseconds; bridged ones were short losses of line."""

    start: int
    end: int
    mode: Mode
    bridged: bool = False


@dataclass(frozen=True)
class Verdict:
    """What one person's evidence amounts to under one rule.

    `minutes_room` and `minutes_online` may overlap; `minutes_counted` never counts a moment twice.
    `percent` is rounded down and belongs to `minutes_planned`, the denominator of the rule.
    """

    minutes_counted: int
    minutes_planned: int
    minutes_room: int
    minutes_online: int
    minutes_recording: int
    percent: int
    status: Status
    evidence: Evidence
    reasons: tuple[Reason, ...]
    spans: tuple[Span, ...]
    counted_ms: int
    held_ms: int
    scheduled_ms: int
    rule_version: str
    unit_minutes: int

    @property
    def units(self) -> tuple[int, int]:
        """Whole units of 45 or 60 minutes, and the minutes left over."""
        return divmod(self.minutes_counted, self.unit_minutes)


def settle_all(
    *,
    sightings: Iterable[Sighting],
    timetable: Timetable,
    rule: Rule,
    excused: Collection[Hashable] = (),
    expected: Iterable[Hashable] = (),
) -> dict[Hashable, Verdict]:
    """One verdict for everybody seen or expected; sightings of None (nobody known) count for none."""
    seen: dict[Hashable, list[Sighting]] = defaultdict(list)
    for person in expected:
        seen.setdefault(person, [])
    for sighting in sightings:
        if sighting.person is not None:
            seen[sighting.person].append(sighting)
    return {
        person: settle(sightings=theirs, timetable=timetable, rule=rule, excused=person in excused)
        for person, theirs in seen.items()
    }


def settle(
    *, sightings: Iterable[Sighting], timetable: Timetable, rule: Rule, excused: bool = False
) -> Verdict:
    """The verdict on the sightings of one person; the same evidence in any order gives the same."""
    frame = _Frame.of(timetable, rule)
    evidence = _usable(sightings)
    tally = _tally(evidence, frame, rule)
    asked = frame.asked(rule)
    reasons = [*_shortfalls(tally, asked, rule), *_remarks(evidence, tally, frame, rule)]
    return Verdict(
        minutes_counted=tally.counted // MINUTE_MS,
        minutes_planned=asked // MINUTE_MS,
        minutes_room=intervals.length(tally.room) // MINUTE_MS,
        minutes_online=intervals.length(tally.online + tally.bridged) // MINUTE_MS,
        minutes_recording=tally.watched // MINUTE_MS,
        percent=_percent(tally.counted, asked),
        status=_status(tally, asked, rule, reasons, excused=excused),
        evidence=_class_of(evidence, tally, frame, rule),
        reasons=tuple([Reason("excused"), *reasons] if excused else reasons),
        spans=_spans(tally),
        counted_ms=tally.counted,
        held_ms=frame.held_ms,
        scheduled_ms=frame.scheduled_ms,
        rule_version=rule.version,
        unit_minutes=rule.unit_minutes,
    )


@dataclass(frozen=True)
class _Frame:
    """The timetable in milliseconds: where presence counts and what it is measured against."""

    held: Pair
    countable: Line
    start: int
    end: int
    held_ms: int
    scheduled_ms: int

    @classmethod
    def of(cls, timetable: Timetable, rule: Rule) -> "_Frame":
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
class _Tally:
    room: Line
    online: Line
    bridged: Line
    recording: Line
    counted: int
    watched: int

    @property
    def live(self) -> Line:
        return intervals.union(self.room + self.online + self.bridged)


def _usable(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Without waiting rooms; only the corrected ones where a person has corrected."""
    inside = [sighting for sighting in sightings if not sighting.waiting]
    corrected = [one for one in inside if one.evidence is Evidence.CORRECTED]
    return corrected or inside


def _closed(sighting: Sighting, frame: _Frame) -> Pair:
    if sighting.end is not None:
        return as_ms(sighting.start), as_ms(sighting.end)
    end = frame.held[1]
    if sighting.last_sign is not None:
        end = min(end, as_ms(sighting.last_sign))
    return as_ms(sighting.start), end


def _tally(evidence: Iterable[Sighting], frame: _Frame, rule: Rule) -> _Tally:
    lines: dict[Mode, list[Pair]] = defaultdict(list)
    for sighting in evidence:
        lines[sighting.mode].append(_closed(sighting, frame))
    room, online, watched = (intervals.union(lines[mode]) for mode in Mode)
    gaps = intervals.short_gaps(online, longest=rule.bridge_gap_s * 1000)
    gaps = intervals.intersect(gaps, frame.countable)
    room, online = (intervals.intersect(line, frame.countable) for line in (room, online))
    # The limit applies to what bridging adds, so that more evidence can never lower the sum.
    added = min(intervals.length(intervals.subtract(gaps, room)), MAX_BRIDGED_MS)
    live = min(intervals.length(room + online) + added, frame.asked(rule))
    bridged = intervals.take(gaps, at_most=MAX_BRIDGED_MS)
    missed = intervals.subtract(intervals.intersect(watched, frame.countable), room + online + gaps)
    extra = _watched_ms(missed, live, frame, rule)
    return _Tally(room, online, bridged, missed if extra else (), live + extra, extra)


def _watched_ms(missed: Line, live: int, frame: _Frame, rule: Rule) -> int:
    """|P| + beta * min(|W without P|, alpha * |M|): what watching adds to having been there."""
    asked = frame.asked(rule)
    limit = min(intervals.length(missed), asked * rule.recording_max // 100)
    return min(limit * rule.recording_weight // 100, asked - live)


def _percent(counted: int, asked: int) -> int:
    return counted * 100 // asked if asked else 0


def _needed(rule: Rule, asked: int) -> tuple[int, ...]:
    """Milliseconds that each condition of the rule asks for, rounded up."""
    share = None if rule.min_pct is None else -(-asked * rule.min_pct // 100)
    minutes = None if rule.min_minutes is None else rule.min_minutes * MINUTE_MS
    return tuple(need for need in (share, minutes) if need is not None)


def _threshold(rule: Rule, asked: int) -> int:
    needs = _needed(rule, asked)
    return max(needs) if rule.combine == "all" else min(needs)


def _shortfalls(tally: _Tally, asked: int, rule: Rule) -> list[Reason]:
    """How far from enough, and whether that is too close to leave to a machine."""
    needed = _threshold(rule, asked)
    reasons = [] if asked else [Reason("not_held")]
    if tally.counted < needed:
        missing = -(-(needed - tally.counted) // MINUTE_MS)
        reasons.append(Reason("short_by", {"minutes": missing}))
    elif tally.counted:
        reasons.append(Reason("enough", {"minutes": tally.counted // MINUTE_MS}))
    if _borderline(tally.counted, needed, asked, rule):
        percent = _percent(tally.counted, asked)
        reasons.append(
            Reason("borderline", {"percent": percent, "needed": _percent(needed, asked)})
        )
    return reasons


def _borderline(counted: int, needed: int, asked: int, rule: Rule) -> bool:
    """Within the margin on either side; nothing and everything are never in doubt."""
    if not 0 < counted < asked:
        return False
    return abs(counted - needed) * 100 <= rule.borderline_pct * asked


def _remarks(evidence: list[Sighting], tally: _Tally, frame: _Frame, rule: Rule) -> list[Reason]:
    reasons = [*_lateness(tally, frame, rule), *_leaving(tally, frame, rule)]
    opened = sum(sighting.end is None for sighting in evidence)
    bridged = intervals.length(tally.bridged) // 1000
    if any(sighting.evidence is Evidence.CORRECTED for sighting in evidence):
        reasons.append(Reason("corrected"))
    if opened:
        reasons.append(Reason("end_presumed", {"count": opened}))
    if bridged:
        reasons.append(Reason("bridged", {"seconds": bridged}))
    if tally.watched:
        reasons.append(Reason("recording", {"minutes": tally.watched // MINUTE_MS}))
    return reasons


def _lateness(tally: _Tally, frame: _Frame, rule: Rule) -> list[Reason]:
    if rule.late_max_min is None or not tally.live:
        return []
    late = tally.live[0][0] - frame.start
    if late <= rule.late_max_min * MINUTE_MS:
        return []
    return [Reason("late_by", {"minutes": -(-late // MINUTE_MS), "allowed": rule.late_max_min})]


def _leaving(tally: _Tally, frame: _Frame, rule: Rule) -> list[Reason]:
    last = rule.must_be_present_in_last_min
    if last is None or not tally.live:
        return []
    if intervals.clip(tally.live, start=frame.end - last * MINUTE_MS, end=frame.held[1]):
        return []
    early = frame.end - tally.live[-1][1]
    return [Reason("left_early_by", {"minutes": early // MINUTE_MS, "last": last})]


def _status(
    tally: _Tally, asked: int, rule: Rule, reasons: Iterable[Reason], *, excused: bool
) -> Status:
    codes = {reason.code for reason in reasons}
    enough = tally.counted > 0 and tally.counted >= _threshold(rule, asked)
    broken = codes & {"late_by", "left_early_by"}
    if "borderline" in codes and not broken and "corrected" not in codes:
        return Status.EXCUSED if excused and not enough else Status.REVIEW
    if enough and not broken:
        return Status.PRESENT
    if excused:
        return Status.EXCUSED
    return Status.PARTIAL if tally.counted else Status.ABSENT


def _class_of(evidence: list[Sighting], tally: _Tally, frame: _Frame, rule: Rule) -> Evidence:
    """The weakest class needed for the minutes counted: measured alone, with attested, or all."""
    if any(sighting.evidence is Evidence.CORRECTED for sighting in evidence):
        return Evidence.CORRECTED
    wanted = tally.counted // MINUTE_MS
    trusted = {Evidence.MEASURED}
    for kind in (Evidence.MEASURED, Evidence.ATTESTED):
        trusted.add(kind)
        sure = [one for one in evidence if one.evidence in trusted and one.end is not None]
        if _tally(sure, frame, rule).counted // MINUTE_MS == wanted:
            return kind
    return Evidence.PRESUMED


def _spans(tally: _Tally) -> tuple[Span, ...]:
    kinds = (
        (tally.room, Mode.ROOM, False),
        (tally.online, Mode.ONLINE, False),
        (tally.bridged, Mode.ONLINE, True),
        (tally.recording, Mode.RECORDING, False),
    )
    spans = [Span(*pair, mode, bridged) for line, mode, bridged in kinds for pair in line]
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.mode)))
