"""Captions by a local program: `KOLEGA_TRANSCRIBE SOUNDFILE LANGUAGE` prints WebVTT.

Nothing leaves this machine unless that program sends it. What it wrote is marked as a machine's
until a person has looked through it.
"""

import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from recordings.captions.parsing import MOST_BYTES

PAUSE = 2.0
FACTOR, SLACK = 6, 600


class TranscribingFailed(RuntimeError):
    """The program ended with an error, took too long or wrote too much."""


def run(sound: Path, *, language: str, duration_ms: int, alive: Callable[[], bool]) -> bytes | None:
    """What the program printed; None when `alive` (asked every two seconds) said to stop.

    Raises TranscribingFailed.
    """
    until = time.monotonic() + FACTOR * duration_ms / 1000 + SLACK
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(  # noqa: S603  no shell; the operator names the program
            [settings.KOLEGA_TRANSCRIBE, str(sound), language],
            stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            if not _waited(process, until, alive):
                return None
        finally:
            process.kill()
            process.wait()
        if process.returncode or printed.tell() > MOST_BYTES:
            raise TranscribingFailed(str(process.returncode))
        printed.seek(0)
        return printed.read()


def _waited(process: "subprocess.Popen[bytes]", until: float, alive: Callable[[], bool]) -> bool:
    while True:
        try:
            process.wait(timeout=PAUSE)
        except subprocess.TimeoutExpired:
            if time.monotonic() > until:
                raise TranscribingFailed("time") from None
            if not alive():
                return False
        else:
            return True
