"""What playlists say, measured from the files: real bits per second, codecs, lengths; plain Python."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

LENGTH = re.compile(r"#EXTINF:([0-9.]+),")
MASTER = "master.m3u8"


@dataclass(frozen=True)
class Segment:
    """One segment: its name, seconds and bytes."""

    name: str
    seconds: float
    size: int


@dataclass(frozen=True)
class Variant:
    """One size as the master playlist names it; peak and average in bits per second."""

    playlist: str
    peak: int
    average: int
    codecs: str
    width: int
    height: int


def segments(playlist: Path) -> list[Segment]:
    """The segments a playlist names, which lie beside it."""
    found, seconds = [], 0.0
    for line in playlist.read_text(encoding="utf-8").splitlines():
        if told := LENGTH.match(line):
            seconds = float(told[1])
        elif line and not line.startswith("#"):
            size = (playlist.parent / line).stat().st_size
            found.append(Segment(line, seconds, size))
    return found


def peak(found: Sequence[Segment]) -> int:
    """The largest bits per second of any run of segments of 0.5 to 1.5 target durations.

    So does RFC 8216 (section 4.1) define it: a last segment of a few milliseconds says nothing
    about what a line must carry. Never less than the average.
    """
    target = max((round(one.seconds) for one in found), default=0)
    rates = [average(found)]
    for first in range(len(found)):
        seconds = size = 0.0
        for one in found[first:]:
            seconds, size = seconds + one.seconds, size + one.size
            if seconds > 1.5 * target:
                break
            if seconds >= target / 2:
                rates.append(ceil(size * 8 / seconds))
    return max(rates)


def average(found: Iterable[Segment]) -> int:
    """Bits per second over all segments, rounded up."""
    rows = list(found)
    seconds = sum(one.seconds for one in rows)
    return ceil(sum(one.size for one in rows) * 8 / max(seconds, 0.001))


def codecs(init: Path, *, sound: str) -> str:
    """RFC 6381 names of what an initialisation segment announces; `sound` is that of AAC."""
    head = init.read_bytes()
    found = []
    if (place := head.find(b"avcC")) >= 0:
        profile, constraints, level = head[place + 5 : place + 8]
        found.append(f"avc1.{profile:02x}{constraints:02x}{level:02x}")
    if b"mp4a" in head:
        found.append(sound)
    return ",".join(found)


def master(variants: Iterable[Variant]) -> str:
    """The master playlist: film from the smallest up, or the sound where there is no film.

    Sound alone is no variant beside film: players have been stuck on it.
    """
    rows = list(variants)
    films = [one for one in rows if one.width]
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for one in sorted(films or rows, key=lambda row: row.average):
        lines += [f"#EXT-X-STREAM-INF:{','.join(_attributes(one))}", one.playlist]
    return "\n".join(lines) + "\n"


def _attributes(one: Variant) -> Iterable[str]:
    yield f"BANDWIDTH={one.peak}"
    yield f"AVERAGE-BANDWIDTH={one.average}"
    yield f'CODECS="{one.codecs}"'
    if one.width:
        yield f"RESOLUTION={one.width}x{one.height}"
