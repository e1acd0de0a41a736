"""Children of a supervisor that was killed: waited for, then ended."""

import json
import os
import signal
import time
from pathlib import Path

from config.embedded import keys, processes

PATIENCE = 15.0
MARK = "KOLEGA_STACK"


def note(file: Path, pids: dict[str, int]) -> None:
    """Keep who our children are, for the next start."""
    known = {name: [pid, processes.born(pid)] for name, pid in pids.items()}
    keys.write_private(file, json.dumps(known))


def _left(file: Path) -> list[int]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [pid for pid, birth in known.values() if birth and processes.born(pid) == birth]


def _strays(data: Path) -> list[int]:
    """Processes that carry our mark and were left by a supervisor that is gone (Linux)."""
    mark = os.fsencode(f"{MARK}={data}")
    return [
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if int(folder.name) != os.getpid() and mark in _environment(folder)
    ]


def _environment(folder: Path) -> list[bytes]:
    try:
        return (folder / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def wait_and_end(data: Path) -> None:
    """Wait until the children of the last supervisor are gone; end what stays."""
    file = data / "pids.json"
    end = time.monotonic() + PATIENCE
    while _left(file) and time.monotonic() < end:
        time.sleep(0.1)
    for pid in _left(file):
        processes.kill_session(pid)
    for pid in _strays(data):
        os.kill(pid, signal.SIGKILL)
    processes.wait_until(lambda: not _left(file) and not _strays(data), within=5, step=0.05)
    file.unlink(missing_ok=True)
