"""Texts in several languages, and the reasons that machines give."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Words = dict[str, str]


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogues without translating it here."""
    return message


def pick(words: Mapping[str, str], language: str, fallback: str = "en") -> str:
    """The text in the wanted language, else its base language, the fallback, or any.

    `words` maps language tags (BCP 47) to texts; an empty mapping gives an empty string.
    """
    for tag in (language, language.split("-", maxsplit=1)[0], fallback):
        if words.get(tag):
            return words[tag]
    return next((text for text in words.values() if text), "")


@dataclass(frozen=True)
class Reason:
    """Why something is so: a code and its values; words are made at the edge."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
