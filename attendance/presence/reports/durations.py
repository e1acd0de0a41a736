"""Lengths of time as services print them, in any language, checked against the clock."""

import re
from dataclasses import dataclass
from itertools import combinations

from attendance.presence.reports import labels, timewords

_PAIR = re.compile(r"(\d+)\s*([^\W\d_]*)\.?")
_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_SECONDS_SLACK = 2
_UNITS = 3
_DIGITS = 5


@dataclass(frozen=True)
class Stated:
    """A printed length: the seconds it can mean, and how far the clock may honestly differ."""

    text: str
    readings: tuple[int, ...]
    slack: int

    def agrees(self, seconds: float, *, coarse: bool = False) -> bool:
        """Whether one reading is the length the clock shows; a coarse clock prints no seconds."""
        slack = max(self.slack, 60) if coarse else self.slack
        return any(abs(reading - seconds) <= slack for reading in self.readings)

    def nearest(self, seconds: float) -> int:
        """The reading closest to the clock; the only one where the words are known."""
        return min(self.readings, key=lambda reading: abs(reading - seconds))


def parse(text: str) -> Stated | None:
    """The length printed in a cell, or None where it is anything else."""
    folded = labels.fold(text)
    clock = _CLOCK.fullmatch(folded)
    if clock:
        return _from_clock(folded, clock)
    pairs = _PAIR.findall(folded)
    leftover = _PAIR.sub("", folded).strip(" .,")
    if (
        not 0 < len(pairs) <= _UNITS
        or leftover
        or any(len(number) > _DIGITS for number, _ in pairs)
    ):
        return None
    if [unit for _, unit in pairs] == [""]:
        return Stated(text, (int(folded) * 60,), 60)
    return _from_pairs(text, [(int(number), unit) for number, unit in pairs])


def _from_clock(text: str, found: "re.Match[str]") -> Stated:
    one, two, three = int(found[1]), int(found[2]), found[3]
    if three is not None:
        return Stated(text, (one * 3600 + two * 60 + int(three),), _SECONDS_SLACK)
    return Stated(text, (one * 60 + two, one * 3600 + two * 60), _SECONDS_SLACK)


def _from_pairs(text: str, pairs: list[tuple[int, str]]) -> Stated | None:
    """Units always stand from hours to seconds, which says more than an unknown word does."""
    readings = []
    finest = 3600
    for sizes in combinations((3600, 60, 1), len(pairs)):
        known = [
            timewords.UNITS.get(unit, size) for (_, unit), size in zip(pairs, sizes, strict=True)
        ]
        if known == list(sizes):
            readings.append(
                sum(number * size for (number, _), size in zip(pairs, sizes, strict=True))
            )
            finest = min(finest, sizes[-1])
    if not readings:
        return None
    return Stated(text, tuple(readings), _SECONDS_SLACK if finest == 1 else 60)
