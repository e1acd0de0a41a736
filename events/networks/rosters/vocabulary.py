"""Words of many languages: what columns are called and what their values mean."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from events.kernel.fold import search_key

SCHOOLS, PEOPLE = "schools", "people"
_WORDS = Path(__file__).with_name("column_names.toml")
_SHORTEST_SECRET = 5
_SHORTEST_PART = 3


@lru_cache(maxsize=10_000)
def key_of(text: str) -> str:
    """Fold a column's name: `givenName`, `given_name` and `Given name *` are one."""
    return search_key(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text))


def fields_named(header: str, kind: str) -> dict[str, float]:
    """What a column called `header` may hold, with a confidence from 0 to 1.

    1 is the name itself, 0.95 the name beside a remark in brackets, 0.5 to 0.8 a name among others.
    """
    exact = _field_words(kind).get(key_of(header), frozenset())
    bare = _field_words(kind).get(key_of(re.sub(r"[(\[].*?[)\]]", " ", header)), frozenset())
    parts = _contained(key_of(header).split(), kind)
    return parts | dict.fromkeys(bare, 0.95) | dict.fromkeys(exact, 1.0)


def is_column_name(cell: str) -> bool:
    """Whether a cell is known as the name of a column, of whatever kind of list."""
    names = (fields_named(cell, kind).values() for kind in (SCHOOLS, PEOPLE))
    best = max((value for values in names for value in values), default=0.0)
    return best > 0.9 or is_secret(cell)  # noqa: PLR2004  only whole names, see fields_named


def is_secret(header: str) -> bool:
    """Whether a column holds passwords, by its name."""
    key = key_of(header)
    words = _secrets()
    long_words = tuple(word for word in words if len(word) >= _SHORTEST_SECRET)
    return key in words or any(part.startswith(long_words) for part in key.split())


@lru_cache(maxsize=10_000)
def meaning(value: str, table: str) -> str:
    """What a value means in `levels`, `ownership`, `countries` or `languages`; "" if unknown."""
    key = search_key(value)
    return _meanings(table).get(key, "") or _meanings(table).get(f"={value.strip().lower()}", "")


def is_role(value: str, role: str) -> bool:
    """Whether a role or job, as written, names a `pupil`, a `relative` or `staff`.

    "Pupil of 5a" is a pupil, a "student counselor" is staff: outsiders are told by the first word
    unless another word names staff.
    """
    key, words = key_of(value), _folded_words("roles", role)
    first, *rest = key.split() or [""]
    if role == "staff":
        return key in words or not words.isdisjoint([first, *rest])
    return key in words or (first in words and _folded_words("roles", "staff").isdisjoint(rest))


def is_total(cell: str) -> bool:
    """Whether a cell is the label of a line that sums up, not of a school or a person."""
    first, *rest = search_key(cell).split() or [""]
    return first in _folded_words("totals", "words") and all(word.isdigit() for word in rest)


@cache
def _data() -> dict[str, Any]:
    with _WORDS.open("rb") as source:
        return tomllib.load(source)


@cache
def _secrets() -> frozenset[str]:
    return _folded(word for words in _data()["secret"]["password"].values() for word in words)


@cache
def _folded_words(table: str, name: str) -> frozenset[str]:
    found = _data()[table][name]
    return _folded(found["words"] if isinstance(found, dict) else found)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(key_of(word) for word in words)


@cache
def _field_words(kind: str) -> dict[str, frozenset[str]]:
    fields: dict[str, set[str]] = {}
    for field, by_language in _data()[kind].items():
        for word in _folded(word for words in by_language.values() for word in words) | {field}:
            fields.setdefault(word, set()).add(field)
    if kind == PEOPLE:
        for scheme, words in _data()["identifiers"].items():
            for word in _folded(words):
                fields.setdefault(word, set()).add(f"identifier:{scheme}")
    return {word: frozenset(names) for word, names in fields.items()}


@cache
def _meanings(table: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for code, words in _data()[table].items():
        known |= dict.fromkeys(_folded(words), code) | {f"={code.lower()}": code}
    return known


def _contained(parts: list[str], kind: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for word, fields in _field_words(kind).items():
        tokens = word.split()
        if len(word) < _SHORTEST_PART or not set(tokens) < set(parts):
            continue
        share = 0.5 + 0.3 * len(tokens) / len(parts)
        for field in fields:
            found[field] = max(found.get(field, 0.0), share)
    return found
