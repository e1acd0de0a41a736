"""A running installation seen from outside: its database, its people, a second web server."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg

from config import env
from config.embedded import processes
from tests.stack import Stack, free_port, until

ROOT = env.ROOT


def database(stack: Stack) -> str:
    """Address of the installation's database."""
    return f"postgresql://postgres@/kolega?host={stack.sockets}/postgresql"


def ask(stack: Stack, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of a query; a statement without rows gives none."""
    with psycopg.connect(database(stack), autocommit=True) as connection:
        found = connection.execute(sql, values)
        return found.fetchall() if found.description else []


def inside(stack: Stack, name: str, **values: object) -> Any:
    """Run a function of `tests.proofs.inside` in the installation."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs.inside", name, json.dumps(values)],
        cwd=ROOT,
        env={**stack.environment, "KOLEGA_BELL": "no"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


class SecondWeb:
    """A web server with guards taken away, beside the installation's own and on its database."""

    def __init__(self, stack: Stack, without: str, processes: int) -> None:
        self.stack, self.without, self.port = stack, without, free_port()
        self.processes = processes
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = "--interface wsgi --blocking-threads 8 --backlog 1024 --no-ws"
        command = [sys.executable, "-m", "granian", *options.split(), "--log-level", "warning"]
        self.process = processes.start(
            [
                *command,
                "--workers",
                str(self.processes),
                "--host",
                "127.0.0.1",
                "--port",
                str(self.port),
                "config.wsgi:application",
            ],
            env={
                **self.stack.environment,
                "DJANGO_SETTINGS_MODULE": "tests.proofs.unguarded",
                "PROOF_WITHOUT": self.without,
                "DATABASE_POOL": "10",
            },
            log=self.stack.data / "logs" / "second-web.log",
            cwd=ROOT,
        )
        here = Stack(self.stack.data, self.port)
        until(here.good, within=60)

    def kill(self) -> None:
        """End it as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def kill_and_restart(self) -> None:
        """End it and start it again."""
        self.kill()
        self.start()


@contextlib.contextmanager
def second_web(stack: Stack, without: str, processes: int = 2) -> Iterator[SecondWeb]:
    """A second web server that is surely gone afterwards."""
    made = SecondWeb(stack, without, processes)
    try:
        made.start()
        yield made
    finally:
        if made.process and made.process.poll() is None:
            made.kill()
