"""Loads the demo network."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo import loading, progress
from config.demo.films import telling
from events.backstage import jobs, sweep
from events.kernel import clock

NOT_EMPTY = (
    "There are people in this database already, so nothing was loaded. "
    "Name an empty folder: KOLEGA_DATA=/tmp/kolega-demo make run"
)
PRODUCTION = "This is a real installation (KOLEGA_PRODUCTION=yes). Demo data is not loaded here."


def _catch_up() -> None:
    """Send what waits and do what today has brought since midnight; the sweep may be helping."""
    now = clock.now()
    sweep.drain(at=now)
    jobs.run_due(at=now, long=False)
    sweep.drain(at=now)


class Command(BaseCommand):
    """Invented people of nine countries, dated around the day of loading."""

    help = "Load the demo network of nine countries into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do with a database in use, and what decides the rows."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing where people are")
        parser.add_argument("--seed", default=loading.SEED, help="other seeds invent other people")
        parser.add_argument("--day", type=date.fromisoformat, help="load as on this day (UTC)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, or say why not."""
        if settings.PRODUCTION:
            raise CommandError(PRODUCTION)
        if not loading.is_empty():
            if options["if_empty"]:
                return
            raise CommandError(NOT_EMPTY)
        day = options["day"] or clock.now().date()
        try:
            progress.note(0)
            loading.open_doors(day=day)
            built = loading.load(day=day, seed=options["seed"], progress=progress.note)
            _catch_up()
            telling.begin(at=clock.now())
        finally:
            progress.done()
        self.stdout.write(
            f"Loaded {len(built.realms)} countries and {built.everybody} people of schools."
        )
