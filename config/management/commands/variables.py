"""Shows the table of environment variables."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config import env

PAGE = env.ROOT / "docs" / "operations.md"
BEGIN, END = "<!-- variables -->\n", "<!-- /variables -->"


class Command(BaseCommand):
    """Prints the table that stands in docs/operations.md."""

    help = "Print the table of environment variables for docs/operations.md."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --write."""
        parser.add_argument("--write", action="store_true", help="put it into the page")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print it, or put it into the page."""
        if options["write"]:
            before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
            page = before + BEGIN + env.as_markdown() + END + rest.partition(END)[2]
            PAGE.write_text(page, encoding="utf-8")
            return
        self.stdout.write(env.as_markdown(), ending="")
