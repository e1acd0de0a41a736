"""Saying a thing in the language of a paper, and in English beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypeVar

from django.utils import formats, translation
from django.utils.translation import gettext

from events.kernel import words

# Django's English is American, and its Greek has figures only.
_DAY = {"en": "j F Y", "el": "j E Y"}

Said = TypeVar("Said")
Sheet = dict[str, Any]
Pair = dict[str, str]


@dataclass(frozen=True)
class Tongue:
    """The language a paper speaks; `both` gives `own` and `en`, `en` empty where they are equal."""

    language: str

    @classmethod
    def of(cls, language: str) -> Self:
        """`language` if there is a catalogue of it, else English: no paper mixes the two."""
        known = cls(language).say(_known) != cls("en").say(_known)
        return cls(language if known else "en")

    @property
    def primary(self) -> str:
        """The first part of the language tag."""
        return primary(self.language)

    def say(self, make: Callable[[], Said]) -> Said:
        """What `make` returns while this language is active."""
        with translation.override(self.language):
            return make()

    def both(self, make: Callable[[], str]) -> Pair:
        """What `make` says in this language and in English."""
        own, english = self.say(make), Tongue("en").say(make)
        return {"own": own, "en": "" if own == english else english}

    def pick(self, texts: words.Words) -> Pair:
        """A text that the facts carry in several languages, in this one and in English."""
        own, english = words.pick(texts, self.language), words.pick(texts, "en")
        return {"own": own, "en": "" if own == english else english}


def primary(language: str) -> str:
    """The first part of a language tag: all that a PDF needs to be read aloud."""
    return language.split("-", maxsplit=1)[0]


def active() -> str:
    """The language that is active now."""
    return translation.get_language() or "en"


def day(on: date) -> str:
    """Day, month in words, year: by the format of the language, or as in Europe."""
    return formats.date_format(on, _DAY.get(primary(active()), "DATE_FORMAT"))


def period(first: date, last: date) -> str:
    """From one day to another, both included."""
    return gettext("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def document(heading: str, name: str) -> str:
    """The title of the file."""
    return gettext("%(heading)s: %(name)s") % {"heading": heading, "name": name}


def _known() -> str:
    return gettext("Certificate of participation")
