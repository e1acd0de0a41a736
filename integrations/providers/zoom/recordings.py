"""Cloud recordings of a Zoom meeting, as its notices and its API list them alike."""

from collections.abc import Mapping
from typing import Any

from integrations.ports import RecordingFile
from integrations.providers.zoom.values import instant, text

# The other kinds (CHAT, TIMELINE, SUMMARY and more) are nothing that is watched or read along.
KINDS = {"MP4": "video", "TRANSCRIPT": "transcript", "CC": "captions"}
STATES = {"completed": "ready", "processing": "pending"}


def files(meeting: Mapping[str, Any]) -> tuple[RecordingFile, ...]:
    """The files of a meeting object; raises TypeError and AttributeError for another form.

    `url` is the page at Zoom: the address of the bytes opens only with a token.
    """
    rows = meeting.get("recording_files") or []
    return tuple(_file(row) for row in rows if str(row.get("file_type", "")).upper() in KINDS)


def _file(row: Mapping[str, Any]) -> RecordingFile:
    size = row.get("file_size")
    return RecordingFile(
        remote_id=text(row.get("id")), kind=KINDS[str(row["file_type"]).upper()],
        state=STATES.get(str(row.get("status", "completed")), "pending"),
        started_at=instant(row.get("recording_start")), ended_at=instant(row.get("recording_end")),
        url=text(row.get("play_url")), size=int(size) if isinstance(size, int | float) else None,
    )  # fmt: skip
