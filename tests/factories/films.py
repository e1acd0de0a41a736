"""Recordings with real files behind their rows: slides that change and a tone, in all sizes.

A small call of the transcoder of its own, so that what is shown does not hang on how sizes are made.
"""

import re
import subprocess
from pathlib import Path

from recordings.library import commands
from recordings.library.models import Recording, Rendition
from recordings.media import store, tools
from tests.factories.recordings import make_recording
from tests.factories.world import AT, SYSTEM

SIZES = {"240p": (426, 240, 12, "48k"), "480p": (854, 480, 15, "160k")}
CODECS = {"audio": "mp4a.40.2", "240p": "avc1.42c015,mp4a.40.2", "480p": "avc1.42c01e,mp4a.40.2"}
# A slide every seven seconds, a dot that moves, and noise, so that the bits allowed are really spent.
PICTURE = (
    "color=c=0xf4f4f0:s={width}x{height}:r={rate}:d={seconds},"
    "drawbox=x=20:y=20:w=iw/2:h=ih/3:color=0x0b5c57:t=fill:enable='lt(mod(t,14),7)',"
    "drawbox=x=iw/3:y=ih/2:w=iw/3:h=ih/4:color=0xf4b93a:t=fill:enable='gte(mod(t,14),7)',"
    "drawbox=x='mod(t*20,iw)':y=ih-12:w=8:h=8:color=black:t=fill,noise=alls=5:allf=t"
)
TONE = "sine=frequency=440:duration={seconds}:sample_rate=24000"


def make_film(event, *, seconds: int = 12, sizes=("audio", "240p", "480p"), **more) -> Recording:
    """A recording as the processing room leaves it; files lie in the storage of the settings."""
    row = make_recording(event, ready=False, publish=False, **more)
    Recording.objects.filter(pk=row.pk).update(duration_ms=seconds * 1000)
    with store.working_folder() as folder:
        for name in sizes:
            _encode(folder, name, seconds)
            _note(row, folder, name)
        size = _poster(folder) if "240p" in sizes else 0
        for path in sorted(folder.iterdir()):
            store.put(f"{store.folder_of(row.pk, row.revision)}/{path.name}", path)
    if size:
        commands.note_poster(row.pk, revision=row.revision, size=size, by=SYSTEM, at=AT)
    commands.publish(row.pk, by=SYSTEM, at=AT)
    row.refresh_from_db()
    return row


def _encode(folder: Path, name: str, seconds: int) -> None:
    plain = folder / _plain(name)
    words = ["-f", "lavfi", "-i", TONE.format(seconds=seconds)]
    made = ["-map", "0:a", "-c:a", "aac", "-b:a", "32k", "-ac", "1"]
    if name in SIZES:
        width, height, rate, bits = SIZES[name]
        picture = PICTURE.format(width=width, height=height, rate=rate, seconds=seconds)
        words += ["-f", "lavfi", "-i", picture]
        made += [
            "-map", "1:v", "-c:v", "libx264", "-preset", "ultrafast", "-profile:v", "baseline",
            "-pix_fmt", "yuv420p", "-b:v", bits, "-maxrate", bits, "-bufsize", bits,
            "-g", str(6 * rate), "-keyint_min", str(6 * rate), "-sc_threshold", "0",
        ]  # fmt: skip
    _run(*words, *made, "-movflags", "+faststart", str(plain))
    _run(
        "-i", str(plain), "-c", "copy", "-f", "hls", "-hls_time", "6", "-hls_playlist_type", "vod",
        "-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", f"{name}_init.mp4",
        "-hls_segment_filename", str(folder / f"{name}_%05d.m4s"), str(folder / f"{name}.m3u8"),
    )  # fmt: skip


def _note(row: Recording, folder: Path, name: str) -> None:
    width, height = SIZES.get(name, (0, 0))[:2]
    stream = sum(path.stat().st_size for path in folder.glob(f"{name}_*"))
    seconds = re.findall(r"#EXTINF:([0-9.]+)", (folder / f"{name}.m3u8").read_text())
    average = int(stream * 8 / sum(map(float, seconds)))
    commands.note_rendition(
        Rendition(
            recording_id=row.pk, revision=row.revision, name=name, playlist=f"{name}.m3u8",
            download=_plain(name), stream_bytes=stream, peak=average * 2, average=average,
            download_bytes=(folder / _plain(name)).stat().st_size, codecs=CODECS[name],
            width=width, height=height,
        ),
        by=SYSTEM, at=AT,
    )  # fmt: skip


def _poster(folder: Path) -> int:
    made = folder / "poster.jpg"
    _run("-i", str(folder / _plain("240p")), "-frames:v", "1", "-vf", "scale=480:-2", str(made))
    return made.stat().st_size


def _plain(name: str) -> str:
    return "audio.m4a" if name == "audio" else f"{name}.mp4"


def _run(*words: str) -> None:
    call = [tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-y", *words]
    subprocess.run(call, check=True, timeout=900)
