"""Puts a backup back."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup import archive, commands
from config.embedded import alone
from config.embedded.places import Trouble


class Command(BaseCommand):
    """Checks an archive, then puts it into an empty installation."""

    help = "Put the backup FILE and its FILE.keys into an empty installation."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the archive, and leave to replace what is there and to leave recordings alone."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace what is there now")
        parser.add_argument(
            "--without-recordings", action="store_true", help="leave recordings as they are"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore and say what was put back."""
        source = options["file"].absolute()
        try:
            with alone.database(settings.KOLEGA_DATA, exclusive=True):
                back = commands.restore(
                    source=source, replace=options["replace"],
                    with_recordings=not options["without_recordings"],
                )  # fmt: skip
        except (Trouble, archive.Damaged, OSError) as problem:
            raise CommandError(str(problem)) from problem
        put = 0 if options["without_recordings"] else back.recordings
        self.stdout.write(
            f"Restored {back.tables} tables, {back.rows} rows, {back.files} files, "
            f"{put} files of recordings."
        )
        if back.elsewhere:
            self.stdout.write(
                f"This backup holds no recordings. Put them back by themselves: {back.elsewhere}"
            )
