"""Languages that recordings and their captions are in."""

from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop

# Those of schools in the network first, then those of their neighbours and partners.
LANGUAGES = (
    "sq", "hr", "mk", "sr", "sr-latn", "cs", "hu", "it", "nl", "pt", "en", "bs", "sl", "de", "fr",
    "es", "el", "bg", "ro", "sk", "pl", "tr", "uk",
)  # fmt: skip


def first(language: str) -> tuple[str, ...]:
    """All of them, this one first."""
    return tuple(dict.fromkeys((language, *LANGUAGES)))


class LanguageUnknown(BadInput):
    """None of the languages that recordings are in; data: `language`."""

    code = "language_unknown"
    sentence = gettext_noop("Recordings cannot be in %(language)s here. Choose another language.")


def require_known(language: str, present: str = "") -> None:
    """Raise LanguageUnknown, unless it is one of them or the present one."""
    if language not in first(present):
        raise LanguageUnknown(language=language, field="language")
