"""Makes one film of slides and speech, with the times of its sentences and slides."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.demo.films import drawing
from config.demo.films.talks import Talk
from recordings.media import running, tools
from recordings.media.running import Limits

VOICE = str(Path(__file__).with_name("voice.py"))
PACE = 118  # words a minute
SECONDS = 600
FPS = 5
Beat = Callable[[], None]


@dataclass(frozen=True)
class Film:
    """A film: its file, what is said when, and when which slide begins; milliseconds."""

    path: Path
    said: list[tuple[int, int, str]]
    slides: list[tuple[int, str]]

    @property
    def captions(self) -> bytes:
        """What is said as WebVTT."""
        cues = [f"{_clock(one)} --> {_clock(two)}\n{text}\n" for one, two, text in self.said]
        return "\n".join(["WEBVTT\n", *cues]).encode()


def _clock(at: int) -> str:
    return f"{at // 3_600_000:02d}:{at // 60_000 % 60:02d}:{at // 1000 % 60:02d}.{at % 1000:03d}"


def make(talk: Talk, folder: Path, *, beat: Beat) -> Film:
    """Speak, draw and film a talk in a folder; `beat` is called while it takes its time."""
    sound = folder / "speech.wav"
    times = _speak(talk, sound, beat)
    begins = _begins(talk, times)
    drawn = drawing.draw(talk.slides, folder, language=talk.language, foot=talk.event)
    path = folder / "film.mp4"
    ends = [*begins[1:], times[-1][1] + talk.lines[-1][1]]
    _film(drawn, [end - begin for begin, end in zip(begins, ends, strict=True)], sound, path, beat)
    said = [(*time, text) for time, (text, _) in zip(times, talk.lines, strict=True)]
    titles = [slide.title for slide in talk.slides]
    return Film(path, said, list(zip(begins, titles, strict=True)))


def _speak(talk: Talk, sound: Path, beat: Beat) -> list[tuple[int, int]]:
    request = sound.with_suffix(".json")
    wanted = {"voice": talk.language, "pace": PACE, "lines": talk.lines}
    request.write_text(json.dumps(wanted), encoding="utf-8")
    answer = _run([sys.executable, "-I", VOICE, str(request), str(sound)], beat)
    return [(begin, end) for begin, end in json.loads(answer)]


def _begins(talk: Talk, times: Sequence[tuple[int, int]]) -> list[int]:
    """When each slide is shown: as its first sentence begins."""
    begins, at = [], 0
    for slide in talk.slides:
        begins.append(times[at][0])
        at += len(slide.said)
    return begins


def _film(slides: list[Path], lasts: list[int], sound: Path, path: Path, beat: Beat) -> None:
    pictures = path.with_suffix(".txt")
    lines = [f"file '{one.name}'\nduration {last / 1000:.3f}\n"
             for one, last in zip(slides, lasts, strict=True)]  # fmt: skip
    pictures.write_text("".join([*lines, f"file '{slides[-1].name}'\n"]), encoding="utf-8")
    _run(
        [tools.ffmpeg(), "-nostdin", "-hide_banner", "-loglevel", "error", "-y",
         "-f", "concat", "-safe", "0", "-i", str(pictures), "-i", str(sound),
         "-map", "0:v", "-map", "1:a", "-vf", f"fps={FPS},format=yuv420p", "-r", str(FPS),
         "-c:v", "libx264", "-preset", "veryfast", "-tune", "stillimage", "-crf", "26",
         "-g", str(FPS * 6), "-threads", "2", "-c:a", "aac", "-b:a", "48k", "-ar", "24000",
         "-t", f"{sum(lasts) / 1000:.3f}", "-fflags", "+bitexact", "-movflags", "+faststart",
         str(path)],
        beat,
    )  # fmt: skip


def _run(command: Sequence[str], beat: Beat) -> bytes:
    ended = running.run(command, limits=Limits(seconds=SECONDS), beat=beat)
    if ended.status:
        message = f"{Path(command[0]).name} ended with {ended.status}: {ended.errors[-400:]!r}"
        raise RuntimeError(message)
    return bytes(ended.answer)
