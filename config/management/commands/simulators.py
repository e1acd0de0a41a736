"""Runs the simulators of the demo."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.simulated import serving

PRODUCTION = "This is a real installation (KOLEGA_PRODUCTION=yes). It has no simulators."
NOT_WANTED = "Simulators are switched off here. Set KOLEGA_SIMULATORS=yes; the demo does by itself."


class Command(BaseCommand):
    """Microsoft, Google and BigBlueButton on loopback, for people who look at the demo."""

    help = "Run simulators of Microsoft, Google and BigBlueButton; ends with SIGTERM."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Serve, or say why not."""
        if settings.PRODUCTION:
            raise CommandError(PRODUCTION)
        if not settings.KOLEGA_SIMULATORS:
            raise CommandError(NOT_WANTED)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        try:
            serving.serve(settings.SIMULATORS_URL, settings.KOLEGA_DATA / "simulators", stop=stop)
        except OSError as problem:
            message = f"{settings.SIMULATORS_URL} cannot be used: {problem}"
            raise CommandError(message) from problem
