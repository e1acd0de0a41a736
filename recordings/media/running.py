"""Runs programs that read strangers' files: in a process group of their own, with limits."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop

GUARD = str(Path(__file__).with_name("guarded.py"))
MEBIBYTE = 1024**2
TICK = 0.5
KEPT = 8000  # bytes of what a program says about errors
LARGEST_ANSWER = 16 * MEBIBYTE
Hear = Callable[[bytes], None]
Beat = Callable[[], None]


class TookTooLong(DomainError):
    """A program did not end in the time it was given."""

    code = "took_too_long"
    status = 503
    sentence = gettext_noop("This took too long here. Try again when the server is less busy.")


@dataclass(frozen=True)
class Limits:
    """Wall-clock seconds; bytes of address space and of each written file."""

    seconds: float
    memory: int = 4096 * MEBIBYTE
    file: int = 64 * 1024 * MEBIBYTE
    nice: int = 15


@dataclass
class Ended:
    """How a program ended: status (128 and more: by a signal), and the last it said on errors."""

    status: int = 0
    errors: bytes = b""
    answer: bytearray = field(default_factory=bytearray)


def run(
    command: Sequence[str], *, limits: Limits, hear: Hear | None = None, beat: Beat | None = None
) -> Ended:
    """Run an argv list; `hear` gets what it prints, `beat` is called about twice a second.

    Whatever `hear` or `beat` raises ends the program, its children too. Raises TookTooLong.
    """
    ended = Ended()
    until = time.monotonic() + limits.seconds
    with _started(command, limits) as process:
        for name, block in _blocks(process, until=until, beat=beat or _nothing):
            if name == "errors":
                ended.errors = (ended.errors + block)[-KEPT:]
            elif hear is not None:
                hear(block)
            elif len(ended.answer) < LARGEST_ANSWER:
                ended.answer += block
        ended.status = process.wait(max(1.0, until - time.monotonic()))
    return ended


def _nothing() -> None:
    return


@contextmanager
def _started(command: Sequence[str], limits: Limits) -> Iterator[subprocess.Popen[bytes]]:
    given = json.dumps({"memory": limits.memory, "file": limits.file, "nice": limits.nice})
    process = subprocess.Popen(  # noqa: S603  an argv list of ours, no shell
        [sys.executable, "-I", "-S", GUARD, given, *command],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):  # it ended, and so did its group
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def _blocks(
    process: subprocess.Popen[bytes], *, until: float, beat: Beat
) -> Iterator[tuple[str, bytes]]:
    """What the program prints until it closes both of its streams."""
    next_beat = time.monotonic()
    with selectors.DefaultSelector() as waiting:
        for name, stream in (("answer", process.stdout), ("errors", process.stderr)):
            assert stream is not None  # noqa: S101  they are pipes
            waiting.register(stream, selectors.EVENT_READ, name)
        while waiting.get_map():
            for key, _ in waiting.select(TICK):
                block = os.read(key.fd, 65536)
                if not block:
                    waiting.unregister(key.fileobj)
                else:
                    yield key.data, block
            if time.monotonic() >= until:
                raise TookTooLong
            if time.monotonic() >= next_beat:
                beat()
                next_beat = time.monotonic() + TICK
