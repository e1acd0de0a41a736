"""Languages that recordings and their captions are in."""

# Those of schools in the network first, then those of their neighbours and partners.
LANGUAGES = (
    "sq", "hr", "mk", "sr", "sr-latn", "cs", "hu", "it", "nl", "pt", "en", "bs", "sl", "de", "fr",
    "es", "el", "bg", "ro", "sk", "pl", "tr", "uk",
)  # fmt: skip


def first(language: str) -> tuple[str, ...]:
    """All of them, this one first."""
    return tuple(dict.fromkeys((language, *LANGUAGES)))
