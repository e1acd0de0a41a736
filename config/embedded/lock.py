"""One process at a time looks after a data folder."""

import fcntl
import os
from pathlib import Path
from typing import IO

from config.embedded.places import Trouble


class Taken(Trouble):
    """Another process looks after this data folder."""


def take(data: Path) -> IO[str]:
    """Hold the folder until the file is closed; raises Taken while another process holds it."""
    lock = (data / "lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        message = f"Kolega already runs on {data} (process {holder})."
        raise Taken(message) from problem
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock
