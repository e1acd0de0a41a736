"""Ids and instants as Zoom writes them."""

from datetime import UTC, datetime


def text(value: object) -> str:
    """An id as text: Zoom gives the same one as a string here and as a number there."""
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, str | int) else ""


def instant(value: object) -> datetime | None:
    """An instant in UTC; None for a text that is none."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None
