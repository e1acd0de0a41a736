"""The running order of a part as people read it: with times, and as a strip."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.programme.models import Part, Slot

SHORT_TALK = 2
MARKS = 6


@dataclass(frozen=True)
class TimedSlot:
    """A slot with its wall-clock start, and where it lies in minutes from the start of the part."""

    starts: datetime
    since: int
    until: int
    minutes: int
    form: str
    title: str
    presenter: str
    online: bool

    @property
    def is_open(self) -> bool:
        """A talk that nobody has taken yet."""
        return self.form == Slot.Form.TALK and not (self.title or self.presenter)


def timed(part: Part, slots: list[Slot]) -> list[TimedSlot]:
    """The slots one after the other from the start of the part, on its wall clock."""
    found, since = [], 0
    for slot in slots:
        name = slot.presenter.name if slot.presenter else ""
        found.append(
            TimedSlot(
                part.wall + timedelta(minutes=since), since, since + slot.minutes, slot.minutes,
                slot.form, slot.title, name, slot.online,
            )
        )  # fmt: skip
        since += slot.minutes
    return found


def strip(slots: list[TimedSlot]) -> list[tuple[str, float, float]]:
    """The slots as marks of the figure `strip`."""
    return [(_mark(slot), slot.since, slot.until) for slot in slots]


def _mark(slot: TimedSlot) -> str:
    if slot.form == Slot.Form.BREAK:
        return "b"
    if slot.form == Slot.Form.TABLE:
        return "t"
    if slot.is_open:
        return "o"
    return "n" if slot.minutes <= SHORT_TALK else ""


def ticks(part: Part) -> list[datetime]:
    """Wall-clock times for the axis under the strip, first and last included."""
    step = part.minutes / (MARKS - 1)
    return [part.wall + timedelta(minutes=round(step * mark)) for mark in range(MARKS)]


@dataclass(frozen=True)
class PartProgramme:
    """A part with its running order, ready to be drawn."""

    part: Part
    slots: list[TimedSlot]
    strip: list[tuple[str, float, float]]
    strip_total: int
    ticks: list[datetime]


def programmes(parts: list[Part], slots: Mapping[int, list[Slot]]) -> list[PartProgramme]:
    """Every part of an event with its slots, given by part id."""
    return [_programme(part, timed(part, slots.get(part.pk, []))) for part in parts]


def _programme(part: Part, found: list[TimedSlot]) -> PartProgramme:
    filled = found[-1].until if found else 0
    total = max(part.minutes, filled)
    rest = [("o", filled, total)] if 0 < filled < total else []
    return PartProgramme(part, found, [*strip(found), *rest], total, ticks(part))
