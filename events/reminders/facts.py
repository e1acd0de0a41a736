"""Facts about reminders."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReminderDue:
    """The time has come to remind people of a part; `offset` is a code of `rules.OFFSETS`."""

    part_id: int
    offset: str
