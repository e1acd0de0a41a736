"""Half-open spans of time, in UTC."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, order=True)
class Span:
    """From `start` up to, but not including, `end`; both aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse a span that ends before it starts."""
        if self.end < self.start:
            raise ValueError("a span ends after it starts")

    @property
    def length(self) -> timedelta:
        """How long the span is."""
        return self.end - self.start

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded down."""
        return int(self.length.total_seconds() // 60)

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share any instant."""
        return self.start < other.end and other.start < self.end
