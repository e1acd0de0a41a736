"""Recordings in a backup: inside it, where they lie in a folder, or said to lie elsewhere."""

from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from recordings.media import store

INSIDE = "inside"
SCRATCH = ".restore-"


def folder() -> Path | None:
    """The folder of recordings on this machine; None where they lie in a storage elsewhere."""
    holder = store.storage()
    return Path(holder.location) if isinstance(holder, FileSystemStorage) else None


def place() -> str:
    """Where recordings lie, as the setting says it."""
    here = folder()
    return (
        str(here) if here else f"s3://{settings.STORAGES['recordings']['OPTIONS']['bucket_name']}"
    )


def is_empty(place: Path) -> bool:
    """Whether no recording is kept in a folder; what the disk or a killed restore left does not count."""
    return not place.is_dir() or not _kept(place)


def put(new: Path, place: Path, *, old: Path) -> None:
    """Move what was unpacked into the folder, and what was there aside; `old` is beside `new`.

    The folder itself stays, for it may be a disk of its own. When something fails all is as before.
    """
    _let_read(new)
    old.mkdir(mode=0o700)
    with ExitStack() as back:
        for entry, home in [
            *((one, old) for one in _kept(place)),
            *((one, place) for one in _kept(new)),
        ]:
            entry.rename(home / entry.name)
            back.callback((home / entry.name).rename, entry)
        back.pop_all()


def _kept(place: Path) -> list[Path]:
    """The folders of recordings: each is named by its number (`store.folder_of`)."""
    return [one for one in place.iterdir() if one.name.isdecimal()]


def _let_read(new: Path) -> None:
    """The modes of the setting, so that a web server in front reads them as before."""
    holder = store.storage()
    if isinstance(holder, FileSystemStorage):
        for one in new.rglob("*"):
            modes = holder.directory_permissions_mode, holder.file_permissions_mode
            one.chmod((modes[0] or 0o700) if one.is_dir() else (modes[1] or 0o600))
