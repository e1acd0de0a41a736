"""Calls the transcoder: progress, limits of time, memory and disk, and failures told apart."""

import logging
import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from recordings.media import running
from recordings.media.running import MEBIBYTE, Ended, Limits, TookTooLong
from recordings.processing.failures import DiskFull, TooHungry, TooSlow, Unreadable

log = logging.getLogger(__name__)

THREADS = min(4, os.cpu_count() or 1)
SLOWEST = 4  # times as long as the recording plays
PATIENCE = 120.0  # seconds on top
MEMORY = 3072 * MEBIBYTE
RESERVE = 512 * MEBIBYTE
AT = re.compile(rb"out_time_us=(\d+)")
NO_ROOM = (b"No space left on device", b"File too large", b"Disk quota exceeded")
TOO_LARGE = 128 + 25  # SIGXFSZ
NO_MEMORY = (b"Cannot allocate memory", b"pthread_create() failed", b"malloc of size")
Beat = Callable[[float], None]


def encode(call: Sequence[str], *, duration_ms: int, room: int, folder: Path, beat: Beat) -> None:
    """Run the transcoder; `beat` gets the share done (0 to 1) about twice a second and may raise.

    `room` is what the result may take of the disk of `folder`, in bytes. Raises a DomainError of
    `failures`, or what `beat` raised; the transcoder has ended then.
    """
    free = shutil.disk_usage(folder).free
    if free < room + RESERVE:
        raise DiskFull
    heard = _Heard(duration_ms)
    limits = Limits(
        seconds=SLOWEST * duration_ms / 1000 + PATIENCE, memory=MEMORY, file=max(room, MEBIBYTE)
    )
    try:
        ended = running.run(
            call, limits=limits, hear=heard.hear, beat=lambda: beat(heard.share)
        )  # fmt: skip
    except TookTooLong as error:
        raise TooSlow from error
    if ended.status:
        raise _failure(ended)


class _Heard:
    """How far the transcoder says it is."""

    def __init__(self, duration_ms: int) -> None:
        self.whole = max(1, duration_ms)
        self.share = 0.0
        self._tail = b""

    def hear(self, block: bytes) -> None:
        told = AT.findall(self._tail + block)
        self._tail = (self._tail + block)[-40:]
        if told:
            self.share = min(1.0, int(told[-1]) / 1000 / self.whole)


def _failure(ended: Ended) -> Exception:
    if ended.status == TOO_LARGE or any(one in ended.errors for one in NO_ROOM):
        return DiskFull()
    if any(one in ended.errors for one in NO_MEMORY):
        return TooHungry()
    log.warning("the transcoder ended with %s: %s", ended.status, ended.errors[-600:])
    return Unreadable()
