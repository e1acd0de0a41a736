"""Shows the table of environment variables."""

from typing import Any

from django.core.management.base import BaseCommand

from config import env


class Command(BaseCommand):
    """Prints the table that stands in docs/operations.md."""

    help = "Print the table of environment variables for docs/operations.md."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print it."""
        self.stdout.write(env.as_markdown(), ending="")
