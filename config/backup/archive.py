"""The archive of a backup: a tar whose first member lists the digest of every other."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from recordings.media.store import COMING

FORMAT = 2  # 1 knew of no recordings
READ = frozenset({1, 2})
MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files"
RECORDINGS = "recordings"
CHUNK = 1024 * 1024


class Damaged(ValueError):
    """The archive is not what a backup wrote; the text says what is wrong."""


@dataclass(frozen=True)
class Manifest:
    """What an archive holds: digests by member, rows by table, and which data key it needs.

    `recordings` says where those are: `inside`, or the place they lie at; empty before format 2.
    """

    format: int
    made_at: str
    postgresql: int
    data_key: str
    rows: dict[str, int]
    digests: dict[str, str]
    recordings: str = ""

    def number_in(self, folder: str) -> int:
        """How many files of a folder it holds."""
        return sum(name.startswith(f"{folder}/") for name in self.digests)


def digest(file: Path) -> str:
    """SHA-256 of a file as hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def members(dump: Path, folders: dict[str, Path]) -> dict[str, Path]:
    """Everything that goes into the archive, by the name it has there; folders by their first part.

    Files that are not whole yet are left out.
    """
    stored = {
        str(PurePosixPath(name, *file.relative_to(folder).parts)): file
        for name, folder in folders.items()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink() and not file.name.endswith(COMING)
    }
    return {DUMP: dump, **stored}


def digests(content: dict[str, Path]) -> dict[str, str]:
    """The digest of each member; recordings that were removed meanwhile are left out."""
    found = {}
    for name, file in content.items():
        try:
            found[name] = digest(file)
        except FileNotFoundError:
            if not name.startswith(f"{RECORDINGS}/"):
                raise
    return found


def write(out: IO[bytes], manifest: Manifest, content: dict[str, Path]) -> None:
    """Write manifest and the members it lists."""
    said = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        head = tarfile.TarInfo(MANIFEST)
        head.size = len(said)
        tar.addfile(head, io.BytesIO(said))
        for name in manifest.digests:
            file = content[name]
            member = tarfile.TarInfo(name)
            member.size = file.stat().st_size
            with file.open("rb") as opened:
                tar.addfile(member, opened)


@contextmanager
def _opened(archive: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(archive, mode="r:") as tar:
            yield tar
    except (tarfile.TarError, KeyError, TypeError, EOFError, UnicodeDecodeError) as problem:
        message = f"{archive} is not a backup, or it is cut short."
        raise Damaged(message) from problem


def look(archive: Path) -> Manifest:
    """What an archive says it holds; raises Damaged."""
    with _opened(archive) as tar:
        return _manifest(tar, iter(tar))


def unpack(archive: Path, folder: Path, *, recordings: Path | None) -> Manifest:
    """Unpack into empty folders, checking every digest; raises Damaged before anything is used.

    Without a folder for them recordings are checked and not unpacked.
    """
    with _opened(archive) as tar:
        entries = iter(tar)
        manifest = _manifest(tar, entries)
        found = dict(_unpack_members(tar, entries, folder, recordings))
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
    if manifest.format not in READ:
        known = ", ".join(map(str, sorted(READ)))
        message = f"This backup has format {manifest.format}; this version of Kolega reads {known}."
        raise Damaged(message)
    return manifest


def _unpack_members(
    tar: tarfile.TarFile, entries: Iterator[tarfile.TarInfo], folder: Path, recordings: Path | None
) -> Iterator[tuple[str, str]]:
    for entry in entries:
        parts = PurePosixPath(entry.name).parts
        stored = parts[:1] in {(FILES,), (RECORDINGS,)} and ".." not in parts
        allowed = entry.name == DUMP or stored
        opened = tar.extractfile(entry) if allowed and entry.isfile() else None
        if opened is None:
            message = f"This backup holds {entry.name!r}, which does not belong there."
            raise Damaged(message)
        home = recordings if parts[0] == RECORDINGS else folder
        yield entry.name, _unpacked(opened, home.joinpath(*parts) if home else None)


def _unpacked(content: IO[bytes], target: Path | None) -> str:
    """The digest of what was written to the target, or read where there is none."""
    if target is None:
        found = hashlib.sha256()
        while block := content.read(CHUNK):
            found.update(block)
        return found.hexdigest()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("xb") as out:
        while block := content.read(CHUNK):
            out.write(block)
    return digest(target)
