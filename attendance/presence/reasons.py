"""What a verdict rests on: how far from enough, late, early, bridged, presumed."""

from collections.abc import Callable, Sequence

from attendance.presence import intervals
from attendance.presence.counting import Frame, PartCount, Tally
from attendance.presence.evidence import Evidence, Reason
from attendance.presence.intervals import MINUTE_MS
from attendance.presence.verdicts import Rule

Judge = Callable[[Tally, Frame, Rule], list[Reason]]


def percent_of(counted: int, asked: int) -> int:
    """The share in whole percent, rounded down; 0 where nothing was asked."""
    return counted * 100 // asked if asked else 0


def _needed(rule: Rule, asked: int) -> tuple[int, ...]:
    """Milliseconds that each condition of the rule asks for, rounded up."""
    share = None if rule.min_pct is None else -(-asked * rule.min_pct // 100)
    minutes = None if rule.min_minutes is None else rule.min_minutes * MINUTE_MS
    return tuple(need for need in (share, minutes) if need is not None)


def threshold(rule: Rule, asked: int) -> int:
    """Milliseconds that are enough under the rule."""
    needs = _needed(rule, asked)
    return max(needs) if rule.combine == "all" else min(needs)


def shortfalls(tally: Tally, asked: int, rule: Rule) -> list[Reason]:
    """How far from enough, and whether that is too close to leave to a machine."""
    needed = threshold(rule, asked)
    reasons = [] if asked else [Reason("not_held")]
    if tally.counted < needed:
        missing = -(-(needed - tally.counted) // MINUTE_MS)
        reasons.append(Reason("short_by", {"minutes": missing}))
    elif tally.counted:
        reasons.append(Reason("enough", {"minutes": tally.counted // MINUTE_MS}))
    if _borderline(tally.counted, needed, asked, rule):
        percent = percent_of(tally.counted, asked)
        reasons.append(
            Reason("borderline", {"percent": percent, "needed": percent_of(needed, asked)})
        )
    return reasons


def _borderline(counted: int, needed: int, asked: int, rule: Rule) -> bool:
    """Within the margin on either side; nothing and everything are never in doubt."""
    if not 0 < counted < asked:
        return False
    return abs(counted - needed) * 100 <= rule.borderline_pct * asked


def remarks(counts: Sequence[PartCount], tally: Tally, rule: Rule) -> list[Reason]:
    """What a reader should know besides the sum: late, early, corrected, presumed, bridged.

    Of several parts the one with the most minutes late, and the one left earliest, is named.
    """
    reasons = [*_worst(_lateness, counts, rule), *_worst(_leaving, counts, rule)]
    evidence = [one for part in counts for one in part.evidence]
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


def _worst(judge: Judge, counts: Sequence[PartCount], rule: Rule) -> list[Reason]:
    found = [reason for one in counts for reason in judge(one.tally, one.frame, rule)]
    return sorted(found, key=lambda reason: -int(reason.values["minutes"]))[:1]


def _lateness(tally: Tally, frame: Frame, rule: Rule) -> list[Reason]:
    if rule.late_max_min is None or not tally.live:
        return []
    late = tally.live[0][0] - frame.start
    if late <= rule.late_max_min * MINUTE_MS:
        return []
    return [Reason("late_by", {"minutes": -(-late // MINUTE_MS), "allowed": rule.late_max_min})]


def _leaving(tally: Tally, frame: Frame, rule: Rule) -> list[Reason]:
    last = rule.must_be_present_in_last_min
    if last is None or not tally.live:
        return []
    if intervals.clip(tally.live, start=frame.end - last * MINUTE_MS, end=frame.held[1]):
        return []
    early = frame.end - tally.live[-1][1]
    return [Reason("left_early_by", {"minutes": early // MINUTE_MS, "last": last})]
