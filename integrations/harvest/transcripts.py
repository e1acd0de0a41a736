"""Transcripts that a service wrote become captions of the recording of the same session."""

import re
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from integrations.harvest import fetches
from integrations.harvest.models import RecordingFetch
from integrations.ports import Denied, Download, Temporary, Wanted
from recordings.captions import commands as captions
from recordings.captions import queries

if TYPE_CHECKING:
    from recordings.library.models import Recording

LARGEST = 8_000_000  # bytes; a spoken hour has some 100 kB
TIMES = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)\.(\d{3})")
ARROW = "-->"


def take(row: RecordingFetch, download: Download, *, at: datetime) -> None:
    """Load a transcript and add it as captions, unless there are some in that language.

    Raises NotCaptions and its kin for a file that is none.
    """
    content = _content(row, download)
    video = video_of(row)
    if video is None or video.recording is None:
        raise Temporary("recording_waits")
    with transaction.atomic():
        fetches.note_done(row.pk, video.recording.pk, at=at)
        if queries.track_of(video.recording, video.recording.language) is None:
            _add(video.recording, shifted(content, _later(row, video)), at=at)


def _add(recording: "Recording", content: bytes, *, at: datetime) -> None:
    captions.add_track(
        recording.pk, language=recording.language, content=content, origin="platform",
        file_name="transcript.vtt", film="whole", by=fetches.BY, at=at,
    )  # fmt: skip


def _content(row: RecordingFetch, download: Download) -> bytes:
    held = row.held
    content = bytearray()
    with download.open(Wanted(held.remote_id, held.kind, held.url)) as opened:
        for block in opened.blocks:
            content += block
            if len(content) > LARGEST:
                raise Denied("request_refused", "a transcript without end")
        if opened.size is not None and len(content) < opened.size:
            raise Temporary("cut")
    return bytes(content)


def video_of(row: RecordingFetch) -> RecordingFetch | None:
    """The fetched recording of the same meeting that began nearest to the transcript."""
    rows = RecordingFetch.objects.filter(
        held__harvest_id=row.held.harvest_id, held__kind="video", state=RecordingFetch.State.DONE
    )
    found = rows.exclude(recording=None).select_related("held", "recording")
    return min(found, key=lambda one: abs(_later(row, one)), default=None)


def _later(row: RecordingFetch, video: RecordingFetch) -> int:
    """How much later the transcript began than the recording, in milliseconds; 0 where unknown."""
    mine, its = row.held.started_at, video.held.started_at
    return round((mine - its).total_seconds() * 1000) if mine and its else 0


def shifted(content: bytes, by: int) -> bytes:
    """WebVTT with all times later by so many milliseconds, none before the beginning."""
    if not by:
        return content
    rows = content.decode("utf-8-sig", "replace").split("\n")
    return "\n".join(_row(row, by) if ARROW in row else row for row in rows).encode()


def _row(row: str, by: int) -> str:
    return TIMES.sub(lambda found: _time(found, by), row)


def _time(found: re.Match[str], by: int) -> str:
    hours, minutes, seconds, millis = (int(group or 0) for group in found.groups())
    whole = max(0, ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis + by)
    left, millis = divmod(whole, 1000)
    return f"{left // 3600:02}:{left // 60 % 60:02}:{left % 60:02}.{millis:03}"
