"""Telephone numbers, meeting numbers and passcodes of an invitation, told apart by their shape.

A number has a + in front or stands in a `tel:` link. What ends in # is a code for the telephone. A
meeting number follows a colon and has nine digits and more; a passcode follows it, after a colon too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from integrations.pasted.finding import without_links

LONGEST = 400
SHORTEST_NUMBER, LONGEST_NUMBER = 7, 15
GAP = r"[ ().\-/‐-―]{0,3}"
NUMBER = re.compile(rf"(?<![\w+])\+(?:{GAP}\d){{7,22}}")
TEL = re.compile(r"tel:(?://)?([+\d][\d+().\- ]{5,24}\d)((?:[,;pxw]+\*?\d+#?)*)", re.IGNORECASE)
DIALLED = re.compile(r"[,;pxw]+(\*?)(\d+)#?", re.IGNORECASE)
HASH = re.compile(r"(?<![\w+*#])(\d(?:[ \-]?\d){3,20})[ ]?#")
MEETING = re.compile(r"[:：]\s*([1-9]\d(?:[ \-]?\d){7,14})\s*$")
PASSCODE = re.compile(r"[:：]\s*(\S{4,24})(?:\s*\((\d{4,12})\b[^)]*\))?\s*$")
ACCESS = re.compile(r"[:：]\s*((?=[A-Za-z]*\d)[A-Za-z0-9]{6})\s*$")
PIECES = re.compile(r"\t|[;|·•]| {3,}|,(?=\s)")
BOTH = re.compile(r"(\d)[ ]+(?=[^\d\s:：][^:：]{2,40}[:：]\s*\S{4,24}\s*$)")
NEAR = 3


@dataclass(frozen=True)
class Line:
    """Numbers to dial, codes for the telephone, the meeting's number and its passcodes."""

    numbers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    meeting: str = ""
    passcodes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As people read it; numbers that do not fit are left out whole, codes never."""
        codes = [f"{code}#" for code in self.codes]
        codes += [f"ID {self.meeting}"] if self.meeting else []
        codes += [f"PIN {', '.join(self.passcodes)}"] if self.passcodes else []
        rest = " · ".join(codes)[:LONGEST]
        numbers: list[str] = []
        for one in self.numbers:
            if len(", ".join([*numbers, one])) + len(rest) + 3 > LONGEST:
                break
            numbers.append(one)
        return " · ".join(one for one in (", ".join(numbers), rest) if one)


def digits(text: str) -> str:
    """The digits alone."""
    return "".join(letter for letter in text if letter.isdecimal())


def read(text: str, *, number: str = "", access: bool = False) -> Line:
    """What a `plain` text says; `number` is the meeting's number where the link holds it.

    `access` looks for the six characters that rooms of BigBlueButton ask for.
    """
    numbers, dialled, starred, rows = _dialled(without_links(text).splitlines())
    pieces = [piece.strip() for row in rows for piece in PIECES.split(BOTH.sub("\\1\t", row))]
    pieces = [piece for piece in pieces if piece]
    meeting, passcodes = _meeting(pieces, number)
    if access and not passcodes:
        passcodes = [code for piece in pieces for code in ACCESS.findall(piece)][:1]
    codes = [*dialled, *(" ".join(one.split()) for row in rows for one in HASH.findall(row))]
    known = {digits(meeting), *map(digits, passcodes)}
    return Line(
        _once(numbers), _once(code for code in codes if digits(code) not in known), meeting,
        tuple(dict.fromkeys([*passcodes, *starred])),
    )  # fmt: skip


def _dialled(lines: Iterable[str]) -> tuple[list[str], list[str], list[str], list[str]]:
    """Numbers, codes behind them, passcodes behind a star, and the lines without all these."""
    numbers: list[str] = []
    codes: list[str] = []
    starred: list[str] = []
    rows = []
    for line in lines:
        for found, after in _numbers(line):
            numbers.append(found)
            for star, code in DIALLED.findall(after):
                (starred if star else codes).append(code)
        rows.append(NUMBER.sub(" ", TEL.sub(" ", line)) if "+" in line or "tel:" in line else line)
    return numbers, codes, starred, rows


def _numbers(line: str) -> Iterator[tuple[str, str]]:
    for found in TEL.finditer(line):
        yield " ".join(found[1].split()), found[2]
    line = TEL.sub(" ", line)
    for found in NUMBER.finditer(line):
        number, rest = _cut(found[0])
        behind = re.match(r"(?:[ ]?[,;pxw]+\*?\d+#?)+", line[found.end() :], re.IGNORECASE)
        if len(digits(number)) >= SHORTEST_NUMBER:
            yield " ".join(number.split()), f",{rest}" if rest else behind[0] if behind else ""


def _cut(text: str) -> tuple[str, str]:
    """No number of the world has more than fifteen digits: what follows is a code (E.164)."""
    if len(digits(text)) <= LONGEST_NUMBER:
        return text, ""
    head, _, tail = text.rpartition(" ")
    return (head, digits(tail)) if head else (text, "")


def _meeting(pieces: list[str], number: str) -> tuple[str, list[str]]:
    """The meeting's number as it is written, and the passcodes that follow it."""
    for place, piece in enumerate(pieces):
        found = MEETING.search(piece)
        if not found:
            continue
        passcodes = _passcodes(pieces[place + 1 : place + 1 + NEAR])
        if passcodes or digits(found[1]) == number:
            return " ".join(found[1].split()), passcodes
    return "", []


def _passcodes(pieces: list[str]) -> list[str]:
    for piece in pieces:
        if MEETING.search(piece) or "#" in piece:
            continue
        if found := PASSCODE.search(piece):
            return [one for one in found.groups() if one]
    return []


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each number once, in the way of writing that is easiest to read."""
    best: dict[str, str] = {}
    for one in texts:
        best[digits(one)] = max(best.get(digits(one), ""), one, key=len)
    return tuple(best.values())
