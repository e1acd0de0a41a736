"""Bytes to letters: marks first, then UTF-8, then the three Windows code pages, judged."""

import codecs
import re

from events.kernel.words import Reason
from events.networks.rosters.sentences import TableRefused

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODE_PAGES = ("windows-1252", "windows-1250", "windows-1251")
_VOWELS = set("aeiouyáéíóúýâêîôûàèìòùäëïöüåæøœãõěăęąőűůаеиоуыэюя")
_EVERYDAY = {
    "windows-1250": set(
        "čćđšžČĆĐŠŽőűŐŰąęłńśźżĄĘŁŃŚŹŻěřůťďňĚŘŮŤĎŇăâîşţĂÂÎŞŢľĽĺŕáéíóúýäöüôßëçÁÉÍÓÚÝÄÖÜËÇ„“”–"
    ),
    "windows-1252": set("àâçéèêëîïôùûüœÀÂÇÉÈÊËÎÏÔÙÛÜñÑãõÃÕáíóúÁÍÓÚäöüßÄÖÜìòÌÒåæøÅÆØšžŠŽ’„“”–"),
}
_TELLING = 1.0
# Pairs that one code page makes of the other's everyday words.
_UNLIKELY = {
    "windows-1252": re.compile(
        r"õ(?!e)|ã(?![oe]|\b)|û(?![trclmn]|\b)|ñ(?![aeiou])|[êî](?=\b)", re.IGNORECASE
    ),
    "windows-1250": re.compile(r"ă(?=[oe])|ő(?=e)|ű(?=[t]\b)|ń(?=[aeou])", re.IGNORECASE),
    "windows-1251": re.compile(r"(?!)"),
}


def decode(data: bytes, encoding: str = "") -> tuple[str, str, tuple[Reason, ...]]:
    """Return text, encoding and remarks. A guess is always remarked on, with words to check.

    `encoding` is the user's choice and is taken strictly. Raises `TableRefused`.
    """
    if encoding:
        return _strictly(data, encoding), encoding, ()
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name), name, ()
    if name := _unmarked_utf16(data):
        return _strictly(data, name), name, ()
    if b"\x00" in data:
        raise TableRefused("file_not_a_table")
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _code_page(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).lstrip("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise TableRefused("encoding_unfit", encoding=encoding) from None


def _unmarked_utf16(data: bytes) -> str:
    head = data[:2000]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if not odd + even or max(odd, even) * 3 < len(head) // 2:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _code_page(data: bytes) -> tuple[str, str, tuple[Reason, ...]]:
    readings = {page: text for page in _CODE_PAGES if (text := _reading(data, page)) is not None}
    if not readings:
        raise TableRefused("encoding_unfit", encoding="windows-1252")
    scores = {page: _score(text, page) for page, text in readings.items()}
    best, *others = sorted(readings, key=lambda page: -scores[page])
    rivals = [page for page in others if readings[page] != readings[best]]
    if not rivals:
        remark = Reason("encoding_guessed", {"encoding": best, "sample": _words(readings[best])})
        return readings[best], best, () if others else (remark,)
    telling, otherwise = _samples(readings[best], readings[rivals[0]])
    values = {"encoding": best, "sample": telling}
    if scores[best] - scores[rivals[0]] < _TELLING:
        values |= {"other": rivals[0], "otherwise": otherwise}
        return readings[best], best, (Reason("encoding_uncertain", values),)
    return readings[best], best, (Reason("encoding_guessed", values),)


def _reading(data: bytes, page: str) -> str | None:
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return None
    return text


def _score(text: str, page: str) -> float:
    """How well the words of a reading hold together; 0 is no evidence."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    unlikely = len(_UNLIKELY[page].findall(text)) + _strange_signs(text)
    if page == "windows-1251":
        return sum(_cyrillic_score(word) for word in words) - unlikely
    return sum(_latin_score(word, _EVERYDAY[page]) for word in words) - unlikely


def _strange_signs(text: str) -> float:
    """Signs glued to letters, as in `Waù³êsa` for `Wałęsa`."""
    sign = "[³¹º¿ª¾¼½¯¸˝˛˙ˇ×÷¶§¤¦©®°µ·Ў‡†‰]"
    return 2.0 * len(re.findall(rf"(?<=[^\W\d_]){sign}|{sign}(?=[^\W\d_])", text))


def _cyrillic_score(word: str) -> float:
    cyrillic = sum("Ѐ" <= char <= "ӿ" for char in word)
    if cyrillic < len(word):
        return -2.0
    lower_first = word[1:] != word[1:].lower() and not word.isupper()
    return -1.0 if lower_first or (len(word) > 2 and not _VOWELS & set(word.lower())) else 1.0  # noqa: PLR2004


def _latin_score(word: str, everyday: set[str]) -> float:
    marked = sum(not char.isascii() for char in word)
    score = -3.0 if marked * 2 > len(word) > 2 else 0.0  # noqa: PLR2004  Latin words have plain letters
    for at, char in enumerate(word):
        if char.isascii():
            continue
        score += 0.5 if char in everyday else -1.5
        score += _alternation(word.lower(), at)
    mixed_case = word[1:] != word[1:].lower() and not word.isupper()
    return score - 1.0 if mixed_case else score


def _alternation(word: str, at: int) -> float:
    """Vowels like consonants beside them: `Kovač` reads better than `Kovaè`."""
    beside = [word[place] in _VOWELS for place in (at - 1, at + 1) if 0 <= place < len(word)]
    agree = sum(neighbour != (word[at] in _VOWELS) for neighbour in beside)
    return 0.6 * (2 * agree - len(beside))


def _words(text: str, limit: int = 3) -> str:
    words = (word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii())
    return ", ".join(list(dict.fromkeys(words))[:limit])


def _samples(one: str, other: str, limit: int = 3) -> tuple[str, str]:
    """Words that the two readings write differently. Code pages keep places, so words align."""
    found: dict[str, str] = {}
    for match in re.finditer(r"\S+", one):
        there = other[match.start() : match.end()]
        if match.group() != there and len(found) < limit:
            found[match.group().strip("\"',;|")] = there.strip("\"',;|")
    return ", ".join(found), ", ".join(found.values())
