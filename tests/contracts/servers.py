"""Somebody else's servers as processes on loopback that end with us, however we end."""

import ctypes
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30  # seconds
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def beside(name: str) -> str:
    """A program of our development environment."""
    return str(Path(sys.executable).with_name(name))


def _with_us() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


@contextmanager
def process(command: list[str], *, port: int, log: Path, **more):
    """A server that listens before the block begins and is gone after it."""
    with log.open("wb") as out:
        running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            preexec_fn=_with_us, **more,  # noqa: PLW1509  one call of prctl, which takes no locks
        )  # fmt: skip
    try:
        _wait(running, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def _wait(running, port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if running.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    message = f"{running.args[0]} does not answer: {log.read_text(errors='replace')[-2000:]}"
    raise RuntimeError(message)
