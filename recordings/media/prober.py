"""Looks into one file and prints what it found as JSON; run as a script of its own, under limits.

Prints {"refused": CODE} for what is no playable medium. It opens nothing but this one file: the
formats that name other files (playlists, lists of pieces) are not among those it knows.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,mp3,wav,w64,flac,mpegts,mpeg,avi,flv,asf,aac"
PICTURES = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM....\0\0\0\0|....ftyp(avif|heic)", re.DOTALL
)
LOCKED = re.compile(rb"schm.{4}(cenc|cens|cbc1|cbcs|piff|itun)", re.DOTALL)
LOOKED_AT = 2 * 1024 * 1024
TRIES = 400  # packets until a picture or a sound must have come out
TAIL = 3_000_000  # microseconds
EASY = ("mov", "matroska")  # where the index can be trusted to find the end


def main(path: Path) -> dict[str, object]:
    """What is in the file, or why it cannot be played."""
    head, tail = _ends(path)
    if not head:
        return {"refused": "empty"}
    if PICTURES.match(head):
        return {"refused": "picture"}
    if LOCKED.search(head) or LOCKED.search(tail):
        return {"refused": "locked"}
    try:
        options = {"protocol_whitelist": "file", "format_whitelist": FORMATS}
        with av.open(f"file:{path}", options=options) as medium:
            return _look(medium, path)
    except FFmpegError:
        return {"refused": "unreadable"}


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as content:
        head = content.read(LOOKED_AT)
        content.seek(max(0, path.stat().st_size - LOOKED_AT))
        return head, content.read(LOOKED_AT)


def _look(medium: Any, path: Path) -> dict[str, object]:
    films = [one for one in medium.streams.video if not _is_cover(one)]
    film = films[0] if films else None
    sound: Any = medium.streams.audio[0] if medium.streams.audio else None
    picture, heard = _first(medium, film), _first(medium, sound)
    if picture is None and heard is None:
        return {"refused": "unreadable"}
    duration = _duration(medium, [one for one in (film, sound) if one is not None])
    found: dict[str, object] = {
        "duration_ms": duration, "container": medium.format.name.split(",")[0],
        "bit_rate": path.stat().st_size * 8000 // max(1, duration),
    }  # fmt: skip
    if picture is not None:
        found |= _of_film(film, picture)
    if heard is not None:
        coder = sound.codec_context
        found |= {"audio": coder.name, "audio_profile": coder.profile or "",
                  "audio_bits": coder.bit_rate or 0}  # fmt: skip
    return found


def _is_cover(stream: Any) -> bool:
    """A still picture that belongs to a sound, not a film."""
    return bool(stream.disposition & stream.disposition.attached_pic)


def _of_film(film: Any, picture: Any) -> dict[str, object]:
    shape = film.sample_aspect_ratio or 1
    width, height = round(picture.width * shape), picture.height
    turned = picture.rotation % 180 == 90  # noqa: PLR2004  a quarter turn
    rate = film.average_rate or film.guessed_rate or 0
    return {
        "video": film.codec_context.name, "pixels": picture.format.name, "fps": float(rate),
        "width": height if turned else width, "height": width if turned else height,
        "rotation": picture.rotation % 360, "square": shape == 1,
        "interlaced": bool(picture.interlaced_frame),
    }  # fmt: skip


def _first(medium: Any, stream: Any) -> Any:
    """The first picture or stretch of sound that can be decoded; None where nothing can."""
    if stream is None:
        return None
    medium.seek(0)
    for _, packet in zip(range(TRIES), _packets(medium, stream), strict=False):
        try:
            for frame in packet.decode():
                return frame
        except FFmpegError:
            continue
    return None


def _packets(medium: Any, *streams: Any) -> Iterator[Any]:
    """Packets until the end, or until the file is damaged."""
    try:
        yield from medium.demux(*streams)
    except FFmpegError:
        return


def _duration(medium: Any, streams: list[Any]) -> int:
    """Milliseconds until the last picture or sound that is really there."""
    said = medium.duration or 0
    start = (medium.start_time or 0) if said else 0
    if said and medium.format.name.startswith(EASY):
        medium.seek(start + max(0, said - TAIL))
        end = _last(medium, streams)
        if end is not None and abs(end - start / 1000 - said / 1000) < TAIL / 1000:
            return round(end - start / 1000)
    medium.seek(start)
    return round((_last(medium, streams) or 0) - start / 1000)


def _last(medium: Any, streams: list[Any]) -> float | None:
    """When the last packet ends, in milliseconds of the file; None where there is none."""
    ends = (
        float((packet.pts + (packet.duration or 0)) * packet.time_base) * 1000
        for packet in _packets(medium, *streams)
        if packet.pts is not None and packet.time_base and not packet.is_corrupt
    )
    return max(ends, default=None)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))))
