"""One child of the supervisor: what it runs, how it ends, how often it failed."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded import orphans, processes

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
STEADY = 20.0  # seconds alive after which earlier failures are forgotten


def _nothing() -> None:
    return


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Spec:
    """What a child runs, how it ends, and when it is ready."""

    name: str
    command: tuple[str, ...]
    farewell: signal.Signals = signal.SIGTERM
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = _nothing
    ready: Callable[[], bool] = _always
    once: bool = False
    patience: float = 15.0


class Child:
    """One child: its process, and how often it failed lately."""

    def __init__(self, spec: Spec, data: Path, *, to_files: bool) -> None:
        """Remember what to run; nothing starts yet."""
        self.spec = spec
        self.data = data
        self.log = data / "logs" / f"{spec.name}.log" if to_files else None
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self.started = self.due = 0.0

    def start(self) -> None:
        """Start the process."""
        self.spec.before()
        environment = {**os.environ, orphans.MARK: str(self.data), **self.spec.environment}
        self.process = processes.start(
            self.spec.command, farewell=self.spec.farewell, env=environment, log=self.log
        )
        self.started = time.monotonic()

    def died(self) -> bool:
        """Whether the process has just ended; whatever it left behind is ended too."""
        if self.process is None or self.process.poll() is None:
            return False
        processes.kill_session(self.process.pid)
        self.failures = 0 if time.monotonic() - self.started > STEADY else self.failures + 1
        pause = min(FIRST_PAUSE * 2 ** max(self.failures - 1, 0), LONGEST_PAUSE)
        self.due = time.monotonic() + pause
        self.process = None
        return True

    def stop(self) -> None:
        """End the process and its session."""
        if self.process is not None:
            processes.stop(self.process, self.spec.farewell, within=self.spec.patience)
            self.process = None
