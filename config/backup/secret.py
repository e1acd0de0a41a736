"""The keys of a backup, kept apart from it: who has both can read everything."""

import base64
import hashlib
import json
from pathlib import Path

from django.conf import settings

from config import env
from config.embedded import keys
from config.embedded.places import Trouble

LEFT_OUT = frozenset({"valkey"})  # the password of a server that holds nothing for good


def fingerprint(key: bytes) -> str:
    """A mark that tells whether a key fits, and tells nothing about it."""
    return hashlib.sha256(b"kolega data key\0" + key).hexdigest()


def file_of(archive: Path) -> Path:
    """Where the keys of this archive are kept."""
    return archive.with_name(archive.name + ".keys")


def write(archive: Path) -> None:
    """Write all keys of this installation beside the archive."""
    folder = settings.KOLEGA_DATA / "secrets"
    kept = {
        file.name: file.read_text(encoding="utf-8").strip()
        for file in sorted(folder.glob("*"))
        if file.is_file() and file.name not in LEFT_OUT
    }
    kept["data-key"] = base64.b64encode(settings.DATA_KEY).decode()
    kept["secret-key"] = settings.SECRET_KEY
    keys.write_private(file_of(archive), json.dumps(kept, indent=1) + "\n")


def read(archive: Path, *, wanted: str) -> dict[str, str]:
    """The keys beside the archive; raises Trouble when the data key does not fit the archive."""
    file = file_of(archive)
    if not file.exists():
        if fingerprint(settings.DATA_KEY) == wanted:
            return {}
        message = f"{file} is missing. Put the file of keys beside the backup."
        raise Trouble(message)
    try:
        kept = {
            str(name): str(value) for name, value in json.loads(file.read_text("utf-8")).items()
        }
        fits = fingerprint(base64.b64decode(kept["data-key"])) == wanted
    except (ValueError, KeyError, AttributeError) as problem:
        message = f"{file} is not a file of keys."
        raise Trouble(message) from problem
    given = env.text("DATA_KEY")
    if not fits or (given and given != kept["data-key"]):
        message = f"The data key does not fit this backup. Check {file} and DATA_KEY."
        raise Trouble(message)
    return kept


def put_back(kept: dict[str, str]) -> None:
    """Make the keys those of this installation."""
    folder = settings.KOLEGA_DATA / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, value in kept.items():
        if name == Path(name).name and name not in LEFT_OUT:
            keys.write_private(folder / name, value + "\n")
