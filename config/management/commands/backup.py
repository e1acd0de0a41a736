"""Makes a backup."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup import commands, secret
from config.embedded import alone
from config.embedded.places import Trouble
from events.kernel import clock


class Command(BaseCommand):
    """Writes database and files into one archive, and the keys into another file."""

    help = "Write database, stored files and recordings to FILE, and the keys to FILE.keys."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name of the archive, and leave to keep recordings out of it."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--without-recordings", action="store_true", help="copy recordings by other means"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write both files and say what they hold."""
        target = options["file"].absolute()
        try:
            with alone.database(settings.KOLEGA_DATA, exclusive=False):
                made = commands.backup(
                    target=target, with_recordings=not options["without_recordings"], at=clock.now()
                )
        except (Trouble, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{target}: {made.tables} tables, {made.rows} rows, {made.files} files, "
            f"{made.recordings} files of recordings."
        )
        if made.elsewhere:
            self.stdout.write(
                f"Recordings are not in it. Copy them by themselves: {made.elsewhere}"
            )
        self.stdout.write(f"Keep {secret.file_of(target)} in another place: it opens the backup.")
