"""The archive of a backup: a tar whose first member lists the digest of every other."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files"
CHUNK = 1024 * 1024


class Damaged(ValueError):
    """The archive is not what a backup wrote; the text says what is wrong."""


@dataclass(frozen=True)
class Manifest:
    """What an archive holds: digests by member, rows by table, and which data key it needs."""

    format: int
    made_at: str
    postgresql: int
    data_key: str
    rows: dict[str, int]
    digests: dict[str, str]


def digest(file: Path) -> str:
    """SHA-256 of a file as hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def members(dump: Path, files: Path) -> dict[str, Path]:
    """Everything that goes into the archive, by the name it has there."""
    stored = {
        str(PurePosixPath(FILES, *file.relative_to(files).parts)): file
        for file in sorted(files.rglob("*"))
        if file.is_file() and not file.is_symlink()
    }
    return {DUMP: dump, **stored}


def write(out: IO[bytes], manifest: Manifest, content: dict[str, Path]) -> None:
    """Write manifest and members."""
    said = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        head = tarfile.TarInfo(MANIFEST)
        head.size = len(said)
        tar.addfile(head, io.BytesIO(said))
        for name, file in content.items():
            member = tarfile.TarInfo(name)
            member.size = file.stat().st_size
            with file.open("rb") as opened:
                tar.addfile(member, opened)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Unpack into an empty folder, checking every digest; raises Damaged before anything is used."""
    try:
        with tarfile.open(archive, mode="r:") as tar:
            entries = iter(tar)
            manifest = _manifest(tar, entries)
            found = dict(_unpack_members(tar, entries, folder))
    except (tarfile.TarError, KeyError, TypeError, EOFError, UnicodeDecodeError) as problem:
        message = f"{archive} is not a backup, or it is cut short."
        raise Damaged(message) from problem
    wrong = {*found.items()} ^ {*manifest.digests.items()}
    if wrong:
        first = min(name for name, _ in wrong)
        message = f"{archive} is damaged: {first} is not as it was written."
        raise Damaged(message)
    return manifest


def _manifest(tar: tarfile.TarFile, entries: Iterator[tarfile.TarInfo]) -> Manifest:
    first = next(entries, None)
    opened = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    if opened is None:
        message = "This file is not a backup of Kolega."
        raise Damaged(message)
    try:
        manifest = Manifest(**json.load(opened))
    except json.JSONDecodeError as problem:
        message = "The list of contents in this backup cannot be read."
        raise Damaged(message) from problem
    if manifest.format != FORMAT:
        message = (
            f"This backup has format {manifest.format}; this version of Kolega reads {FORMAT}."
        )
        raise Damaged(message)
    return manifest


def _unpack_members(
    tar: tarfile.TarFile, entries: Iterator[tarfile.TarInfo], folder: Path
) -> Iterator[tuple[str, str]]:
    for entry in entries:
        parts = PurePosixPath(entry.name).parts
        allowed = entry.name == DUMP or (parts[:1] == (FILES,) and ".." not in parts)
        opened = tar.extractfile(entry) if allowed and entry.isfile() else None
        if opened is None:
            message = f"This backup holds {entry.name!r}, which does not belong there."
            raise Damaged(message)
        target = folder.joinpath(*parts)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with target.open("xb") as out:
            while block := opened.read(CHUNK):
                out.write(block)
        yield entry.name, digest(target)
