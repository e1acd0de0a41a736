"""How far loading has come, for the line on every page. Kept in the cache: losing it costs nothing."""

from django.conf import settings
from django.core.cache import cache

KEY = "demo-loading"
FORGOTTEN_AFTER = 120  # seconds without news: whoever loaded is gone


def note(share: float) -> None:
    """Say how much is done, from 0 to 1."""
    cache.set(KEY, int(share * 100), FORGOTTEN_AFTER)


def done() -> None:
    """Say that nothing is being loaded any more."""
    cache.delete(KEY)


def percent() -> int | None:
    """Whole percent loaded, or None when nothing is being loaded."""
    return cache.get(KEY) if settings.KOLEGA_DEMO else None
