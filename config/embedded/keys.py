"""Secrets made once for an installation that was given none."""

import base64
import os
import secrets
from pathlib import Path

from config.embedded.places import Trouble


def write_private(file: Path, content: str) -> None:
    """Write a file only its owner can read, whole or not at all."""
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)


def kept(data: Path, name: str, size: int = 48) -> str:
    """The secret `name` of this data folder: `size` random bytes as base64, made at first use."""
    folder = data / "secrets"
    file = folder / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if not file.exists():
            write_once(file, base64.b64encode(secrets.token_bytes(size)).decode())
        return file.read_text(encoding="utf-8").strip()
    except OSError as problem:
        message = (
            f"{folder} cannot be used ({problem.strerror}). Set KOLEGA_DATA to another folder."
        )
        raise Trouble(message) from problem


def write_once(file: Path, content: str) -> None:
    """Write a private file that is not there yet; of two processes at once, one wins."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.draft")
    write_private(draft, content + "\n")
    try:
        os.link(draft, file)  # the other one reads the same
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
