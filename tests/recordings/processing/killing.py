"""Ends a worker at a chosen step, as a machine that loses its power does."""

import os
import signal
from collections import Counter

from django.db import connections

from events.backstage import jobs
from events.kernel import clock
from recordings.processing import encoding


def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def at_call(owner, name, number):
    """Die when a function is called for the so-many-th time."""
    calls, before = Counter(), getattr(owner, name)

    def counted(*args, **kwargs):
        calls[name] += 1
        return die() if calls[name] == number else before(*args, **kwargs)

    setattr(owner, name, counted)


def while_encoding(number):
    """Die while the transcoder runs for the so-many-th time."""
    calls, before = Counter(), encoding.encode

    def counted(call, *, beat, **values):
        calls["encode"] += 1
        before(call, beat=die if calls["encode"] == number else beat, **values)

    encoding.encode = counted


def in_worker(prepare):
    """Run all jobs in a process of its own; the number of the signal that ended it."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            prepare()
            jobs.run_due(at=clock.now(), long=True)
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(pid, 0)[1])
