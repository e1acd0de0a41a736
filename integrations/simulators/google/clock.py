"""A clock that stands until it is moved."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 10, 1, 8, tzinfo=UTC)


class Clock:
    """Tells the instant it was set to."""

    def __init__(self, at: datetime = START) -> None:
        """Stand at an instant."""
        self.at = at

    def __call__(self) -> datetime:
        """The instant it stands at."""
        return self.at

    def move(self, by: timedelta) -> None:
        """Go on by a span."""
        self.at += by
