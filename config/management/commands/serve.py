"""Starts everything."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Gives way to the supervisor, which needs no Django."""

    help = "Start web server, worker, beat, sweep and, where none are named, PostgreSQL and Valkey."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Become the supervisor."""
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, [sys.executable, "-m", "config.embedded"])  # noqa: S606 - ourselves
