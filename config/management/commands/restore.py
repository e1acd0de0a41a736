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
        """Take the archive, and leave to replace what is there."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace what is there now")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore and say what was put back."""
        source = options["file"].absolute()
        try:
            with alone.database(settings.KOLEGA_DATA, exclusive=True):
                back = commands.restore(source=source, replace=options["replace"])
        except (Trouble, archive.Damaged, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Restored {back.tables} tables, {back.rows} rows, {back.files} files.")
