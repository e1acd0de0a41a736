"""The address of the simulators of a demo: a port on loopback that stays the same."""

import os
import socket
from pathlib import Path

from config.embedded import keys
from config.embedded.places import Trouble

HOST = "127.0.0.1"
# Below the range from which systems lend ports to clients, so that it is free after a restart, too.
FIRST, MOST = 20_000, 200


def kept_port(data: Path) -> int:
    """The port of this data folder's simulators: free when it was chosen, then kept.

    Links to simulated meetings are stored with it. Raises Trouble where the folder cannot be used.
    """
    folder = data / "simulators"
    file = folder / "port"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            keys.write_once(file, str(_free()))
        return int(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        message = f"{file} cannot be used ({problem}). Remove it, or set KOLEGA_DATA."
        raise Trouble(message) from problem


def _free() -> int:
    """The first free port; data folders of one machine begin at different places."""
    start = FIRST + os.getpid() % 1000 * 10
    for port in range(start, start + MOST):
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    message = f"no port from {start} on is free"
    raise OSError(message)
