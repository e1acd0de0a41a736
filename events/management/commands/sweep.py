"""Does what is due, once or for ever."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from events.backstage import jobs, sweep
from events.kernel import clock

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Hands out facts and runs due work, timers, chores and jobs; needs PostgreSQL only."""

    help = "Do what is due: facts, work, timers, chores and jobs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --loop and the pause between rounds."""
        parser.add_argument("--loop", action="store_true", help="go on until stopped")
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between idle rounds")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Sweep once, or until SIGTERM."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while True:
            idle = self._round() == 0
            if not options["loop"] or stop.wait(options["pause"] if idle else 0):
                return

    def _round(self) -> int:
        try:
            close_old_connections()
            now = clock.now()
            return sweep.once(at=now) + jobs.run_due(at=now)
        except DatabaseError:
            log.exception("the database does not answer; trying again")
            return 0
