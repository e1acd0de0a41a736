"""What is in a file: found by a process of its own, which may crash or hang without harm."""

import json
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from events.kernel.errors import BadInput, DomainError
from events.kernel.words import gettext_noop
from recordings.media import running
from recordings.media.running import MEBIBYTE, Beat, Limits, TookTooLong

PROBER = str(Path(__file__).with_name("prober.py"))
SECONDS = 120
SLOWEST = 20 * MEBIBYTE  # bytes per second that a disk is expected to give at least
MEMORY = 2048 * MEBIBYTE
LONGEST_MS = 12 * 3600 * 1000
LONGER_SIDE, SHORTER_SIDE = 4096, 2304


@dataclass(frozen=True)
class Facts:
    """What is in a playable file. `video` and `audio` name codecs, empty where there is none.

    Width and height are as shown, turned and with square points; `fps` is the average, 0 where it
    is not known; `bit_rate` is of the whole file, in bits per second, and `audio_bits` of its sound,
    0 where the file does not say.
    """

    duration_ms: int
    container: str
    bit_rate: int
    width: int = 0
    height: int = 0
    fps: float = 0.0
    video: str = ""
    audio: str = ""
    pixels: str = ""
    rotation: int = 0
    square: bool = True
    interlaced: bool = False
    audio_profile: str = ""
    audio_bits: int = 0

    def as_dict(self) -> dict[str, object]:
        """For `Original.facts`."""
        return asdict(self)


class NoMedium(BadInput):
    """The file cannot be played."""

    code = "no_medium"
    sentence = gettext_noop(
        "This file is neither a film nor a sound that can be played. Save it as MP4 and try again."
    )


class EmptyFile(BadInput):
    """The file has no content."""

    code = "empty_file"
    sentence = gettext_noop("This file is empty. Choose the recording itself.")


class StillPicture(BadInput):
    """The file is a picture."""

    code = "still_picture"
    sentence = gettext_noop("This file is a picture. Choose a film or a sound.")


class LockedFile(BadInput):
    """The file is encrypted."""

    code = "locked_file"
    sentence = gettext_noop(
        "This file is protected against copying. Choose one without protection."
    )


class TooLong(BadInput):
    """The file plays for more than twelve hours."""

    code = "recording_too_long"
    sentence = gettext_noop("This recording is longer than 12 hours. Cut it into pieces first.")


class TooWide(BadInput):
    """The picture is larger than 4K."""

    code = "picture_too_large"
    sentence = gettext_noop("The picture is larger than 4K. Save the film in a smaller size first.")


REFUSALS: dict[str, type[DomainError]] = {
    "empty": EmptyFile, "picture": StillPicture, "locked": LockedFile, "unreadable": NoMedium,
}  # fmt: skip


def look(path: Path, *, seconds: float = SECONDS, beat: Beat | None = None) -> Facts:
    """Look into a file; raises a BadInput that says why it cannot be played, or TookTooLong.

    Files without an index are read to their end, so large ones get more than `seconds`. `beat` is
    called about twice a second.
    """
    seconds += Path(path).stat().st_size / SLOWEST
    limits = Limits(seconds=seconds, memory=MEMORY, nice=5)
    ended = running.run([sys.executable, "-I", PROBER, str(path)], limits=limits, beat=beat)
    if ended.status or not ended.answer:
        raise NoMedium
    found = json.loads(ended.answer)
    if refused := found.get("refused"):
        raise REFUSALS[refused]
    return _checked(
        Facts(**{one.name: found[one.name] for one in fields(Facts) if one.name in found})
    )


def _checked(facts: Facts) -> Facts:
    if facts.duration_ms <= 0:
        raise NoMedium
    if facts.duration_ms > LONGEST_MS:
        raise TooLong
    sides = sorted((facts.width, facts.height))
    if sides[0] > SHORTER_SIDE or sides[1] > LONGER_SIDE:
        raise TooWide
    return facts


__all__ = ["Facts", "NoMedium", "TookTooLong", "look"]
