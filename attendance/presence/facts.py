"""Facts about presence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PresenceSettled:
    """Everybody's presence at an event was judged; a later version replaces an earlier one."""

    event_id: int
    version: int
