"""Stored files as they are handed out: what is known of one, and any of its bytes in small blocks.

From S3 the bytes are asked for by range; django-storages would fetch the whole object first.
"""

import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage, Storage

from recordings.media import store
from recordings.media.ranges import Span

BLOCK = 64 * 1024
Reader = Callable[[Span], Iterator[bytes]]


@dataclass(frozen=True)
class Kept:
    """A stored file: bytes, entity tag with its quotes, when it was stored, and a reader of spans."""

    size: int
    etag: str
    changed_at: datetime
    read: Reader


def find(key: str) -> Kept:
    """The file of this key; raises FileNotFoundError."""
    holder = store.storage()
    if isinstance(holder, FileSystemStorage):
        return _in_folder(Path(holder.path(key)))
    return _in_bucket(holder, key)


def _in_folder(path: Path) -> Kept:
    facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):
        raise FileNotFoundError(path)
    changed_at = datetime.fromtimestamp(int(facts.st_mtime), tz=UTC)
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    return Kept(facts.st_size, etag, changed_at, lambda span: _from_file(path, span))


def _from_file(path: Path, span: Span) -> Iterator[bytes]:
    left = span.length
    with path.open("rb") as content:
        content.seek(span.start)
        while left and (block := content.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def _in_bucket(holder: Storage, key: str) -> Kept:
    found: Any = holder.open(key, "rb").obj  # type: ignore[attr-defined]
    return Kept(
        found.content_length, found.e_tag, found.last_modified, lambda span: _from_s3(found, span)
    )


def _from_s3(found: Any, span: Span) -> Iterator[bytes]:
    if not span.length:
        return
    asked = f"bytes={span.start}-{span.stop - 1}"
    with closing(found.get(Range=asked, IfMatch=found.e_tag)["Body"]) as body:
        yield from body.iter_chunks(BLOCK)
