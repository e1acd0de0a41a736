"""The bytes of a file that a provider holds, from any place on."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Wanted:
    """Which file, and from which byte on; `revision` is that of the bytes that are here already.

    `remote_id` and `url` are those of the `RecordingFile`.
    """

    remote_id: str
    kind: str
    url: str = ""
    offset: int = 0
    revision: str = ""


@dataclass(frozen=True)
class Opened:
    """A file as it stands over there. No byte of it is read before `blocks` is asked for one.

    `start` is where the bytes begin: 0 where the file is no longer that of the revision wanted, or
    the provider gives whole files only. `size` is that of the whole file in bytes, None where it is
    not said. `revision` changes with the content and is empty where nothing tells; `checksum` is
    `algorithm:hex`, of the whole file. `suffix` is the end of a file name for it, without a dot.
    """

    start: int
    size: int | None
    revision: str
    checksum: str
    suffix: str
    blocks: Iterator[bytes]


class Download(Protocol):
    """Files of one account."""

    def open(self, wanted: Wanted) -> AbstractContextManager[Opened]:
        """Open a file.

        Raises Gone when it is no longer there, Denied with the code `no_file` when it is nothing
        that can be fetched; `blocks` raises Temporary when the line breaks.
        """
