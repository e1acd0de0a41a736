"""Xandikos, a calendar server on Git; nobody here wrote it. It knows no passwords without TLS."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.contracts import caldav, servers


@contextmanager
def server(program: str = servers.beside("xandikos")):
    """Xandikos with one person, in a folder that goes with it."""
    port = servers.free_port()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        command = [
            str(program), "serve", "--defaults", "-d", str(folder / "store"),
            "--listen-address", "127.0.0.1", "--port", str(port), "--state-dir", str(folder / "state"),
        ]  # fmt: skip
        with servers.process(command, port=port, log=folder / "log", cwd=folder) as url:
            yield url


@contextmanager
def peer(running: str):
    """An empty calendar of the running server."""
    with caldav.fresh(running, "/user/calendars/") as made:
        yield made
