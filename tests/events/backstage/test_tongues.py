"""Names of languages are right in every language of the pages."""

import pytest
from django.utils.translation import override

from events.backstage.tongues import name_of
from events.planner.offers import TONGUES

IN_CROATIAN = {
    "en": "Engleski", "hr": "Hrvatski", "sq": "Albanski", "mk": "Makedonski", "sr": "Srpski",
    "bs": "Bosanski", "sl": "Slovenski", "hu": "Mađarski", "cs": "Češki", "sk": "Slovački",
    "it": "Talijanski", "pt": "Portugalski", "nl": "Nizozemski", "fr": "Francuski",
    "de": "Njemački", "es": "Španjolski", "pl": "Poljski", "ro": "Rumunjski", "bg": "Bugarski",
    "el": "Grčki", "tr": "Turski",
}  # fmt: skip
IN_ALBANIAN = {
    "en": "Anglisht", "hr": "Kroatisht", "sq": "Shqip", "mk": "Maqedonisht", "sr": "Serbisht",
    "bs": "Boshnjakisht", "sl": "Sllovenisht", "hu": "Hungarisht", "cs": "Çekisht",
    "sk": "Sllovakisht", "it": "Italisht", "pt": "Portugalisht", "nl": "Holandisht",
    "fr": "Frëngjisht", "de": "Gjermanisht", "es": "Spanjisht", "pl": "Polonisht",
    "ro": "Rumanisht", "bg": "Bullgarisht", "el": "Greqisht", "tr": "Turqisht",
}  # fmt: skip


@pytest.mark.parametrize(("page", "names"), [("hr", IN_CROATIAN), ("sq", IN_ALBANIAN)])
def test_every_language_offered_has_its_name(page, names):
    with override(page):
        assert {code: name_of(code) for code in TONGUES} == names
