"""How far loading has come, for the line on every page. Kept in the cache: losing it costs nothing."""

from django.conf import settings
from django.core.cache import cache

from events.people import queries as people

KEY, BEGUN = "demo-loading", "demo-begun"
FORGOTTEN_AFTER = 120  # seconds without news: whoever loaded is gone


def note(share: float) -> None:
    """Say how much is done, from 0 to 1."""
    if not share:
        _begin()
    cache.set(KEY, int(share * 100), FORGOTTEN_AFTER)


def done() -> None:
    """Say that nothing is being loaded any more."""
    cache.delete(KEY)
    _begin()


def _begin() -> None:
    cache.set(BEGUN, 1, None)


def percent() -> int | None:
    """Whole percent loaded, or None when nothing is being loaded.

    It is 0 from the first page on while the demo is wanted, nobody is there and nothing has begun.
    """
    if not settings.KOLEGA_DEMO:
        return None
    known = cache.get_many([KEY, BEGUN])
    if KEY in known:
        return int(known[KEY])
    if BEGUN in known:
        return None
    if not people.anybody():
        return 0
    _begin()
    return None
