"""Finds words on pages that are neither translated nor data."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from zoneinfo import available_timezones

from django.apps import apps
from django.db import connection

from events.backstage.models import Letter
from tests.everypage.pseudo import CLOSE, OPEN

# Texts of the world that stand in files, not in tables.
OF_FILES = ("Hello", "Somebody Else")
SPOKEN = ("aria-label", "title", "alt", "placeholder", "aria-description", "data-label")
SILENT = {"script", "style", "template", "svg", "code", "pre"}
EMPTY = {"br", "hr", "img", "input", "link", "meta", "wbr", "col", "use", "path", "rect", "circle"}
# Names of things and of formats, which are the same in every language, and addresses.
NAMES = re.compile(
    r"https?://\S+|webcal://\S+|\S+@\S+\.\w+|\b[A-Z]\w+/[A-Z][\w/-]+|\b[0-9a-f]{8}…|\b(?:Kolega|CSV|XLSX?|ZIP|JSON|PDF|QR|"
    r"SHA-256|Teams|Zoom|Meet|Webex|BigBlueButton|CalDAV|Jitsi|sha\d+|Google Workspace|Microsoft 365|Google|Microsoft|Moodle|OIB|ODS|TeachMeet|English|"
    r"Hrvatski|Shqip|UTC|CES?T|iCalendar|EUPL|WCAG|AA|min|h|https|pt|MB|kB)\b"
)
# Initials and codes of languages and countries.
CODES = re.compile(r"\b[A-ZČĆĐŠŽ]{2}\b")
ADDRESSES = re.compile(r"(?:https?|webcal)://\S+")
FILES = re.compile(r"\b[\w-]+\.(?:json|zip|csv|xlsx)\b")
MARKS = re.compile(rf"({re.escape(OPEN)}|{re.escape(CLOSE)})")
LETTERS = re.compile(r"[^\W\d_]{2,}")


class Reader(HTMLParser):
    """Collects what a page says: its texts, and the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        foreign = ("lang" in values and tag != "html") or values.get("translate") == "no"
        if tag not in EMPTY:
            self.inside.append((tag, foreign))
        if not self._quiet():
            self.said += [values[name] for name in SPOKEN if values.get(name)]
            if tag == "input" and values.get("type") in {"submit", "button"}:
                self.said.append(values.get("value") or "")
            if tag == "meta" and values.get("name") == "description":
                self.said.append(values.get("content") or "")

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            continue

    def handle_data(self, data):
        if not self._quiet() and data.strip():
            self.said.append(" ".join(data.split()))

    def _quiet(self) -> bool:
        return any(tag in SILENT or foreign for tag, foreign in self.inside)


def spoken(html: str) -> list[str]:
    """Everything a page says."""
    reader = Reader()
    reader.feed(html)
    return reader.said


def outside(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Each text with what of it stands outside of marks, which may span texts and hold marks."""
    depth = 0
    for text in texts:
        kept = []
        for piece in MARKS.split(text):
            if piece in {OPEN, CLOSE}:
                depth += 1 if piece == OPEN else -1
            elif depth <= 0:
                kept.append(piece)
        yield text, " ".join(kept)
    if depth:
        yield "marks that do not close", "cut"


def unmarked(texts: list[str], data: re.Pattern[str]) -> list[str]:
    """The texts that say a word of their own."""
    found = []
    for text, words in outside(texts):
        left = CODES.sub(
            " ", NAMES.sub(" ", data.sub(" ", FILES.sub(" ", ADDRESSES.sub(" ", words))))
        )
        if LETTERS.search(left):
            found.append(f"{text!r}: {left.strip()!r}")
    return found


def data() -> re.Pattern[str]:
    """Every text and word that stands in a table: names, titles, codes."""
    zones = {name.replace("_", " ") for name in available_timezones()}
    texts = {*_texts(), *OF_FILES, *zones}
    words = {word for text in texts if (word := " ".join(str(text).split()))}
    ordered = sorted((word for word in words if 1 < len(word) < 200), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in ordered))


def _texts() -> Iterator[str]:
    # What stands in letters is said by us, not by the world.
    for model in set(apps.get_models()) - {Letter}:
        names = [field.name for field in model._meta.concrete_fields if _is_text(field)]
        if names and model._meta.db_table in connection.introspection.table_names():
            for row in model._default_manager.values_list(*names):
                for value in row:
                    yield from _leaves(value)


def _is_text(field) -> bool:
    return field.get_internal_type() in {
        "CharField",
        "TextField",
        "EmailField",
        "JSONField",
        "SlugField",
        "UUIDField",
    }


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif value is not None and OPEN not in str(value):
        yield str(value)
