"""Starts one installation and keeps it running: `python -m config.embedded`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config import env
from config.embedded import greeting, lock, logs, orphans, places, servers, stack
from config.embedded.children import Spec
from config.embedded.places import Trouble
from config.embedded.supervisor import Supervisor

REFUSED = 2


def say(line: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _make_folders(data: Path) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("logs", "files", "static", "secrets"):
            (data / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        message = f"{data} cannot be used ({problem.strerror}). Set KOLEGA_DATA to another folder."
        raise Trouble(message) from problem


def _prepare(supervisor: Supervisor) -> None:
    log = supervisor.data / "logs" / "prepare.log"
    log.unlink(missing_ok=True)
    if supervisor.run_once(Spec("prepare", (*stack.MANAGE, "prepare")), log=log):
        message = f"The database or the static files could not be prepared. {logs.tail(log)}"
        raise Trouble(message)


def _bring_up(supervisor: Supervisor, engines: list[Spec]) -> None:
    data = supervisor.data
    supervisor.start(*engines)
    if not env.text("DATABASE_URL") and not supervisor.stopping:
        servers.postgres_of(data).create_database()
    if not supervisor.stopping:
        _prepare(supervisor)
    if not supervisor.stopping:
        supervisor.start(*stack.programs(data))
        supervisor.start(*stack.demo())
    if not supervisor.stopping:
        for line in greeting.lines(env.base_url()):
            say(line)


def _serve(data: Path) -> None:
    supervisor = Supervisor(data, to_files=env.text("LOG_TO", "files") == "files", say=say)
    supervisor.catch_signals()
    orphans.wait_and_end(data)
    stack.check_port()
    engines: list[Spec] = []
    try:
        places.make_socket_folder(data)
        engines = stack.engines(data)
        _bring_up(supervisor, engines)
        supervisor.run()
        say("Stopping.")
    finally:
        supervisor.stop(servers=len(engines))
        shutil.rmtree(places.socket_folder(data), ignore_errors=True)


def main() -> int:
    """Serve until stopped; 0 after a wanted stop, 2 with one clear line when it cannot start."""
    try:
        data = env.data_folder()
        os.chdir(env.ROOT)
        os.environ["KOLEGA_DATA"] = str(data)
        os.umask(0o077)
        _make_folders(data)
        with lock.take(data):
            _serve(data)
    except (Trouble, env.BadVariable, subprocess.SubprocessError) as problem:
        sys.stderr.write(f"{problem}\n")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
