"""Where the embedded servers keep their files, and where their programs are."""

import hashlib
import importlib.util
import os
import stat
import tempfile
from pathlib import Path

LONGEST_BASE = 50


class Trouble(RuntimeError):
    """The embedded servers cannot run here; the text says what to do."""


def socket_folder(data: Path) -> Path:
    """Short private folder for sockets of this data folder (a socket path holds about 107 bytes)."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    base = (
        Path(runtime)
        if runtime and len(runtime) <= LONGEST_BASE and Path(runtime).is_dir()
        else _temporary()
    )
    name = hashlib.sha256(os.fsencode(data.absolute())).hexdigest()[:12]
    return base / f"kolega-{os.getuid()}-{name}"


def _temporary() -> Path:
    folder = tempfile.gettempdir()
    return Path(folder if len(folder) <= LONGEST_BASE else "/tmp")  # noqa: S108 - made private below


def make_socket_folder(data: Path) -> Path:
    """Create the socket folder with mode 0700; refuse one that belongs to somebody else."""
    folder = socket_folder(data)
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        message = f"{folder} belongs to another user. Remove it, or set XDG_RUNTIME_DIR."
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
