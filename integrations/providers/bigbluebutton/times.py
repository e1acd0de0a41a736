"""Instants as BigBlueButton writes them."""

from datetime import UTC, datetime


def instant(text: object) -> datetime | None:
    """An instant of an analytics report in UTC, in either of its two forms; None when it is none."""
    if not isinstance(text, str):
        return None
    for read in (_iso, _legacy):
        try:
            found = read(text.strip())
        except ValueError:
            continue
        return found.astimezone(UTC) if found.tzinfo else None
    return None


def _iso(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _legacy(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")  # 2023-08-07 14:06:17 -0300


def of_millis(text: object) -> datetime | None:
    """An instant given in milliseconds; None for 0, which stands for "not yet", and for no number."""
    try:
        millis = int(str(text))
        found = datetime.fromtimestamp(millis / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found if millis > 0 else None
