"""The embedded database for a single command, whether the installation runs or not."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from config import env
from config.embedded import lock, orphans, places, postgres, processes, servers
from config.embedded.places import Trouble

SECONDS = 60.0


@contextmanager
def database(data: Path, *, exclusive: bool) -> Iterator[None]:
    """Have the database answer inside; start the embedded one where nobody did.

    `exclusive` raises lock.Taken when the installation is running.
    """
    with ExitStack() as ending:
        if not env.text("DATABASE_URL"):
            _have_embedded(data, ending, exclusive=exclusive)
        yield


def _have_embedded(data: Path, ending: ExitStack, *, exclusive: bool) -> None:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        ending.enter_context(lock.take(data))
    except lock.Taken:
        if exclusive:
            raise
        return
    orphans.wait_and_end(data)
    ending.callback(shutil.rmtree, places.make_socket_folder(data), ignore_errors=True)
    cluster = servers.postgres_of(data)
    cluster.create()
    cluster.make_ready_to_start()
    (data / "logs").mkdir(exist_ok=True)
    log = data / "logs" / "postgresql.log"
    child = processes.start(cluster.command(), farewell=postgres.FAREWELL, log=log)
    ending.callback(processes.stop, child, postgres.FAREWELL, within=SECONDS)
    if not processes.wait_until(cluster.ready, within=SECONDS):
        message = f"The embedded PostgreSQL did not start. Its log is {log}."
        raise Trouble(message)
    cluster.create_database()
