"""Making a backup and putting one back."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from config.backup import archive, database, recordings, secret
from config.embedded.places import Trouble
from events.backstage.operations import LAST_BACKUP

ELSEWHERE = (
    "This backup holds recordings as files, and KOLEGA_RECORDINGS names a storage elsewhere. "
    "Name a folder there, or add --without-recordings."
)
GONE = "Files were removed while the backup was written. Make the backup again."
BUSY = "Kolega is running on this database. Stop it before you put a backup back."


@dataclass(frozen=True)
class Summary:
    """What a backup holds; `elsewhere` is where recordings lie that are not in it."""

    tables: int
    rows: int
    files: int
    recordings: int
    elsewhere: str


def backup(*, target: Path, with_recordings: bool = True, at: datetime) -> Summary:
    """Write the archive and, beside it, its keys; an existing file is never overwritten."""
    for file in (target, secret.file_of(target)):
        if file.exists():
            message = f"{file} exists already. Choose another name."
            raise Trouble(message)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
        dump = Path(scratch) / archive.DUMP
        # The dump comes first: a file is stored before the row that names it.
        rows = database.dump(dump)
        home = recordings.folder() if with_recordings else None
        folders = {archive.RECORDINGS: home} if home else {}
        content = archive.members(dump, {archive.FILES: settings.MEDIA_ROOT, **folders})
        manifest = archive.Manifest(
            format=archive.FORMAT,
            made_at=at.isoformat(),
            postgresql=database.version(),
            data_key=secret.fingerprint(settings.DATA_KEY),
            rows=rows,
            digests=archive.digests(content),
            recordings=recordings.INSIDE if home else recordings.place(),
        )
        _write_whole(target, manifest, content)
    secret.write(target)
    (Path(settings.KOLEGA_DATA) / LAST_BACKUP).write_text(at.isoformat(), encoding="utf-8")
    return _summary(manifest)


def _write_whole(target: Path, manifest: archive.Manifest, content: dict[str, Path]) -> None:
    new = target.with_name(target.name + ".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        try:
            archive.write(out, manifest, content)
        except FileNotFoundError as problem:
            new.unlink()
            raise Trouble(GONE) from problem
        out.flush()
        os.fsync(out.fileno())
    new.replace(target)


def restore(*, source: Path, replace: bool, with_recordings: bool = True) -> Summary:
    """Put a backup back into an empty installation, or with `replace` into any.

    Everything is checked before anything changes; raises Trouble or archive.Damaged.
    """
    if not source.is_file():
        message = f"There is no file {source}."
        raise Trouble(message)
    files = Path(settings.MEDIA_ROOT)
    films = _home_of_recordings(source) if with_recordings else None
    _check_empty(files, films, replace=replace)
    with ExitStack() as stack:
        scratch = _scratch(stack, files.parent)
        beside = _scratch(stack, films) if films else None
        manifest = archive.unpack(source, scratch, recordings=beside)
        kept = secret.read(source, wanted=manifest.data_key)
        _check_server(manifest)
        database.restore(scratch / archive.DUMP, replace=replace)
        _swap_files(scratch / archive.FILES, files)
        if films and beside:
            (beside / archive.RECORDINGS).mkdir(mode=0o700, exist_ok=True)
            recordings.put(beside / archive.RECORDINGS, films, old=beside / "replaced")
        secret.put_back(kept)
    _check_rows(manifest)
    return _summary(manifest)


def _home_of_recordings(source: Path) -> Path | None:
    """Where the recordings of an archive go; None where it holds none."""
    if archive.look(source).recordings != recordings.INSIDE:
        return None
    home = recordings.folder()
    if home is None:
        raise Trouble(ELSEWHERE)
    return home


def _check_empty(files: Path, films: Path | None, *, replace: bool) -> None:
    full = [files] if files.is_dir() and any(files.iterdir()) else []
    full += [films] if films and not recordings.is_empty(films) else []
    if full and not replace:
        message = f"{full[0]} is not empty. Add --replace to put the backup in its place."
        raise Trouble(message)


def _scratch(stack: ExitStack, home: Path) -> Path:
    """A folder that is gone afterwards, on the disk of `home`."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = tempfile.TemporaryDirectory(dir=home, prefix=recordings.SCRATCH)
    return Path(stack.enter_context(made))


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
        files=manifest.number_in(archive.FILES),
        recordings=manifest.number_in(archive.RECORDINGS),
        elsewhere="" if manifest.recordings == recordings.INSIDE else manifest.recordings,
    )
