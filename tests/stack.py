"""A whole installation under a data folder of its own, as `make run` starts it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from config import env
from config.embedded import orphans, places, processes


def free_port() -> int:
    """A port nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true: Callable[[], object], *, within: float = 60.0) -> float:
    """Wait for something to hold and return the seconds it took."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > within:
            raise AssertionError(f"still not so after {within} s")
        time.sleep(0.05)
    return time.monotonic() - began


class Stack:
    """One supervisor and its children."""

    def __init__(self, data: Path, port: int = 0, **more: str) -> None:
        self.data = data
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {k: v for k, v in os.environ.items() if k not in env.NAMES}
        kept.pop("KOLEGA_TEST_DATA", None)
        version = os.environ.get("EMBEDDED_POSTGRESQL", "18")
        self.environment = {
            **kept,
            "KOLEGA_DATA": str(data),
            "PORT": str(self.port),
            "KOLEGA_DEMO": "no",
            "EMBEDDED_POSTGRESQL": version,
            **more,
        }
        self.seen: dict[int, str] = {}
        self.process: subprocess.Popen[str] | None = None

    def launch(self) -> subprocess.Popen[str]:
        """Start without waiting; nobody but the stack itself may end it."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.embedded"],
            cwd=env.ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return self.process

    def start(self, *, within: float = 180.0) -> float:
        """Start and wait for the first page that asks the database; returns the seconds."""
        process = self.launch()

        def good() -> bool:
            if process.poll() is not None:
                raise AssertionError(process.communicate()[0])
            return self.good()

        return until(good, within=within)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page; 0 where nobody answers."""
        try:
            with urlopen(self.url + path, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except URLError as problem:
            if hasattr(problem, "close"):
                problem.close()
            return getattr(problem, "code", 0), ""
        except OSError:
            return 0, ""

    def good(self) -> bool:
        """Whether a page that asks the database is answered."""
        return self.get("/readyz")[0] == 200

    def pids(self) -> dict[str, int]:
        """Children by name."""
        try:
            known = json.loads((self.data / "pids.json").read_text())
        except (OSError, ValueError):
            return {}
        self.seen.update(dict(known.values()))
        return {name: pid for name, (pid, _) in known.items()}

    def manage(self, *words: str) -> str:
        """Run a management command of this installation."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=env.ROOT,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def left_behind(self) -> list[int]:
        """Processes of this installation that still run."""
        led = [pid for pid, birth in self.seen.items() if birth and processes.born(pid) == birth]
        return sorted({*orphans._strays(self.data), *led})

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Ask the supervisor to end everything; its exit status and what it said."""
        self.pids()
        self.process.send_signal(how)
        said = self.process.communicate(timeout=60)[0]
        return self.process.returncode, said

    def clean_up(self) -> None:
        """End what a failed test left."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
        for pid in self.left_behind():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            orphans.wait_and_end(self.data)

    @property
    def sockets(self) -> Path:
        """Folder of its sockets."""
        return places.socket_folder(self.data)


@contextlib.contextmanager
def stack(data: Path, **more: str) -> Iterator[Stack]:
    """A stack that is surely gone afterwards."""
    made = Stack(data, **more)
    try:
        yield made
    finally:
        made.clean_up()
