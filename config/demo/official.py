"""Invented official identifiers with right check digits, by scheme."""

import random
from collections.abc import Callable

from stdnum.iso7064 import mod_11_10
from stdnum.it import codicefiscale
from stdnum.pt import nif
from stdnum.si import emso

VOWELS = "AEIOU"
MONTHS = "ABCDEHLMPRST"


def identifier(scheme: str, source: random.Random, *, name: str, woman: bool) -> str:
    """A value of a scheme for somebody; the same source gives the same values."""
    return MAKERS[scheme](source, name, woman)


def _digits(source: random.Random, count: int) -> str:
    return "".join(str(source.randrange(10)) for _ in range(count))


def _born(source: random.Random) -> tuple[int, int, int]:
    return source.randrange(1962, 2000), source.randrange(1, 13), source.randrange(1, 29)


def _oib(source: random.Random, _name: str, _woman: bool) -> str:  # noqa: FBT001  one shape for all
    body = _digits(source, 10)
    return body + mod_11_10.calc_check_digit(body)


def _belgian(source: random.Random, _name: str, _woman: bool) -> str:  # noqa: FBT001
    year, month, day = _born(source)
    body = f"{year % 100:02}{month:02}{day:02}{source.randrange(1, 998):03}"
    return f"{body}{97 - int(body) % 97:02}"


def _czech(source: random.Random, _name: str, woman: bool) -> str:  # noqa: FBT001
    year, month, day = _born(source)
    body = f"{year % 100:02}{month + 50 * woman:02}{day:02}{source.randrange(1000):03}"
    return f"{body}{int(body) % 11 % 10}"


def _hungarian(source: random.Random, name: str, woman: bool) -> str:  # noqa: FBT001
    body = "7" + _digits(source, 9)
    check = sum(place * int(digit) for place, digit in enumerate(body, start=1)) % 11
    return f"{body}{check}" if check < 10 else _hungarian(source, name, woman)  # noqa: PLR2004


def _italian(source: random.Random, name: str, woman: bool) -> str:  # noqa: FBT001
    year, month, day = _born(source)
    first, _, last = name.partition(" ")
    town = f"{source.choice('ABCDEFGHL')}{source.randrange(1, 999):03}"
    born = f"{year % 100:02}{MONTHS[month - 1]}{day + 40 * woman:02}"
    body = f"{_three(last)}{_three(first)}{born}{town}"
    return body + codicefiscale.calc_check_digit(body)


def _three(word: str) -> str:
    letters = [sign for sign in word.upper() if sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    ordered = sorted(letters, key=lambda sign: sign in VOWELS)
    return "".join([*ordered, "X", "X", "X"][:3])


def _portuguese(source: random.Random, _name: str, _woman: bool) -> str:  # noqa: FBT001
    body = source.choice("12") + _digits(source, 7)
    return body + nif.calc_check_digit(body)


def _albanian(source: random.Random, _name: str, _woman: bool) -> str:  # noqa: FBT001
    letters = "ABCDEFGHIJKLMNOPQRSTUVW"
    return f"{source.choice(letters[6:10])}{_digits(source, 8)}{source.choice(letters)}"


def _unique_citizen(regions: range) -> Callable[[random.Random, str, bool], str]:
    def make(source: random.Random, _name: str, woman: bool) -> str:  # noqa: FBT001
        year, month, day = _born(source)
        number = source.randrange(500) + 500 * woman
        body = f"{day:02}{month:02}{year % 1000:03}{source.choice(regions):02}{number:03}"
        return body + emso.calc_check_digit(body)

    return make


MAKERS: dict[str, Callable[[random.Random, str, bool], str]] = {
    "hr.oib": _oib, "be.nn": _belgian, "cz.rc": _czech, "hu.om": _hungarian, "it.cf": _italian,
    "pt.nif": _portuguese, "al.nid": _albanian, "mk.embg": _unique_citizen(range(41, 50)),
    "rs.jmbg": _unique_citizen(range(71, 80)),
}  # fmt: skip
