"""The database of a backup, through PostgreSQL's own programs."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from config import env
from config.embedded import postgres, servers
from config.embedded.places import Trouble

OLD = "before_restore"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


class NotEmpty(Trouble):
    """The database already holds something."""


def url() -> str:
    """Address of our database."""
    return env.text("DATABASE_URL") or servers.postgres_of(env.data_folder()).url()


@contextmanager
def _connected() -> Iterator[psycopg.Connection]:
    try:
        with psycopg.connect(url(), autocommit=True, connect_timeout=10) as connection:
            yield connection
    except psycopg.OperationalError as problem:
        message = "The database does not answer. Check DATABASE_URL."
        raise Trouble(message) from problem


def version() -> int:
    """Major version of the server."""
    with _connected() as connection:
        return connection.info.server_version // 10000


def dump(target: Path) -> dict[str, int]:
    """Write a dump and return the rows of each table at exactly the same instant."""
    with _connected() as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        shared = connection.execute("SELECT pg_export_snapshot()").fetchone()
        rows = _rows(connection)
        snapshot = str(shared[0]) if shared else ""
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
        connection.execute("COMMIT")
    return rows


def rows() -> dict[str, int]:
    """Rows of each table."""
    with _connected() as connection:
        return _rows(connection)


def _rows(connection: psycopg.Connection) -> dict[str, int]:
    names = [str(name) for (name,) in connection.execute(TABLES)]
    count = sql.SQL("SELECT count(*) FROM public.{}")
    counted = {n: connection.execute(count.format(sql.Identifier(n))).fetchone() for n in names}
    return {name: int(found[0]) if found else 0 for name, found in counted.items()}


def others() -> int:
    """How many other connections this database has."""
    with _connected() as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    return int(found[0]) if found else 0


def restore(source: Path, *, replace: bool) -> None:
    """Load a dump; what was there stays untouched until the dump is in, and then goes."""
    with _connected() as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {OLD} CASCADE")
        if _rows(connection) and not replace:
            message = "The database is not empty. Add --replace to put the backup in its place."
            raise NotEmpty(message)
        connection.execute(f"ALTER SCHEMA public RENAME TO {OLD}")
        try:
            connection.execute("CREATE SCHEMA public")
            _run("pg_restore", "--no-owner", "--exit-on-error", str(source))
        except BaseException:
            connection.execute("DROP SCHEMA IF EXISTS public CASCADE")
            connection.execute(f"ALTER SCHEMA {OLD} RENAME TO public")
            raise
        connection.execute(f"DROP SCHEMA {OLD} CASCADE")


def _program(name: str) -> str:
    """Our server's own program; for a server elsewhere one that is at least as new."""
    if not env.text("DATABASE_URL"):
        return str(postgres.programs() / name)
    found = shutil.which(name)
    if found:
        said = subprocess.run(  # noqa: S603 - a program of PostgreSQL
            [found, "--version"], capture_output=True, text=True, check=False
        ).stdout
        number = re.search(r"\d+", said)
        if number and int(number[0]) >= version():
            return found
    return str(postgres.newest_programs() / name)


def _run(name: str, *words: str) -> None:
    parts = {key: str(value) for key, value in conninfo_to_dict(url()).items()}
    password = parts.pop("password", "")  # a command line can be read by everybody
    target = make_conninfo("", **parts)
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, no shell
        [_program(name), f"--dbname={target}", *words],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **({"PGPASSWORD": password} if password else {})},
    )
    if done.returncode:
        message = f"{name} failed: {done.stderr.strip()[-500:]}"
        raise Trouble(message)
