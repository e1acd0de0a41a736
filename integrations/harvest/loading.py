"""Loads a held file, going on where the last try ended. No transaction is open during a call.

The row says how many bytes are safely here; what a crash left behind them is written over.
"""

import hashlib
import os
import uuid
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from events.backstage.holding import Hold
from events.kernel.errors import DomainError, Missing
from integrations.accounts import queries as connected
from integrations.harvest import fetches, handing, transcripts
from integrations.harvest.models import RecordingFetch
from integrations.ports import Denied, Download, Gone, Opened, Temporary, Wanted
from integrations.sync.queries import HEARD
from recordings.arrivals import commands as arrivals
from recordings.arrivals import parcels
from recordings.library import queries as recordings
from recordings.library import states

# Written, made safe and noted at once; a kill costs this much at most.
PIECE = 1024 * 1024
TRANSCRIPT = "transcript"


class Changed(Exception):
    """The bytes offered are not of the file that is here in part."""


def load(fetch_id: uuid.UUID, hold: Hold, *, at: datetime) -> None:
    """Load and hand over one file, or note why not; raises Stopped when the job must end."""
    try:
        row = fetches.for_step(fetch_id)
        _load(row, hold, at=at)
    except Missing:
        return
    except parcels.Busy:
        fetches.note_away(fetch_id, parcels.Busy.code, at=at)
    except Temporary as trouble:
        fetches.note_away(fetch_id, trouble.code, after=trouble.after, at=at)
    except Denied as trouble:
        fetches.note_refused(fetch_id, trouble, at=at)
    except Gone:
        fetches.note_gone(fetch_id, at=at)
    except DomainError as error:
        fetches.note_unfit(fetch_id, error.code, at=at)


def _load(row: RecordingFetch, hold: Hold, *, at: datetime) -> None:
    account = row.held.harvest.account
    if account.state not in HEARD:
        raise Temporary("account_waits")
    download: Download | None = getattr(connected.adapter_of(account), "download", None)
    if download is None:
        raise Denied("no_file")
    if row.held.kind == TRANSCRIPT:
        transcripts.take(row, download, at=at)
        return
    with parcels.alone(row.pk) as handle:
        if not _is_whole(row, handle):
            row = _open_and_pour(row, download, handle, hold, at=at)
    hold.say(None)
    if wrong := _differs(row):
        fetches.note_torn(row.pk, wrong, at=at)
        return
    handing.over(row, at=at)


def _is_whole(row: RecordingFetch, handle: int) -> bool:
    """Whether everything came at an earlier try; bytes that are no longer here are forgotten."""
    if os.fstat(handle).st_size < row.loaded:
        row.loaded = 0
        fetches.note_loaded(row.pk, 0, at=row.moved_at)
    return row.size is not None and 0 < row.size == row.loaded


def _open_and_pour(
    row: RecordingFetch, download: Download, handle: int, hold: Hold, *, at: datetime
) -> RecordingFetch:
    try:
        return _poured(row, download, handle, hold, at=at)
    except Changed:
        row.loaded, row.revision = 0, ""
        return _poured(row, download, handle, hold, at=at)


def _poured(
    row: RecordingFetch, download: Download, handle: int, hold: Hold, *, at: datetime
) -> RecordingFetch:
    held = row.held
    wanted = Wanted(held.remote_id, held.kind, held.url, offset=row.loaded, revision=row.revision)
    with download.open(wanted) as opened:
        if opened.start and _is_another(row, opened):
            raise Changed
        noted = fetches.note_opened(row.pk, opened, at=at)
        if handing.is_here(noted):
            return noted
        _require_fitting(noted, opened)
        _pour(noted, opened, handle, hold, at=at)
    return noted


def _is_another(row: RecordingFetch, opened: Opened) -> bool:
    named = bool(row.revision and opened.revision) and row.revision != opened.revision[:200]
    return named or (row.size is not None and row.size != opened.size)


def _require_fitting(row: RecordingFetch, opened: Opened) -> None:
    """Limit, quota and free space, before a byte is loaded."""
    recording = recordings.find(row.recording_id or 0)
    if recording is None or recording.state == states.DELETED:
        raise handing.RemovedHere
    name = f"recording.{opened.suffix}"
    arrivals.require_fitting(recording, length=opened.size or max(row.loaded, 1), file_name=name)


def _pour(row: RecordingFetch, opened: Opened, handle: int, hold: Hold, *, at: datetime) -> None:
    """Write what comes, a piece at a time; raises Temporary when it ends before it should."""
    tap = Tap(opened.blocks)
    while row.size is None or row.loaded < row.size:
        hold.beat(row.loaded)
        most = PIECE if row.size is None else min(PIECE, row.size - row.loaded)
        written = parcels.append(handle, tap.read, offset=row.loaded, most=most)
        row.loaded += written
        fetches.note_loaded(row.pk, row.loaded, at=at)
        if row.loaded > settings.RECORDING_MAX_BYTES:
            raise arrivals.TooLarge(most=settings.RECORDING_MAX_BYTES // arrivals.GIGABYTE)
        if tap.trouble:
            raise tap.trouble
        if written < most:
            break
    if row.size is not None and row.loaded < row.size:
        raise Temporary("cut", "the file ended early")
    row.size = row.loaded


class Tap:
    """Blocks as something to read from; a line that breaks ends it, and `trouble` says so."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        """Take nothing yet."""
        self.blocks = blocks
        self.rest = b""
        self.trouble: Temporary | None = None

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        if not self.rest and self.trouble is None:
            try:
                self.rest = next(self.blocks, b"")
            except Temporary as trouble:
                self.trouble = trouble
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


def _differs(row: RecordingFetch) -> str:
    """The code of what is wrong with a whole file; empty when it is as the service says."""
    if handing.is_here(row):
        return ""
    path = parcels.path_of(row.pk)
    if path.stat().st_size != row.size or not row.size:
        return "size_wrong"
    algorithm, _colon, wanted = row.checksum.partition(":")
    if not wanted:
        return ""
    with path.open("rb") as content:
        found = hashlib.file_digest(content, algorithm).hexdigest()
    return "" if found == wanted.lower() else "checksum_wrong"
