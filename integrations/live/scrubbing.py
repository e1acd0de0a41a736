"""Takes out of a provider's words what must not stand in a report that is sent around."""

import re
from collections.abc import Iterable

ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
URL = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
# Ids, tokens and keys; words and codes of errors such as ApplicationAccessPolicy are shorter or letters.
LONG = re.compile(r"\b(?=\w*\d)[\w-]{20,}")
SHORTEST = 4  # characters of a given value that is worth hiding
LONGEST = 200
GONE = "…"


class Scrub:
    """Hides given values, e-mail addresses, links and long ids, and cuts what is left."""

    def __init__(self, values: Iterable[str]) -> None:
        """Take the values of this run: credentials, names of mailboxes and calendars."""
        worth = (value.strip() for value in values)
        self.values = sorted({v for v in worth if len(v) >= SHORTEST}, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """The text without them, on one line."""
        for value in self.values:
            text = re.sub(re.escape(value), GONE, text, flags=re.IGNORECASE)
        for pattern in (URL, ADDRESS, LONG):
            text = pattern.sub(GONE, text)
        return " ".join(text.split()).replace("|", "/")[:LONGEST]
