"""Does what is due, once or for ever."""

import logging
import signal
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from events.backstage import holding, jobs, sweep
from events.kernel import clock

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Hands out facts and runs due work, timers, chores and jobs; needs PostgreSQL only."""

    help = "Do what is due: facts, work, timers, chores and jobs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --loop and the pause between rounds."""
        parser.add_argument("--loop", action="store_true", help="go on until stopped")
        parser.add_argument("--long", action="store_true", help="only jobs that run for minutes")
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between idle rounds")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Sweep once, or until SIGTERM."""
        stop = holding.ending
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        round_ = self._long_jobs if options["long"] else self._everything
        while True:
            idle = self._tried(lambda: round_(looping=options["loop"])) == 0
            if not options["loop"] or stop.wait(options["pause"] if idle else 0):
                return

    def _everything(self, *, looping: bool) -> int:
        """One round; where it goes on for ever, long jobs have a worker of their own."""
        now = clock.now()
        return sweep.once(at=now) + jobs.run_due(at=now, long=False if looping else None)

    def _long_jobs(self, *, looping: bool) -> int:  # noqa: ARG002  the same shape as above
        return jobs.run_due(at=clock.now(), long=True)

    def _tried(self, work: Callable[[], int]) -> int:
        try:
            close_old_connections()
            return work()
        except DatabaseError:
            log.exception("the database does not answer; trying again")
            return 0
