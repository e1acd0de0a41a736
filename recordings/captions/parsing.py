"""Captions of any common flavour as cues: WebVTT, SubRip, SBV, exports of video services.

The file's times are brought to one form, then `webvtt-py` reads it. Times are whole milliseconds
of player time. What is not captions is refused with a reason; a cue is never left out in silence.
"""

import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import webvtt

from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop

MOST_BYTES = 8 * 1024 * 1024
MOST_CUES = 30_000
# A cue that ends before it starts is shown for as long as it takes to read a short line.
SHORT = 2_000
TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
TIMES = re.compile(rf"^\s*{TIME}\s*(?:-->|,)\s*{TIME}(?:\s.*)?$")
SPEAKER = re.compile(r"^([^\W\d_][^:<>\n]{0,58}?)\s*:\s+(\S.*)$", re.DOTALL)
MARKS = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,80}\}")


class NotCaptions(BadInput):
    """There is no line with times in the file."""

    code = "not_captions"
    sentence = gettext_noop(
        "There are no captions in this file. Export them as VTT or SRT, then add them again."
    )


class CaptionsTooLong(BadInput):
    """More than any recording can hold."""

    code = "captions_too_long"
    sentence = gettext_noop("This file is too long for captions. Export only the captions.")


@dataclass(frozen=True)
class Line:
    """One cue: [start, end) in milliseconds, who speaks where the file says so, and the words."""

    start: int
    end: int
    text: str
    speaker: str = ""


@dataclass(frozen=True)
class Parsed:
    """The cues of a file in order of time, and remarks about it as codes."""

    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = ()


def parse(content: bytes) -> Parsed:
    """Read captions of any flavour; raises NotCaptions or CaptionsTooLong."""
    if len(content) > MOST_BYTES:
        raise CaptionsTooLong
    text, guessed = _decoded(content)
    body = _one_form(text.replace("\0", ""))
    if body is None:
        raise NotCaptions
    try:
        found = [_line(cue) for cue in webvtt.from_buffer(io.StringIO(body), format="vtt").captions]
    except webvtt.errors.MalformedFileError as error:
        raise NotCaptions from error
    lines = sorted((line for line in found if line.text), key=lambda line: (line.start, line.end))
    if not lines:
        raise NotCaptions
    if len(lines) > MOST_CUES:
        raise CaptionsTooLong
    remarks = (("alphabet_guessed", guessed), ("lines_without_times", _timeless(body)))
    return Parsed(tuple(_spoken(lines)), tuple(code for code, true in remarks if true))


def _decoded(content: bytes) -> tuple[str, bool]:
    """The text, and whether the alphabet had to be guessed."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace"), False
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return _old_alphabet(content), True


def _old_alphabet(content: bytes) -> str:
    """Files older than Unicode: Cyrillic words have no plain letters, Latin ones mostly do."""
    cyrillic = content.decode("cp1251", errors="replace")
    words = [word for word in re.findall(r"[^\W\d_]+", cyrillic) if not word.isascii()]
    whole = sum(all(not letter.isascii() for letter in word) for word in words)
    return cyrillic if 2 * whole > len(words) else content.decode("cp1250", errors="replace")


def _one_form(text: str) -> str | None:
    """The file as WebVTT with plain times and without headers; None when no line has times."""
    out: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if (match := TIMES.match(line)) is None:
            if out:
                out.append("" if line.startswith(("NOTE ", "STYLE", "REGION")) else line.rstrip())
            continue
        _drop_name(out)
        out += ["", f"{_time(match.groups()[:4])} --> {_time(match.groups()[4:])}"]
    return "WEBVTT\n" + "\n".join(out) + "\n" if out else None


def _drop_name(out: list[str]) -> None:
    """Take away the number or name of the coming cue, which stands alone above its times."""
    if out and out[-1] and (out[-1].strip().isdecimal() or (len(out) > 1 and not out[-2])):
        out.pop()


def _time(parts: tuple[str | None, ...]) -> str:
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    return f"{int(hours):02}:{int(minutes):02}:{seconds}.{rest.ljust(3, '0')}"


def _line(cue: webvtt.Caption) -> Line:
    start, end = _ms(cue.start), _ms(cue.end)
    words = html.unescape(MARKS.sub("", cue.text)).replace("\u200b", "")
    text = "\n".join(part.strip() for part in words.split("\n") if part.strip())
    return Line(
        start, end if end > start else start + SHORT, text, " ".join((cue.voice or "").split())
    )


def _ms(stamp: str) -> int:
    hours, minutes, seconds = stamp.split(":")
    whole, _, rest = seconds.partition(".")
    return ((int(hours) * 60 + int(minutes)) * 60 + int(whole)) * 1000 + int(rest)


def _spoken(lines: list[Line]) -> Iterator[Line]:
    """Take "Name: text" apart, if that is how this file says who speaks, not a chance colon."""
    named = [SPEAKER.match(line.text) for line in lines]
    few = {match[1] for match in named if match}
    mostly = sum(match is not None for match in named) >= 0.7 * len(lines)
    sure = mostly and (len(few) < len(lines) or len(lines) <= 3)  # noqa: PLR2004
    for line, match in zip(lines, named, strict=True):
        if sure and match and not line.speaker:
            yield replace(line, speaker=" ".join(match[1].split()), text=match[2])
        else:
            yield line


def _timeless(body: str) -> bool:
    """Whether a paragraph stands without times, so that nobody knows when it is said."""
    paragraphs = [part for part in body.removeprefix("WEBVTT\n").split("\n\n") if part.strip()]
    return any("-->" not in part and not part.startswith("NOTE") for part in paragraphs)


def unrolled(lines: Sequence[Line]) -> list[Line]:
    """Without the lines that automatic captions repeat while they roll up.

    A cue that says nothing new makes the one before longer. In other files a person may well say
    the same twice.
    """
    pairs = list(pairwise(line.text.split("\n") for line in lines))
    again = sum(two[0] == one[-1] for one, two in pairs)
    if not any(len(two) > 1 for _one, two in pairs) or again < 0.3 * len(pairs):
        return list(lines)
    kept = [lines[0]]
    for line, (before, parts) in zip(lines[1:], pairs, strict=True):
        fresh = parts[1:] if parts[0] == before[-1] else parts
        if fresh:
            kept.append(replace(line, text="\n".join(fresh)))
        else:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, line.end))
    return kept
