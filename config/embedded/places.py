"""Where the embedded servers keep their files, and where their programs are."""

import hashlib
import importlib.util
import os
import stat
from pathlib import Path


class Trouble(RuntimeError):
    """The embedded servers cannot run here; the text says what to do."""


def socket_folder(data: Path) -> Path:
    """Short private folder for the sockets of this data folder.

    A socket path holds about 107 bytes, and every shell must find the same one: hence not
    inside the data folder, and not where the environment says.
    """
    name = hashlib.sha256(os.fsencode(data.absolute())).hexdigest()[:12]
    return Path(f"/tmp/kolega-{os.getuid()}-{name}")  # noqa: S108 - owner and mode are checked


def make_socket_folder(data: Path) -> Path:
    """Create the socket folder with mode 0700; refuse one that belongs to somebody else."""
    folder = socket_folder(data)
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        message = f"{folder} belongs to another user. Remove it, or set KOLEGA_DATA."
        raise Trouble(message)
    folder.chmod(0o700)
    return folder


def wheel_folder(package: str) -> Path:
    """Folder of an installed package, found without running its code."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        message = (
            f"The package {package} is missing, so there is no embedded server. "
            "Set DATABASE_URL and REDIS_URL to servers of your own."
        )
        raise Trouble(message)
    return Path(next(iter(spec.submodule_search_locations)))
