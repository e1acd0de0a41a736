"""Zip archives, opened carefully: they may be made to hurt."""

import io
import zipfile

from events.networks.rosters.sentences import TableRefused

MAX_UNPACKED = 80_000_000
MAX_RATIO = 150
MAX_ENTRIES = 2_000
_SMALL = 2_000_000


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a zip archive whose stated sizes are within bounds. Raises `TableRefused`.

    `zipfile` never unpacks more than the stated size, so checking what is stated is enough.
    """
    archive = _archive_of(data)
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise TableRefused("file_locked")
    too_dense = unpacked > max(_SMALL, len(data) * MAX_RATIO)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or too_dense:
        raise TableRefused("file_expands")
    return archive


def _archive_of(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise TableRefused("file_damaged") from None
