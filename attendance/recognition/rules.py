"""How minutes become hours under one version of a scheme: pure, exact, explained."""

from dataclasses import dataclass
from decimal import Decimal

from events.kernel.words import Reason


@dataclass(frozen=True)
class SchemeRule:
    """One frozen version of a scheme.

    `unit_minutes` minutes (45 or 60) are one hour; amounts are rounded down to multiples of
    `step` hours, so nobody is credited time that was not there. `min_minutes` is the least that
    counts at all.
    """

    version: str
    unit_minutes: int = 60
    step: str = "0.25"
    min_minutes: int = 15

    def __post_init__(self) -> None:
        """Refuse a rule that cannot be applied."""
        if self.unit_minutes not in {45, 60} or Decimal(self.step) <= 0:
            raise ValueError("a unit has 45 or 60 minutes and a step is positive")


@dataclass(frozen=True)
class Award:
    """What a certificate earns: hours as an exact decimal, and why."""

    hours: Decimal
    reasons: tuple[Reason, ...]


def award(minutes: int, rule: SchemeRule) -> Award:
    """The hours that counted minutes earn under a rule."""
    if minutes < rule.min_minutes:
        return Award(Decimal(0), (Reason("too_short", {"minutes": rule.min_minutes}),))
    step = Decimal(rule.step)
    steps = Decimal(minutes) / rule.unit_minutes // step
    values = {"minutes": minutes, "unit": rule.unit_minutes, "step": rule.step}
    return Award(steps * step, (Reason("counted", values),))
