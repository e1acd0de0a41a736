"""Wakes the sweep through Celery; when the broker is away nothing is lost, only slower."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

PAUSE = 30.0
_state = threading.local()


def ring() -> None:
    """Ask a worker to sweep now; after a broker failure stay silent for half a minute."""
    if not settings.KOLEGA_BELL or time.monotonic() < getattr(_state, "silent_until", 0.0):
        return
    try:
        current_app.send_task("events.backstage.tasks.sweep_now")
    except OperationalError:
        _state.silent_until = time.monotonic() + PAUSE


@contextmanager
def hushed() -> Iterator[None]:
    """Within it nothing rings in this thread: for whoever does the work that falls due themselves."""
    before = getattr(_state, "silent_until", 0.0)
    _state.silent_until = float("inf")
    try:
        yield
    finally:
        _state.silent_until = before
