"""Recordings for tests: rows as the commands write them, and small real files."""

import hashlib
import subprocess
from pathlib import Path

from events.programme.models import Event
from recordings.library import commands, parents, pupils
from recordings.library.commands import Arrival
from recordings.library.models import Recording, Rendition, Source
from recordings.media import store, tools
from tests.factories.world import AT, SYSTEM

MINUTE = 60_000


def make_recording(
    event: Event, *, minutes: int = 60, title: str = "Small steps, recorded", ready: bool = True,
    publish: bool = True, captioned: bool = True, visibility: str = "cluster",
) -> Recording:  # fmt: skip
    """A recording that began with its part, without files behind its rows."""
    part = event.parts.get()
    start = int(part.starts_at.timestamp() * 1000)
    made = commands.begin(
        part.pk, title=title, language="en", by=SYSTEM, at=AT,
        arrival=Arrival(Source.UPLOAD, pieces=[(0, start)]),
    )  # fmt: skip
    commands.describe(made.pk, title=title, language="en", visibility=visibility, by=SYSTEM, at=AT)
    commands.note_original(
        made.pk, key=f"{store.folder_of(made.pk, 1)}/original.mp4", size=1000, sha256="0" * 64,
        facts={"duration_ms": minutes * MINUTE}, by=SYSTEM, at=AT,
    )  # fmt: skip
    commands.note_captioned(made.pk, captioned=captioned, by=SYSTEM, at=AT)
    if ready:
        make_rendition(made, "audio")
    commands.say_asked(made.pk, note="Asked by mail", by=SYSTEM, at=AT)
    if publish and pupils.may_be_seen(event):
        parents.say_parents_agreed(made.pk, by=SYSTEM, at=AT)
    if publish:
        commands.publish(made.pk, by=SYSTEM, at=AT)
    made.refresh_from_db()
    return made


def make_rendition(recording: Recording, name: str) -> None:
    """A size whose files nobody has made."""
    commands.note_rendition(
        Rendition(
            recording_id=recording.pk, revision=recording.revision, name=name,
            playlist=f"{name}.m3u8", download=f"{name}.mp4", stream_bytes=1000,
            download_bytes=1000, peak=40_000, average=32_000, codecs="mp4a.40.2",
        ),
        by=SYSTEM, at=AT,
    )  # fmt: skip


def clip(folder: Path, *, seconds: int = 6, size: str = "640x360", rate: int = 5) -> Path:
    """A real film: a blue picture with a moving square and a tone; made in under a second."""
    path = folder / f"clip-{seconds}-{size}.mp4"
    subprocess.run(
        [tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-y",
         "-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}",
         "-f", "lavfi", "-i", f"sine=440:d={seconds}",
         "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
         "-c:a", "aac", "-b:a", "32k", "-shortest", "-movflags", "+faststart", str(path)],
        check=True, timeout=60,
    )  # fmt: skip
    return path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
