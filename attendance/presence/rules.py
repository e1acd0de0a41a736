"""How minutes of presence are counted and what they amount to under a rule.

All sums are exact milliseconds of half-open spans; only what is shown is rounded, always down to
whole minutes, so nobody is credited a minute that was not there. Thresholds are compared before
rounding. Reasons are codes with values; words are made at the edge in the reader's language.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable

from attendance.presence import intervals
from attendance.presence.counting import Frame, PartCount, Tally, together
from attendance.presence.evidence import Evidence, Mode, Reason, Sighting, Status, Timetable
from attendance.presence.intervals import MINUTE_MS
from attendance.presence.reasons import percent_of, remarks, shortfalls, threshold
from attendance.presence.verdicts import Rule, Span, Verdict

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
    "asked_and_needed",
    "settle",
    "settle_all",
    "settle_parts",
]


def asked_and_needed(*, timetables: Iterable[Timetable], rule: Rule) -> tuple[int, int]:
    """Milliseconds that all parts ask for, and how many are enough, by percent and minutes."""
    asked = sum(Frame.of(timetable, rule).asked(rule) for timetable in timetables)
    return asked, threshold(rule, asked)


def settle_all(
    *, sightings: Iterable[Sighting], timetable: Timetable, rule: Rule,
    excused: Collection[Hashable] = (), expected: Iterable[Hashable] = (),
) -> dict[Hashable, Verdict]:  # fmt: skip
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
    return settle_parts(parts=[(timetable, sightings)], rule=rule, excused=excused)


def settle_parts(
    *, parts: Iterable[tuple[Timetable, Iterable[Sighting]]], rule: Rule, excused: bool = False
) -> Verdict:
    """The verdict on one person at an event of several parts.

    Each part is counted by itself; minutes and what is asked for add up, and the threshold is
    judged on the sum (docs/decisions: *Minutes of several parts add up*).
    """
    counts = [PartCount.of(timetable, seen, rule) for timetable, seen in parts]
    tally = together([one.tally for one in counts])
    asked = sum(one.frame.asked(rule) for one in counts)
    reasons = [*shortfalls(tally, asked, rule), *remarks(counts, tally, rule)]
    return Verdict(
        minutes_counted=tally.counted // MINUTE_MS,
        minutes_planned=asked // MINUTE_MS,
        minutes_room=intervals.length(tally.room) // MINUTE_MS,
        minutes_online=intervals.length(tally.online + tally.bridged) // MINUTE_MS,
        minutes_recording=tally.watched // MINUTE_MS,
        percent=percent_of(tally.counted, asked),
        status=_status(tally, asked, rule, reasons, excused=excused),
        evidence=_class_of(counts, tally, rule),
        reasons=tuple([Reason("excused"), *reasons] if excused else reasons),
        spans=_spans(tally),
        counted_ms=tally.counted,
        held_ms=sum(one.frame.held_ms for one in counts),
        scheduled_ms=sum(one.frame.scheduled_ms for one in counts),
        rule_version=rule.version,
        unit_minutes=rule.unit_minutes,
    )


def _status(
    tally: Tally, asked: int, rule: Rule, reasons: Iterable[Reason], *, excused: bool
) -> Status:
    codes = {reason.code for reason in reasons}
    enough = tally.counted > 0 and tally.counted >= threshold(rule, asked)
    broken = codes & {"late_by", "left_early_by"}
    if "borderline" in codes and not broken and "corrected" not in codes:
        return Status.EXCUSED if excused and not enough else Status.REVIEW
    if enough and not broken:
        return Status.PRESENT
    if excused:
        return Status.EXCUSED
    return Status.PARTIAL if tally.counted else Status.ABSENT


def _class_of(counts: list[PartCount], tally: Tally, rule: Rule) -> Evidence:
    """The weakest class needed for the minutes counted: measured alone, with attested, or all."""
    if any(one.evidence is Evidence.CORRECTED for part in counts for one in part.evidence):
        return Evidence.CORRECTED
    wanted = tally.counted // MINUTE_MS
    trusted = {Evidence.MEASURED}
    for kind in (Evidence.MEASURED, Evidence.ATTESTED):
        trusted.add(kind)
        if sum(part.counted_by(trusted, rule) for part in counts) // MINUTE_MS == wanted:
            return kind
    return Evidence.PRESUMED


def _spans(tally: Tally) -> tuple[Span, ...]:
    kinds = (
        (tally.room, Mode.ROOM, False),
        (tally.online, Mode.ONLINE, False),
        (tally.bridged, Mode.ONLINE, True),
        (tally.recording, Mode.RECORDING, False),
    )
    spans = [Span(*pair, mode, bridged) for line, mode, bridged in kinds for pair in line]
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.mode)))
