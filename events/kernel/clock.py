"""The only place that reads the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_standing: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _standing.get() or datetime.now(UTC)  # noqa: TID251  the one place that may


@contextmanager
def standing(at: datetime) -> Iterator[None]:
    """Within it, in this thread, it is `at`; for the demo network, which tells what happened."""
    token = _standing.set(at)
    try:
        yield
    finally:
        _standing.reset(token)
