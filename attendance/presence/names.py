"""Names made comparable across scripts, marks, titles and devices."""

import re
import unicodedata

_CYRILLIC = {
    **dict(zip("абвгдезијклмнопрстуфхц", "abvgdezijklmnoprstufhc", strict=True)),
    "ж": "ž",
    "ч": "č",
    "ш": "š",
    "ђ": "đ",
    "љ": "lj",
    "њ": "nj",
    "ћ": "ć",
    "џ": "dž",
    "ѓ": "gj",
    "ќ": "kj",
    "ѕ": "dz",
    "ѐ": "e",
    "ѝ": "i",
    "й": "j",
    "щ": "št",
    "ъ": "a",
    "ы": "y",
    "ь": "",
    "э": "e",
    "ю": "ju",
    "я": "ja",
    "ё": "jo",
    "і": "i",
    "ї": "ji",
    "є": "je",
    "ґ": "g",
}
_LETTERS = {"đ": "dj", "ð": "dj", "ł": "l", "ø": "o", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe"}
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
_MARKS = re.compile(r"[^\w\s]|_")
_TITLES = "prof profesor profesorica dr mr mrs ms sc mag msc bsc ing dipl ma ba phd doc akad mgr bc"
_DEVICES = "iphone ipad galaxy samsung huawei xiaomi redmi android phone telefon mobitel tablet"
_ADDITIONS = "laptop pc macbook desktop host guest external unverified ext gost vanjski"
_NOISE = frozenset(f"{_TITLES} {_DEVICES} {_ADDITIONS}".split())
_DEVICE_OF = re.compile(
    r"\b(?:iphone|ipad|galaxy|huawei|xiaomi|telefon|laptop)\s+(?:of|von|de|od)\b"
)


def letters(name: str) -> str:
    """The name letter for letter: case, spaces, the order of words and a comma between do not matter.

    Marks and the script do: Kovačević and Kovacevic may be two people.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    shown = "".join(one for one in folded if one.isspace() or unicodedata.category(one) != "Cf")
    return " ".join(sorted(shown.replace(",", " ").split()))


def normal(name: str) -> str:
    """The name for comparing: Latin letters, no marks, brackets, titles, devices, numbers; sorted."""
    text = unicodedata.normalize("NFC", name).casefold()
    words = _words(_DEVICE_OF.sub(" ", _BRACKETS.sub(" ", text)))
    return " ".join(sorted(word for word in words if word not in _NOISE and not word.isdecimal()))


def _words(folded: str) -> list[str]:
    text = "".join(_CYRILLIC.get(letter, letter) for letter in folded)
    text = "".join(_LETTERS.get(letter, letter) for letter in text)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _MARKS.sub(" ", text.replace("'", "")).replace("gj", "dj").split()
