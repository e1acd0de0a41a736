"""Croatian and Albanian are complete, and what is compiled is what is written."""

import gettext
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from events.templatetags import moments

LANGUAGES = ("hr", "sq")
CATALOGUES = [
    settings.BASE_DIR / app / "locale" / language / "LC_MESSAGES" / "django.po"
    for app in ("config", "events", "recordings", "attendance", "integrations")
    for language in LANGUAGES
]
QUOTED = re.compile(r'^"(.*)"$')


def unquoted(lines: list[str]) -> str:
    text = "".join(QUOTED.match(line.strip()).group(1) for line in lines)
    return re.sub(r"\\(.)", lambda sign: {"n": "\n", "t": "\t"}.get(sign[1], sign[1]), text)


def entries(path: Path) -> list[dict[str, str]]:
    """The live entries of a catalogue: keyword (msgid, msgstr[1]…) to text; `flags` from comments."""
    found = [entry(block.splitlines()) for block in path.read_text().split("\n\n")]
    return [item for item in found if item.get("msgid")]


def entry(lines: list[str]) -> dict[str, str]:
    parts: dict[str, list[str]] = {}
    for line in lines:
        keyword, _, rest = line.partition(" ")
        if line.startswith("#"):
            parts.setdefault("flags", []).append(f'"{line}"' if line.startswith("#,") else '""')
        elif line.startswith('"'):
            parts[list(parts)[-1]].append(line)
        else:
            parts[keyword] = [rest]
    return {keyword: unquoted(texts) for keyword, texts in parts.items()}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "-".join(path.parts[-5:-2]))
def test_every_text_is_translated_and_nothing_is_fuzzy(path):
    for item in entries(path):
        assert "fuzzy" not in item.get("flags", ""), item["msgid"]
        assert all(text for word, text in item.items() if word.startswith("msgstr")), item["msgid"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "-".join(path.parts[-5:-2]))
def test_placeholders_are_kept(path):
    names = re.compile(r"%\((\w+)\)[sd]")
    for item in entries(path):
        asked = set(names.findall(item["msgid"] + item.get("msgid_plural", "")))
        for word, text in item.items():
            if word.startswith("msgstr"):
                assert set(names.findall(text)) <= asked, item["msgid"]
        if "msgid_plural" not in item:
            assert set(names.findall(item["msgstr"])) == asked, item["msgid"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "-".join(path.parts[-5:-2]))
def test_the_compiled_catalogue_says_the_same(path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for item in entries(path):
        if "msgid_plural" not in item:
            context = item.get("msgctxt")
            said = (
                compiled.pgettext(context, item["msgid"])
                if context
                else compiled.gettext(item["msgid"])
            )
            assert said == item["msgstr"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_text_has_one_translation(language):
    said: dict[tuple[str, str], str] = {}
    for path in CATALOGUES:
        if path.parts[-3] != language:
            continue
        for item in entries(path):
            if "msgstr" in item:
                key = (item.get("msgctxt", ""), item["msgid"])
                assert said.setdefault(key, item["msgstr"]) == item["msgstr"], key


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "-".join(path.parts[-5:-2]))
def test_no_package_speaks_in_our_place(path):
    with translation.override(path.parts[-3]):
        for item in entries(path):
            said = [item["msgstr"]] if "msgstr" in item else plurals(item)
            assert said == shown(item), item["msgid"]


def plurals(item: dict[str, str]) -> list[str]:
    return [text for word, text in sorted(item.items()) if word.startswith("msgstr[")]


def shown(item: dict[str, str]) -> list[str]:
    """What a page says: the one form, or the forms for 1, 2 and 5 as far as the language has them."""
    context, one, many = (item.get(word, "") for word in ("msgctxt", "msgid", "msgid_plural"))
    if many:
        return [
            translation.npgettext(context, one, many, number)
            if context
            else translation.ngettext(one, many, number)
            for number in (1, 2, 5)[: len(plurals(item))]
        ]
    return [translation.pgettext(context, one) if context else translation.gettext(one)]


# Their day goes on with a time of day, which has no full stop.
MOMENTS = {"The time for credit ended: %(day)s. You can still watch.", "It counts until %(day)s."}


def test_no_croatian_day_has_two_full_stops():
    """A day with its year ends in a full stop, which also ends the sentence."""
    with translation.override("hr"):
        assert moments.plain_day(date(2036, 11, 26)).endswith("2036.")
    for path in CATALOGUES:
        if path.parts[-3] == "hr":
            for item in entries(path):
                said = [text for word, text in item.items() if word.startswith("msgstr")]
                twice = any(re.search(r"%\((day|date|month)\)s\.", text) for text in said)
                assert not twice or item["msgid"] in MOMENTS, item["msgid"]
