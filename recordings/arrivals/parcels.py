"""Files on their way in, in the working folder: written at an offset, by one at a time.

The offset of the table is the truth: what a crash left behind it is cut off before more is written.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop

BLOCK = 64 * 1024
LARGE_BLOCK = 64 * 1024 * 1024
SPARE = 512 * 1024 * 1024


class Busy(DomainError):
    """Another request writes to this file just now."""

    code = "upload_busy"
    status = 423
    sentence = gettext_noop("This file is being sent already. Wait a moment, then go on.")


class NoRoom(DomainError):
    """The disk is nearly full."""

    code = "no_room"
    status = 507
    sentence = gettext_noop("There is no room for this file now. Tell the administrator.")


class Torn(DomainError):
    """The piece is not what its checksum says (tus: 460)."""

    code = "checksum_mismatch"
    status = 460
    sentence = gettext_noop("A piece of the file arrived damaged. It is sent once more.")


def path_of(upload_id: UUID) -> Path:
    """Where the file lies while it comes in."""
    return Path(settings.RECORDINGS_WORK) / "uploads" / f"{upload_id}.part"


def require_room(length: int) -> None:
    """Raise NoRoom when the file would leave hardly anything free."""
    home = path_of(UUID(int=0)).parent
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    stat = os.statvfs(home)
    if stat.f_bavail * stat.f_frsize < length + SPARE:
        raise NoRoom


@contextmanager
def alone(upload_id: UUID) -> Iterator[int]:
    """The open file, held by nobody else (also not by another process); raises Busy."""
    path = path_of(upload_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield handle
    finally:
        os.close(handle)


def append(
    handle: int, read: Callable[[int], bytes], *, offset: int, most: int, digest: str = "",
    algorithm: str = "",
) -> int:  # fmt: skip
    """Write what can be read behind `offset`; returns how many bytes are safely on the disk.

    A line that breaks keeps what came. With a checksum a piece is kept whole or not at all (Torn).
    """
    os.ftruncate(handle, offset)
    os.lseek(handle, offset, os.SEEK_SET)
    summed = hashlib.new(algorithm) if algorithm else None
    written = 0
    while written < most:
        block = _read(read, min(BLOCK, most - written))
        if not block:
            break
        if summed:
            summed.update(block)
        _write(handle, block)
        written += len(block)
    if summed and summed.hexdigest() != digest:
        os.ftruncate(handle, offset)
        raise Torn
    os.fsync(handle)
    return written


def _read(read: Callable[[int], bytes], size: int) -> bytes:
    try:
        return read(size)
    except OSError:  # the line broke; Django's UnreadablePostError is one
        return b""


def _write(handle: int, block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[os.write(handle, view) :]


def sha256(path: Path, beat: Callable[[], None]) -> str:
    """The digest of a file; `beat` is called every 64 MB."""
    summed = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(LARGE_BLOCK):
            summed.update(block)
            beat()
    return summed.hexdigest()


def remove(upload_id: UUID) -> None:
    """Remove the file; one that is not there is fine."""
    path_of(upload_id).unlink(missing_ok=True)
