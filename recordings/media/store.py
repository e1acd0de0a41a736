"""Where the files of recordings lie: one folder for each revision, in the storage of the setting.

Keys are relative, with forward slashes. Nothing here decides who may read what.
"""

import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

BLOCK = 256 * 1024
COMING = ".coming"  # ends the name of a file that is not whole yet
LOCK = ".lock"
TICK = 0.5
Beat = Callable[[], None]
WORKING = "working-"  # begins the name of a folder for files on their way


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
    """Store a finished file under exactly this key, in the place of what was there.

    In a folder of this machine it stands there whole or not at all, whenever we are killed.
    """
    holder = storage()
    if isinstance(holder, FileSystemStorage):
        return _put_here(holder, key, path)
    if holder.exists(key):
        holder.delete(key)
    with path.open("rb") as content:
        return holder.save(key, File(content))


def _put_here(holder: FileSystemStorage, key: str, path: Path) -> str:
    target = Path(holder.path(key))
    _make_folder(holder, target.parent)
    coming = target.with_name(f"{target.name}{COMING}")
    shutil.copyfile(path, coming)
    coming.chmod(holder.file_permissions_mode or 0o600)
    coming.replace(target)
    return key


def _make_folder(holder: FileSystemStorage, folder: Path) -> None:
    """The folder and those above it in the storage, each readable by whom the storage says."""
    home = Path(holder.location)
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    home.mkdir(parents=True, exist_ok=True)
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        if one == home or home in one.parents:
            one.chmod(holder.directory_permissions_mode or 0o700)


def take(key: str, path: Path, *, beat: Beat = lambda: None) -> None:
    """Store a file that lies in our own working folder, without copying where that can be.

    The file stays where it is until the caller removes it, so this may be repeated. `beat` is
    called about twice a second while it is copied.
    """
    holder = storage()
    if isinstance(holder, FileSystemStorage) and _link(holder, key, path):
        return
    with ThreadPoolExecutor(1) as pool:
        going = pool.submit(put, key, path)
        while not wait([going], timeout=TICK).done:
            beat()
        going.result()


def _link(holder: FileSystemStorage, key: str, path: Path) -> bool:
    """Give the file a second name in the storage; False where it lies on another disk."""
    target = Path(holder.path(key))
    _make_folder(holder, target.parent)
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(path)
    except OSError:
        return False
    target.chmod(holder.file_permissions_mode or 0o600)
    return True


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
        fetch(key, copy)
        yield copy


def fetch(key: str, path: Path) -> None:
    """Copy a stored file to a path."""
    with storage().open(key, "rb") as content, path.open("wb") as target:
        shutil.copyfileobj(content, target, BLOCK)


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder for files on their way, beside the stored ones; gone afterwards.

    Its file `.lock` is locked meanwhile, so that whoever clears up can tell it from what was left.
    """
    home = Path(settings.RECORDINGS_WORK)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=home, prefix=WORKING) as name,
        (Path(name) / LOCK).open("wb") as lock,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(name)


def remove_left(*, before: float) -> list[str]:
    """Remove working folders that killed processes left before an instant (seconds since 1970)."""
    removed = []
    for folder in Path(settings.RECORDINGS_WORK).glob(f"{WORKING}*"):
        if not _is_in_use(folder) and _newest(folder) < before:
            shutil.rmtree(folder, ignore_errors=True)
            removed.append(folder.name)
    return removed


def _is_in_use(folder: Path) -> bool:
    try:
        with (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:  # killed before it was locked, or being removed by its owner
        return False
    except OSError:
        return True
    return False


def _newest(folder: Path) -> float:
    return max((one.stat().st_mtime for one in (folder, *folder.rglob("*"))), default=0.0)


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


def folders_in(prefix: str) -> list[str]:
    """Names of the folders right below a folder; of the storage itself for an empty one."""
    try:
        folders, _ = storage().listdir(prefix)
    except FileNotFoundError:
        return []
    return sorted(folders)


def changed_at(key: str) -> datetime:
    """When a stored file was written."""
    return storage().get_modified_time(key)
