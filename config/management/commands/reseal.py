"""Brings everything that is encrypted under a new DATA_KEY."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from config.wiring import SEALED


class Command(BaseCommand):
    """Seals all stored secrets anew with DATA_KEY; may run again and while pages are served."""

    help = "Seal identifiers and credentials anew with DATA_KEY; DATA_KEY_OLD opens them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Walk all tables that hold sealed values and say what was done."""
        unreadable = 0
        for name, path in SEALED.items():
            tally = import_string(path)()
            unreadable += tally.unreadable
            self.stdout.write(
                f"{name}: {tally.renewed} sealed anew, {tally.unreadable} cannot be opened."
            )
        if unreadable:
            message = "Some values open with neither key. Set DATA_KEY_OLD to the key they had."
            raise CommandError(message)
        if settings.DATA_KEY_OLD:
            self.stdout.write("Remove DATA_KEY_OLD after the next backup, and restart.")
