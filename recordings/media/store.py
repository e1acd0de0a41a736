"""Where the files of recordings lie: one folder for each revision, in the storage of the setting.

Keys are relative, with forward slashes. Nothing here decides who may read what.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

BLOCK = 256 * 1024


def storage() -> Storage:
    """The storage of recordings, by the setting."""
    return storages["recordings"]


def folder_of(recording_id: int, revision: int) -> str:
    """The folder of one revision; everything of it is removed as a unit."""
    return f"{recording_id}/{revision}"


def is_local() -> bool:
    """Whether files lie in a folder of this machine (and tools may read them in place)."""
    return isinstance(storage(), FileSystemStorage)


def put(key: str, path: Path) -> str:
    """Store a finished file under exactly this key, in the place of what was there."""
    holder = storage()
    if holder.exists(key):
        holder.delete(key)
    with path.open("rb") as content:
        return holder.save(key, File(content))


def size(key: str) -> int:
    """Bytes of a stored file; FileNotFoundError where there is none (also on S3)."""
    holder = storage()
    if not holder.exists(key):
        raise FileNotFoundError(key)
    return holder.size(key)


@contextmanager
def at_hand(key: str) -> Iterator[Path]:
    """A path that tools can read: the file itself, or a copy that is gone afterwards."""
    holder = storage()
    if isinstance(holder, FileSystemStorage):
        yield Path(holder.path(key))
        return
    with working_folder() as folder:
        copy = folder / PurePosixPath(key).name
        with holder.open(key, "rb") as content, copy.open("wb") as target:
            shutil.copyfileobj(content, target, BLOCK)
        yield copy


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder for files on their way, beside the stored ones; gone afterwards."""
    home = Path(settings.RECORDINGS_WORK)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as name:
        yield Path(name)


def remove(key: str) -> None:
    """Remove one file; one that is not there is fine."""
    storage().delete(key)


def remove_folder(prefix: str) -> None:
    """Remove a folder with everything in it; one that is not there is fine."""
    holder = storage()
    if isinstance(holder, FileSystemStorage):
        shutil.rmtree(holder.path(prefix), ignore_errors=True)
        return
    for key in list(keys_under(prefix)):
        holder.delete(key)


def keys_under(prefix: str) -> Iterator[str]:
    """The keys of all files in a folder and the folders in it."""
    holder = storage()
    try:
        folders, names = holder.listdir(prefix)
    except FileNotFoundError:
        return
    yield from (f"{prefix}/{name}" for name in sorted(names) if name)
    for folder in sorted(folders):
        yield from keys_under(f"{prefix}/{folder}")
