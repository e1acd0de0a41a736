"""Radicale, a calendar server in Python that keeps files; nobody here wrote it."""

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.contracts import caldav, servers


@contextmanager
def server(program: str = sys.executable):
    """Radicale with one user, in a folder that goes with it; `program` is the Python that has it."""
    port = servers.free_port()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "users").write_text(f"{caldav.USER}:{caldav.PASSWORD}\n")
        command = [
            str(program), "-m", "radicale", "--config", "", f"--server-hosts=127.0.0.1:{port}",
            f"--storage-filesystem-folder={folder / 'store'}", "--auth-type=htpasswd",
            f"--auth-htpasswd-filename={folder / 'users'}", "--auth-htpasswd-encryption=plain",
            "--auth-delay=0.05", "--logging-level=warning",
        ]  # fmt: skip
        with servers.process(command, port=port, log=folder / "log", cwd=folder) as url:
            yield url


@contextmanager
def peer(running: str):
    """An empty calendar of the running server."""
    with caldav.fresh(running, f"/{caldav.USER}/") as made:
        yield made
