"""A long step of a job keeps its lease, says how far it is, and hears when it must stop.

A step that runs another program for minutes calls `Hold.beat` while it waits. It raises Stopped
when somebody asked to stop, when another worker has taken the job over, or when this process is
told to end; whoever catches it ends the program, leaves nothing behind and returns False.
"""

import logging
import threading
import time
from datetime import timedelta
from typing import ClassVar

from django.db import Error, close_old_connections

from events.backstage.models import Job
from events.kernel import clock

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
ending = threading.Event()  # set when this process is told to end
EVERY = 2.0  # seconds between two looks at the row


class Stopped(Exception):
    """The step must end now; what is finished is kept."""


class Hopeless(Exception):
    """Raised by a step when trying again cannot help: the job fails at once.

    The name of the class is kept as `last_error`.
    """

    hopeless: ClassVar[bool] = True


class Hold:
    """The lease of one job, for as long as one step works on it."""

    def __init__(self, job: Job) -> None:
        """Begin with the lease the step was called with."""
        self.job = job
        self._sure_until = time.monotonic() + LEASE.total_seconds()
        self._next = 0.0

    def beat(self, done: int | None = None) -> None:
        """Renew the lease every two seconds, with how far the job is; raises Stopped.

        A database that does not answer is waited for as long as the lease is surely ours.
        """
        if ending.is_set() or time.monotonic() >= self._sure_until:
            raise Stopped
        if time.monotonic() >= self._next:
            self.say(done)

    def say(self, done: int | None) -> None:
        """The same at once."""
        self._next = time.monotonic() + EVERY
        self._renew(done)

    def check(self) -> None:
        """Inside a transaction: the job is still ours, and stays so to its end; else Stopped.

        Somebody who asked to stop is heard by `beat`: what is finished is kept.
        """
        mine = Job.objects.select_for_update().filter(lease_token=self.job.lease_token)
        if mine.filter(pk=self.job.pk).first() is None:
            raise Stopped

    def _renew(self, done: int | None) -> None:
        news: dict[str, object] = {"lease_until": clock.now() + LEASE}
        if done is not None:
            news["done"] = done
        mine = Job.objects.filter(pk=self.job.pk, lease_token=self.job.lease_token)
        try:
            held = mine.filter(cancel_asked=False).update(**news)
        except Error:
            log.warning("job %s: the database does not answer; going on", self.job.pk)
            close_old_connections()
            return
        if not held:
            raise Stopped
        self._sure_until = time.monotonic() + LEASE.total_seconds()
