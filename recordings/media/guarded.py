"""Runs one program under limits and ends it as soon as whoever asked for it is gone.

Run as a script with plain Python: `guarded.py '{"memory": bytes, "file": bytes, "nice": 15}' PROGRAM …`.
Its standard input is a pipe that the asker holds open; when the asker dies, however it dies, the
pipe ends and everything in this process group is killed. That works on every Unix; on Linux the
kernel also ends the program when this guard itself is killed.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping

PR_SET_PDEATHSIG = 1


def _limit(what: int, most: int) -> None:
    try:
        resource.setrlimit(what, (most, most))
    except (ValueError, OSError):  # macOS refuses some; time and disk are watched from outside too
        return


def _prepare(limits: Mapping[str, int]) -> Callable[[], None]:
    def prepare() -> None:
        if sys.platform.startswith("linux"):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        os.nice(limits["nice"])
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_AS, limits["memory"])
        _limit(resource.RLIMIT_FSIZE, limits["file"])

    return prepare


def _end_with_asker() -> None:
    while os.read(0, 1):
        pass
    os.killpg(0, signal.SIGKILL)


def main() -> int:
    """Run the program to its end; its status, or 128 and the number of the signal that ended it."""
    program = subprocess.Popen(  # noqa: S603  an argv list of ours, no shell
        sys.argv[2:],
        stdin=subprocess.DEVNULL,
        preexec_fn=_prepare(json.loads(sys.argv[1])),  # noqa: PLW1509  no threads yet
    )
    threading.Thread(target=_end_with_asker, daemon=True).start()
    status = program.wait()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    # At once: a thread is still reading, and Python would wait for the lock of its stream.
    os._exit(main())
