"""How often something repeats: rules of RFC 5545 on the wall clock, without tables.

A rule knows nothing of zones: all its dates are naive wall-clock starts, so an event at 16:30
stays at 16:30 when the clocks change.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop

MOST = 100
LONGEST = timedelta(days=2 * 366)
DAILY, WEEKLY, FORTNIGHTLY, MONTHLY = "daily", "weekly", "fortnightly", "monthly"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK, LAST_FULL_WEEK = 7, 4
# The only rules a series can have; whatever else a rule of RFC 5545 may say is refused.
FREQUENCIES = {
    ("DAILY", 1): DAILY,
    ("WEEKLY", 1): WEEKLY,
    ("WEEKLY", 2): FORTNIGHTLY,
    ("MONTHLY", 1): MONTHLY,
}


class RuleUnknown(BadInput):
    """Not a rule a series can have."""

    code = "rule_unknown"
    sentence = gettext_noop("Choose how often the event repeats from the list.")


class EndMissing(BadInput):
    """A series ends."""

    code = "series_end_missing"
    sentence = gettext_noop("Say until which day the event repeats, or how many times.")


class TooManyDates(BadInput):
    """More dates than a series may have, or too far ahead."""

    code = "too_many_dates"
    sentence = gettext_noop(
        "A series has at most %(most)s dates in two years. Choose an earlier end."
    )


class TooFewDates(BadInput):
    """One date is no series."""

    code = "too_few_dates"
    sentence = gettext_noop("This makes one date only. Choose a later end, or do not repeat.")


@dataclass(frozen=True)
class Repeat:
    """What a coordinator chooses: `every` is one of daily, weekly, fortnightly, monthly.

    Monthly means the same weekday of the same week of the month (the second Tuesday; a fifth one
    means the last). Either `until` (the last day, inclusive) or `number` (dates in all) is given.
    """

    every: str
    until: date | None = None
    number: int | None = None


def rule(repeat: Repeat, first: datetime, *, shift: timedelta = timedelta()) -> str:
    """The RRULE of a repetition that begins at `first` (naive wall clock).

    `shift` is how much later than by the rule its dates are shown: `until` counts what is shown.
    Raises RuleUnknown and EndMissing.
    """
    frequency, interval = _frequency(repeat.every)
    pieces = [f"FREQ={frequency}"]
    if interval > 1:
        pieces.append(f"INTERVAL={interval}")
    if frequency != "DAILY":
        pieces.append(f"BYDAY={_weekday(first, monthly=frequency == 'MONTHLY')}")
    return ";".join([*pieces, _end(repeat, shift)])


def _frequency(every: str) -> tuple[str, int]:
    for key, known in FREQUENCIES.items():
        if known == every:
            return key
    raise RuleUnknown(field="repeats")


def _weekday(first: datetime, *, monthly: bool) -> str:
    name = DAYS[first.weekday()]
    if not monthly:
        return name
    week = (first.day - 1) // WEEK + 1
    return f"{week if week <= LAST_FULL_WEEK else -1}{name}"


def _end(repeat: Repeat, shift: timedelta) -> str:
    if repeat.until is not None:
        last = datetime.combine(repeat.until, time(23, 59, 59)) - shift
        return f"UNTIL={last:%Y%m%dT%H%M%S}"
    if repeat.number is None or repeat.number < 1:
        raise EndMissing(field="repeats_until")
    return f"COUNT={repeat.number}"


def repeat_of(rrule: str) -> Repeat:
    """The choice a rule was made from; raises RuleUnknown."""
    values = _values(rrule)
    key = (values.get("FREQ", ""), int(values.get("INTERVAL", "1")))
    if key not in FREQUENCIES:
        raise RuleUnknown(field="repeats")
    until = values.get("UNTIL")
    return Repeat(
        FREQUENCIES[key],
        until=datetime.strptime(until, "%Y%m%dT%H%M%S").date() if until else None,  # noqa: DTZ007  a wall clock has no zone
        number=int(values["COUNT"]) if "COUNT" in values else None,
    )


def _values(rrule: str) -> dict[str, str]:
    pieces = (piece.partition("=") for piece in rrule.split(";"))
    return {name: value for name, _, value in pieces}


def starts(rrule: str, first: datetime) -> list[datetime]:
    """Every wall-clock start of a rule, the first one included, in order.

    Raises TooManyDates for more than MOST, or for one later than two years after the first.
    """
    found = list(islice(rrulestr(rrule, dtstart=first), MOST + 1))
    if len(found) > MOST or (found and found[-1] - first > LONGEST):
        raise TooManyDates(most=MOST, field="repeats_until")
    return found


def several(found: list[datetime]) -> list[datetime]:
    """The same starts; raises TooFewDates for fewer than two."""
    if len(found) < 2:  # noqa: PLR2004  one date is an event
        raise TooFewDates(field="repeats_until")
    return found


def ended(rrule: str, last: datetime) -> str:
    """The rule with `last` as its last start."""
    kept = [piece for piece in rrule.split(";") if not piece.startswith(("COUNT=", "UNTIL="))]
    return ";".join([*kept, f"UNTIL={last:%Y%m%dT%H%M%S}"])


def same_pattern(one: Repeat, other: Repeat) -> bool:
    """Whether two repetitions differ at most in where they end."""
    return one.every == other.every
