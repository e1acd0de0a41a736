"""What a reader may choose from before a byte is loaded: sizes with their true weight, and one to play."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from recordings.library.models import Rendition
from recordings.library.naming import words
from recordings.library.queries import Shown

TEXT = "text"
NAMES = Rendition.Name


@dataclass(frozen=True)
class Choice:
    """One way to take in a recording, and how many bytes it costs."""

    code: str
    words: str
    size: int
    current: bool


@dataclass(frozen=True)
class Source:
    """An address of what is played, and its type with codecs (RFC 6381)."""

    href: str
    kind: str


@dataclass(frozen=True)
class Player:
    """The media element of a page: `video` or `audio`, and its sources, the best for a poor line first."""

    element: str
    sources: tuple[Source, ...]
    stream: str
    width: int
    height: int


def chosen(shown: Shown, wanted: str, *, low: bool) -> str:
    """The code of the size to play: the wanted one, else the usual, else what there is; "" for none."""
    there = [row.name for row in shown.renditions]
    usual = (NAMES.AUDIO, NAMES.SMALL) if low else (NAMES.STANDARD, NAMES.SMALL, NAMES.AUDIO)
    return next((name for name in (wanted, *usual) if name in there), "")


def choices(shown: Shown, current: str, *, text_bytes: int) -> list[Choice]:
    """All sizes that are ready, the largest first, and the text where there is any."""
    found = [
        Choice(row.name, words(row), row.stream_bytes, row.name == current)
        for row in reversed(shown.renditions)
    ]
    if text_bytes:
        found.append(Choice(TEXT, _("Text only"), text_bytes, current=False))
    return found


def player(row: Rendition, *, folder: str, seconds: int) -> Player:
    """How a size is played from the files in `folder`, from a second on.

    The stream comes first: a browser that knows HLS starts it after a few kilobytes, while the plain
    file of an hour begins with a megabyte of index (RFC 8216; docs/decisions/0022).
    """
    sound = row.name == NAMES.AUDIO
    part = f"#t={seconds}" if seconds else ""
    sources = (
        Source(f"{folder}{row.playlist}{part}", "application/vnd.apple.mpegurl"),
        Source(f"{folder}{row.download}{part}", "audio/mp4" if sound else "video/mp4"),
    )
    stream = f"{folder}{row.playlist}"
    return Player("audio" if sound else "video", sources, stream, row.width, row.height)


def download_name(slug: str, row: Rendition) -> str:
    """What a downloaded file is called on the reader's own disk."""
    return f"{slug}-{row.name}.{row.download.rpartition('.')[2]}"


def lightest(rows: Sequence[Rendition]) -> int:
    """Bytes of the smallest way to watch or hear."""
    return min((row.stream_bytes for row in rows), default=0)
