"""Facts about visits."""

from dataclasses import dataclass


@dataclass(frozen=True)
class VisitorsChanged:
    """Which schools come to an event, or how many people of theirs, changed."""

    event_id: int
