"""Prints the code that opens the first-run pages from another machine."""

from typing import Any

from django.core.management.base import BaseCommand

from events.networks.setup import door


class Command(BaseCommand):
    """The code is made at first use and kept in KOLEGA_DATA/secrets."""

    help = "Print the code that opens the first-run pages from another machine."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Print it."""
        self.stdout.write(door.setup_code())
