"""The running order of a part as people read it: with times, and as a strip."""

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
