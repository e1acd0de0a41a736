"""How the transcoder is called: argv lists without a shell, that read one local file and no network."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from recordings.media import tools
from recordings.processing.sizes import AUDIO_BITS, RUNGS, Picture

SECONDS = 6  # of a segment; key frames stand at its beginning
POSTER_WIDTH = 480
PLAIN = ("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn")
FASTSTART = ("-movflags", "+faststart")
# Sound begins where the film does, and a hole in it stays a hole, so both stay together.
PICTURES = "png_pipe,image2"
IN_STEP = "aresample=async=1:first_pts=0"


def _call(threads: int, *sources: Path, formats: str = tools.FORMATS) -> list[str]:
    begin = [tools.ffmpeg(), "-nostdin", "-hide_banner", "-loglevel", "error", "-y"]
    begin += ["-progress", "pipe:1", "-stats_period", "1", "-filter_threads", "1"]
    for source in sources:
        begin += ["-threads", str(threads), "-protocol_whitelist", "file,pipe"]
        begin += ["-format_whitelist", formats]
        begin += ["-i", f"file:{source}"]
    return begin


def audio(source: Path, made: Path, *, threads: int) -> list[str]:
    """Sound alone, 24 kHz mono: half the size of its head, and enough for speech."""
    return [
        *_call(threads, source), "-map", "0:a:0", "-vn", *PLAIN, "-af", IN_STEP,
        "-ac", "1", "-ar", "24000", "-c:a", "aac", "-b:a", str(AUDIO_BITS), *FASTSTART, str(made),
    ]  # fmt: skip


def film(
    source: Path, sound: Path | None, made: Sequence[tuple[Picture, Path]], *, threads: int
) -> list[str]:
    """One or two sizes of film from one decoding, with the sound that was made before."""
    sources = [source] if sound is None else [source, sound]
    call = [*_call(threads, *sources), "-filter_complex", _graph([one for one, _ in made])]
    for number, (size, path) in enumerate(made):
        call += ["-map", f"[v{number}]", *_film(size, threads)]
        call += [] if sound is None else ["-map", "1:a:0", "-c:a", "copy"]
        call += [*PLAIN, *FASTSTART, str(path)]
    return call


def _graph(sizes: Sequence[Picture]) -> str:
    if len(sizes) == 1:
        return f"[0:v:0]{_shape(sizes[0])}[v0]"
    ends = "".join(f"[s{number}]" for number in range(len(sizes)))
    branches = [f"[s{at}]{_shape(size)}[v{at}]" for at, size in enumerate(sizes)]
    return ";".join([f"[0:v:0]split={len(sizes)}{ends}", *branches])


def _shape(size: Picture) -> str:
    return f"fps={size.fps},scale={size.width}:{size.height},setsar=1,format=yuv420p"


def _film(size: Picture, threads: int) -> Iterator[str]:
    most = min(2 * RUNGS[size.name].bits, SECONDS * size.bits)
    yield from ("-c:v", "libx264", "-preset", "veryfast", "-crf", "28", "-threads", str(threads))
    yield from ("-maxrate", str(size.bits), "-bufsize", str(most), "-sc_threshold", "0")
    yield from ("-g", str(round(size.fps * SECONDS * 2)))
    yield from ("-force_key_frames", f"expr:gte(t,n_forced*{SECONDS})")


def copy(source: Path, made: Path) -> list[str]:
    """Film and sound as they are, in a file that can be watched while it comes."""
    return [
        *_call(1, source), "-map", "0:v:0", "-map", "0:a:0?", *PLAIN, "-c", "copy",
        "-tag:v", "avc1", *FASTSTART, str(made),
    ]  # fmt: skip


def without(
    source: Path, made: Path, kept: Sequence[tuple[int, int]], *, film: bool, sound: bool,
    bits: int, sound_bits: int, threads: int,
) -> list[str]:  # fmt: skip
    """The kept stretches (ms of the file) one after the other, encoded anew, film and sound in step."""
    call = [*_call(threads, source), "-filter_complex", _joined(kept, film=film, sound=sound)]
    if film:
        call += ["-map", "[film]", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20"]
        call += ["-threads", str(threads), "-maxrate", str(bits), "-bufsize", str(SECONDS * bits)]
        call += ["-rc_init_occupancy", str(SECONDS * bits // 2)]  # or short films would be heavier
        call += ["-force_key_frames", f"expr:gte(t,n_forced*{SECONDS})"]
    if sound:
        call += ["-map", "[sound]", "-c:a", "aac", "-b:a", str(sound_bits)]
    return [*call, *PLAIN, *FASTSTART, str(made)]


def _joined(kept: Sequence[tuple[int, int]], *, film: bool, sound: bool) -> str:
    pieces, joints = [], ""
    for number, (start, end) in enumerate(kept):
        span = f"start={start / 1000:.3f}:end={end / 1000:.3f}"
        if film:
            pieces.append(f"[0:v:0]trim={span},setpts=PTS-STARTPTS[v{number}]")
            joints += f"[v{number}]"
        if sound:
            pieces.append(f"[0:a:0]{IN_STEP},atrim={span},asetpts=PTS-STARTPTS[a{number}]")
            joints += f"[a{number}]"
    outs = ("[joined]" if film else "") + ("[sound]" if sound else "")
    pieces.append(f"{joints}concat=n={len(kept)}:v={int(film)}:a={int(sound)}{outs}")
    if film:
        even = "scale=trunc(iw/2)*2:trunc(ih/2)*2"
        pieces.append(f"[joined]{even},setsar=1,format=yuv420p[film]")
    return ";".join(pieces)


def segments(made: Path, folder: Path, name: str) -> list[str]:
    """A finished file in pieces of six seconds with a playlist."""
    return [
        *_call(1, made), "-map", "0", *PLAIN, "-c", "copy", "-f", "hls",
        "-hls_time", str(SECONDS), "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4",
        "-hls_flags", "independent_segments", "-start_number", "1",
        "-hls_fmp4_init_filename", f"{name}_init.mp4",
        "-hls_segment_filename", str(folder / f"{name}_%05d.m4s"), str(folder / f"{name}.m3u8"),
    ]  # fmt: skip


def picture(source: Path, made: Path, *, second: float) -> list[str]:
    """The most typical picture round a second, without loss."""
    call = _call(1, source)
    place = call.index("-i")
    call[place:place] = ["-ss", f"{second:.3f}"]
    return [
        *call, "-map", "0:v:0", *PLAIN, "-vf", f"thumbnail=25,scale={POSTER_WIDTH}:-2,setsar=1",
        "-frames:v", "1", "-update", "1", str(made),
    ]  # fmt: skip


def poster(drawn: Path, made: Path, *, quality: int) -> list[str]:
    """A picture as JPEG; quality 2 (best) to 31."""
    return [
        *_call(1, drawn, formats=PICTURES), "-vf", "format=yuvj420p", "-frames:v", "1", "-q:v", str(quality),
        "-update", "1", str(made),
    ]  # fmt: skip
