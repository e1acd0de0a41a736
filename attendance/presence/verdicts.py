"""What a rule asks, and what the evidence of one person amounts to under it."""

from dataclasses import dataclass

from attendance.presence.evidence import Evidence, Mode, Reason, Status

BORDERLINE_PERCENT = 2


@dataclass(frozen=True)
class Rule:
    """One version of how presence is judged. Percent and minutes are whole numbers.

    `combine` says whether the percent and the minutes must both be reached or one of them.
    `denominator` "held" asks for a share of what really took place, "scheduled" for a share of
    the plan. `grace_min` lets minutes after the planned end make up for missed ones, never for
    more than was planned. `recording_weight` (percent of each minute watched) and `recording_max`
    (percent of the part that watching may replace) are 0 where recordings do not count;
    `watch_limit` is the fastest playing that counts, in percent of normal speed.
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
    watch_limit: int = 150
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
        if self.watch_limit not in range(100, 201):
            raise ValueError("the speed that counts lies between 100 and 200 percent")

    @property
    def counts_recordings(self) -> bool:
        """Whether a minute watched afterwards can count at all."""
        return self.recording_weight > 0 and self.recording_max > 0

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
