"""Dates with times as services print them."""

import re
from dataclasses import dataclass
from datetime import time, timedelta

from attendance.presence.reports import labels, timewords

_LARGEST_OFFSET = timedelta(hours=14)
_NOON = 12
_DATE_DIGITS = {(4, 1), (4, 2), (1, 2), (2, 2), (1, 4), (2, 4)}
_LONGEST_TEXT = 60

_DATE = re.compile(r"(?<!\d)(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?!\d)")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})(?:[:.h])(\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?(?!\d)"
    r"\s*(z$|[+-]\d{2}:?\d{2}$)?"
)
_WORD = r"([^\W\d_]+)\.?"
_NAMED = (
    (
        re.compile(rf"(?<!\d)(\d{{1,2}})\.?\s+(?:de\s+)?{_WORD},?\s+(?:de\s+)?(\d{{4}})(?!\d)"),
        "dmy",
    ),
    (re.compile(rf"{_WORD}\s+(\d{{1,2}}),?\s+(\d{{4}})(?!\d)"), "mdy"),
)


@dataclass(frozen=True)
class Stamp:
    """A printed instant. `numbers` are the three parts of the date as printed, None without one."""

    text: str
    numbers: tuple[int, int, int] | None
    clock: time
    marker: str
    offset: timedelta | None
    shape: tuple[str, ...]
    padded: bool

    @property
    def coarse(self) -> bool:
        """Whether no seconds are printed, as after saving from a spreadsheet."""
        return "s" not in self.shape


def parse(text: str, *, bare: bool = False) -> Stamp | None:
    """The stamp in a cell, or None where it is anything else; `bare` accepts a time alone."""
    if not any(character.isdecimal() for character in text) or len(text) > _LONGEST_TEXT:
        return None
    folded = labels.fold(text)
    numbers, rest, shape = _date_of(folded)
    found = _TIME.search(rest)
    if found is None or (numbers is None and not (bare and _bare_time(rest))):
        return None
    words = rest[: found.start()] + " " + rest[found.end() :]
    marker = _marker(words)
    clock = _clock(found, marker)
    offset = _offset(found[5])
    if clock is None or marker is None or (offset and abs(offset) > _LARGEST_OFFSET):
        return None
    shape = (*shape, "12" if marker else "24", "s" if found[3] else "", "z" if found[5] else "")
    return Stamp(text, numbers, clock, marker, offset, shape, _padded(folded))


def _bare_time(rest: str) -> bool:
    return bool(re.fullmatch(r"\D{0,14}\d{1,2}:\d{2}(:\d{2})?\D{0,14}", rest))


def _date_of(folded: str) -> tuple[tuple[int, int, int] | None, str, tuple[str, ...]]:
    """The three numbers, the text without them, and the shape every stamp of a file shares."""
    found = _DATE.search(folded)
    if found:
        one, two, three = found[1], found[3], found[4]
        if (len(one), len(three)) not in _DATE_DIGITS:
            return None, folded, ()
        rest = folded[: found.start()] + " " + folded[found.end() :].removeprefix("t").lstrip(".")
        rest = f" {rest.strip(' ,')}"
        shape = (found[2], str(max(len(one), 2)), str(max(len(three), 2)))
        return (int(one), int(two), int(three)), rest, shape
    return _named_date(folded)


def _named_date(folded: str) -> tuple[tuple[int, int, int] | None, str, tuple[str, ...]]:
    for pattern, order in _NAMED:
        named = pattern.search(folded)
        if named and (named[2] if order == "dmy" else named[1]) in timewords.MONTHS:
            day, word = (named[1], named[2]) if order == "dmy" else (named[2], named[1])
            numbers = (int(named[3]), timewords.MONTHS[word], int(day))
            rest = folded[: named.start()] + " " + folded[named.end() :]
            return numbers, rest, ("named", "4", "2")
    return None, folded, ("time",)


def _marker(words: str) -> str | None:
    """am, pm or nothing; None where a word is not understood."""
    joined = re.sub(r"[.,()|]", "", words).split()
    together = "".join(joined)
    for spoken in (together, *joined):
        if spoken in timewords.AM and spoken not in timewords.DATE_FILLERS:
            return "am"
        if spoken in timewords.PM and spoken not in timewords.DATE_FILLERS:
            return "pm"
    unknown = [word for word in joined if word not in timewords.DATE_FILLERS | {"utc", "gmt", "e"}]
    return None if unknown else ""


def _clock(found: "re.Match[str]", marker: str | None) -> time | None:
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if marker == "pm" and hour < _NOON:
        hour += _NOON
    elif marker == "am":
        if hour > _NOON:
            return None
        hour %= _NOON
    try:
        return time(hour, minute, second, int((found[4] or "0").ljust(6, "0")[:6]))
    except ValueError:
        return None


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text == "z":
        return timedelta(0)
    digits = text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -shift if text[0] == "-" else shift


def _padded(folded: str) -> bool:
    return not re.search(r"(?<!\d)\d(?!\d)\s*[./-]|[./-]\s*\d(?!\d)", folded)
