"""The catalogues of the papers: complete, and with the same placeholders in every language."""

import gettext
import re
from pathlib import Path

import pytest
from django.utils import translation

from attendance.certificates.wording import certificate, checking, door, statement
from attendance.certificates.wording.tongue import Tongue
from tests.attendance.certificates import samples

LOCALES = Path(certificate.__file__).parents[2] / "locale"
FOLDERS = sorted(folder.name for folder in LOCALES.iterdir())
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")


def catalogue(folder: str) -> dict:
    with (LOCALES / folder / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return {key: text for key, text in gettext.GNUTranslations(file)._catalog.items() if key}


def test_there_is_a_catalogue_for_every_language_of_the_network():
    assert sorted(translation.to_locale(language) for language in samples.LANGUAGES) == FOLDERS


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_every_language_is_spoken(language):
    assert Tongue.of(language).language == language


def test_a_language_without_a_catalogue_is_answered_in_english():
    assert [Tongue.of(each).language for each in ("fi", "en-gb", "xx")] == ["en", "en", "en"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_placeholders_survive_translation(folder):
    for key, text in catalogue(folder).items():
        source = key[0] if isinstance(key, tuple) else key
        said = sorted(PLACEHOLDER.findall(text))
        # A singular may leave out the number that its plural and other languages' forms show.
        spare = {"%(number)s", "%(total)s"} if isinstance(key, tuple) else set()
        asked = sorted(PLACEHOLDER.findall(source))
        assert set(asked) <= set(said) <= {*asked, *spare}, source


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_word_of_the_papers_is_translated(folder):
    tables = (
        certificate._HEADINGS,
        certificate._ATTENDANCE,
        certificate._WHERE,
        checking.ROLES,
    )
    words = {text for table in tables for text in table.values()}
    words |= {*statement._COLUMNS, *door._SIGN_IN_COLUMNS}
    assert sorted(words - set(catalogue(folder))) == []


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_a_sentence_is_said_in_both_languages(language):
    facts = samples.certificate(language)
    sheet = certificate.sheet(facts)
    for part in (sheet["heading"], sheet["check"], sheet["unit"], sheet["issued"]):
        assert part["own"]
        assert part["en"]
        assert part["own"] != part["en"]
    assert facts.title in sheet["deed"]["own"]["title"]
    assert len(sheet["deed"]["own"]["title"]) == len(facts.title) + 2
