"""Certificate numbers: random, checkable by hand, forgiving when typed.

A number is eleven random characters and one check character, written in groups of four
(`7K4P-QM2X-9TRD`). The alphabet of thirty leaves out what the eye confuses: 0, O, 1, I, L and U.
Eleven characters hold 11 * log2(30) = 53.98 random bits, which is enough only behind a rate limit.

The check character is that of Damm's scheme (H. M. Damm, "Total anti-symmetrische Quasigruppen",
Marburg 2004). Such a scheme exists for thirty characters because it exists for ten and for three
and the product of two keeps the property. It catches **every** single wrong character and **every**
swap of two neighbours; ISO 7064 MOD 31,30 would let 60 of 26,100 swaps pass. It does not catch
everything else: two or more wrong characters pass once in thirty, and swaps of characters that do
not stand side by side pass about once in six.
"""

import itertools
import re
import unicodedata
from functools import reduce
from typing import ClassVar

from events.kernel import chance
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4

# What a reader may have meant by a character that never occurs.
LOOKALIKES = {"0": "DQ", "O": "DQ", "1": "J7T", "I": "J7T", "L": "J7T", "U": "V"}

# A keyboard set to Cyrillic or Greek has keys that look like the printed letter.
_SAME_SHAPE = str.maketrans("АВЕЅЈКМНРСТУХЗΑΒΕΖΗΚΜΝΡΤΥΧІОΙΟ", "ABESJKMHPCTYX3ABEZHKMNPTYXIOIO")

_MOST_DOUBTS = 3

_TEN = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


class NumberMistyped(DomainError):
    """What was typed is no certificate number; the subclasses say what is wrong with it."""

    code: ClassVar[str] = "number_mistyped"
    status: ClassVar[int] = 422


class NumberIncomplete(NumberMistyped):
    """Too few or too many characters; data: `typed` (how many there are)."""

    code = "number_incomplete"
    sentence = gettext_noop("A certificate number has 12 characters. You typed %(typed)s.")


class CharacterUnknown(NumberMistyped):
    """A character that no number contains; data: `character`, `position` (from 1)."""

    code = "number_character"
    sentence = gettext_noop(
        "Character %(position)s, “%(character)s”, never occurs in a certificate number."
        " Look at the paper again."
    )


class CheckFailed(NumberMistyped):
    """Every character is possible, but together they do not fit; no data."""

    code = "number_check"
    sentence = gettext_noop("At least one character differs from the paper. Compare them again.")


def draw() -> str:
    """A new number, grouped, from the system's random source. Uniqueness is the table's task."""
    body = chance.letters(ALPHABET, LENGTH - 1)
    return grouped(body + check_character(body))


def check_character(body: str) -> str:
    """The character that completes `body`, characters of the alphabet without dashes."""
    return ALPHABET[_state(body)]


def is_number(text: str) -> bool:
    """Whether `text` is a number exactly as `draw` writes it."""
    plain = text.replace("-", "")
    possible = len(plain) == LENGTH and set(plain) <= set(ALPHABET)
    return possible and text == grouped(plain) and _state(plain) == 0


def grouped(plain: str) -> str:
    """Twelve characters as three groups of four."""
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))


def normalise(typed: str) -> str:
    """The number a person meant, grouped; raises a subclass of NumberMistyped.

    Takes lower case, full-width forms, any spaces and dashes or none, letters of a Cyrillic or Greek
    keyboard with the same shape, and the whole address of the check page. A character that never
    occurs (0, O, 1, I, L, U) is read as the one it looks like when the check character leaves exactly one
    reading; no other character is ever changed.
    """
    plain = _bare(typed)
    if len(plain) != LENGTH:
        raise NumberIncomplete(typed=len(plain))
    doubts = [at for at, character in enumerate(plain) if character not in ALPHABET]
    for at in doubts:
        if plain[at] not in LOOKALIKES:
            raise CharacterUnknown(character=plain[at], position=at + 1)
    readings = _readings(plain) if len(doubts) <= _MOST_DOUBTS else []
    if len(readings) == 1:
        return grouped(readings[0])
    if doubts:
        raise CharacterUnknown(character=plain[doubts[0]], position=doubts[0] + 1)
    raise CheckFailed


def _bare(typed: str) -> str:
    address = re.split(r"[?#]", typed.strip())[0]
    last = address.rstrip("/").rsplit("/", maxsplit=1)[-1].replace("\N{MINUS SIGN}", "")
    shapes = unicodedata.normalize("NFKC", last).upper().translate(_SAME_SHAPE)
    return "".join(each for each in shapes if unicodedata.category(each)[0] in "LNS")


def _readings(plain: str) -> list[str]:
    choices = [LOOKALIKES.get(character, character) for character in plain]
    return [text for text in map("".join, itertools.product(*choices)) if _state(text) == 0]


def _product(left: int, right: int) -> int:
    """Damm's table of ten times the anti-symmetric table `2x + y` of three."""
    return _TEN[left // 3][right // 3] * 3 + (2 * (left % 3) + right % 3) % 3


def _state(text: str) -> int:
    return reduce(_product, map(ALPHABET.index, text), 0)
