"""Tries a real provider with credentials from the environment, and reports."""

import signal
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import translation

from config import livevariables
from events.kernel import clock
from events.kernel.actors import system
from integrations.accounts import liveruns
from integrations.live import report, running
from integrations.live.scrubbing import Scrub
from integrations.live.steps import OK, REFUSED, SKIPPED, WRONG, Log

NOT_WENT, NOT_STARTED, BROKEN_OFF = 1, 2, 130
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Command(BaseCommand):
    """One run: Markdown to stdout, steps to stderr while it goes on.

    Ends with 0 when every step went, 1 when one did not, 2 when it could not begin, 130 when it was
    broken off. It needs no database unless it records.
    """

    help = (
        "Try a provider with credentials from the environment; docs/providers names the variables."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the provider, the file, and what to do."""
        parser.add_argument("provider", choices=running.PROVIDERS)
        parser.add_argument("--report", default="", help="File that the report is written to.")
        parser.add_argument("--clean", action="store_true", help="Remove what earlier runs left.")
        parser.add_argument("--record", action="store_true", help="Record the run in the database.")

    def handle(self, *_args: Any, provider: str, **options: Any) -> None:
        """Run or clean, then say how it went."""
        try:
            wanted = livevariables.wanted(provider)
        except livevariables.NotGiven as missing:
            raise CommandError(str(missing), returncode=NOT_STARTED) from missing
        if options["record"] and (wanted.simulated or options["clean"]):
            message = "Only a run against the provider itself can be recorded."
            raise CommandError(message, returncode=NOT_STARTED)
        log = Log(provider, Scrub(wanted.values()), self._hear)
        began = clock.now()
        with translation.override("en"):
            broken = self._go(wanted, log, clean=options["clean"])
            text = report.markdown(
                log, at=began, ended_at=clock.now(), simulated=wanted.simulated
            )  # fmt: skip
        self._hand_over(text, options["report"])
        if options["record"] and not broken:
            self._record(log)
        if broken or log.count(REFUSED) or log.count(WRONG):
            raise CommandError(report.outcome(log), returncode=BROKEN_OFF if broken else NOT_WENT)

    def _hear(self, step: Any) -> None:
        self.stderr.write(running.line(step), self.style.NOTICE if step.outcome == OK else None)

    def _go(self, wanted: running.Wanted, log: Log, *, clean: bool) -> bool:
        """Whether somebody broke the run off."""
        deed = running.clean if clean else running.run
        before = {number: signal.signal(number, _break_off) for number in SIGNALS}
        try:
            deed(wanted, log, at=clock.now())
        except KeyboardInterrupt:
            log.broke_off()
            return True
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        return False

    def _hand_over(self, text: str, path: str) -> None:
        self.stdout.write(text)
        if not path:
            return
        try:
            Path(path).expanduser().write_text(text, encoding="utf-8")
        except OSError as failed:
            message = f"The report cannot be written to {path}: {failed.strerror}."
            raise CommandError(message) from failed

    def _record(self, log: Log) -> None:
        refused = log.count(REFUSED) + log.count(WRONG)
        tally = liveruns.Tally(log.count(OK), refused, log.count(SKIPPED))
        try:
            liveruns.record(log.provider, tally, by=system("live"), at=clock.now())
        except DatabaseError as away:
            message = "The run is not recorded: the database of this installation does not answer."
            raise CommandError(message) from away


def _break_off(_number: int, _frame: FrameType | None) -> None:
    """Once: what was made is taken away in peace."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
