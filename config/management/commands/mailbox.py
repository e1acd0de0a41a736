"""Runs the embedded mailbox."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand

from config.mailbox import server


class Command(BaseCommand):
    """Takes mails by SMTP on a unix socket and keeps them as files."""

    help = "Take mails on the unix socket of this installation; ends with SIGTERM."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Serve."""
        asyncio.run(server.serve())
