"""Making a backup and putting one back."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from config.backup import archive, database, secret
from config.embedded.places import Trouble
from events.backstage.operations import LAST_BACKUP

BUSY = "Kolega is running on this database. Stop it before you put a backup back."


@dataclass(frozen=True)
class Summary:
    """What a backup holds."""

    tables: int
    rows: int
    files: int


def backup(*, target: Path, at: datetime) -> Summary:
    """Write the archive and, beside it, its keys; an existing file is never overwritten."""
    for file in (target, secret.file_of(target)):
        if file.exists():
            message = f"{file} exists already. Choose another name."
            raise Trouble(message)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
        dump = Path(scratch) / archive.DUMP
        # The dump comes first: a file is stored before the row that names it.
        rows = database.dump(dump)
        content = archive.members(dump, settings.MEDIA_ROOT)
        manifest = archive.Manifest(
            format=archive.FORMAT,
            made_at=at.isoformat(),
            postgresql=database.version(),
            data_key=secret.fingerprint(settings.DATA_KEY),
            rows=rows,
            digests={name: archive.digest(file) for name, file in content.items()},
        )
        _write_whole(target, manifest, content)
    secret.write(target)
    (Path(settings.KOLEGA_DATA) / LAST_BACKUP).write_text(at.isoformat(), encoding="utf-8")
    return _summary(manifest)


def _write_whole(target: Path, manifest: archive.Manifest, content: dict[str, Path]) -> None:
    new = target.with_name(target.name + ".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        archive.write(out, manifest, content)
        out.flush()
        os.fsync(out.fileno())
    new.replace(target)


def restore(*, source: Path, replace: bool) -> Summary:
    """Put a backup back into an empty installation, or with `replace` into any.

    Everything is checked before anything changes; raises Trouble or archive.Damaged.
    """
    if not source.is_file():
        message = f"There is no file {source}."
        raise Trouble(message)
    files = Path(settings.MEDIA_ROOT)
    if not replace and files.is_dir() and any(files.iterdir()):
        message = f"{files} is not empty. Add --replace to put the backup in its place."
        raise Trouble(message)
    files.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=files.parent, prefix=".restore-") as scratch:
        manifest = archive.unpack(source, Path(scratch))
        kept = secret.read(source, wanted=manifest.data_key)
        _check_server(manifest)
        database.restore(Path(scratch) / archive.DUMP, replace=replace)
        _swap_files(Path(scratch) / archive.FILES, files)
        secret.put_back(kept)
    _check_rows(manifest)
    return _summary(manifest)


def _check_server(manifest: archive.Manifest) -> None:
    if database.others():
        raise Trouble(BUSY)
    if database.version() < manifest.postgresql:
        message = (
            f"This backup needs PostgreSQL {manifest.postgresql} or newer; "
            f"this server is {database.version()}."
        )
        raise Trouble(message)


def _swap_files(new: Path, files: Path) -> None:
    new.mkdir(mode=0o700, exist_ok=True)
    old = new.with_name("replaced")
    if files.exists():
        files.rename(old)
    new.rename(files)
    shutil.rmtree(old, ignore_errors=True)


def _check_rows(manifest: archive.Manifest) -> None:
    found = database.rows()
    if found != manifest.rows:
        table = min({*found.items()} ^ {*manifest.rows.items()})[0]
        message = f"The table {table} does not have the rows the backup says it holds."
        raise archive.Damaged(message)


def _summary(manifest: archive.Manifest) -> Summary:
    return Summary(
        tables=len(manifest.rows),
        rows=sum(manifest.rows.values()),
        files=len(manifest.digests) - 1,
    )
