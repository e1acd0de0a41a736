"""Every code a provider may give has words, and what is asked for is what providers take."""

import ast
import re
from importlib import import_module

import pytest
from django.conf import settings

from integrations.accounts import adapters, credentialforms, forms, permissions, words
from integrations.ports import Denied
from integrations.providers.google import auth as google

PROVIDERS = settings.BASE_DIR / "integrations" / "providers"


def documented():
    return set(re.findall(r"`(\w+)`", Denied.__doc__))


def raised():
    """Codes that the source of the providers names where it denies."""
    found = set()
    for file in PROVIDERS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "Denied"
                and node.args
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(first.value)
    return found


def test_the_reader_of_sources_finds_codes():
    assert {"secret_wrong", "calendar_missing"} <= raised()
    assert len(documented()) > 10


@pytest.mark.parametrize("code", sorted(documented() | {"silent"}))
def test_every_code_has_a_sentence_and_what_to_do(code):
    said = words.TROUBLES[code]
    for text in map(str, (said.wrong, said.todo)):
        sentences = re.split(r"(?<=[.:]) ", text)
        assert text.endswith(".")
        assert all(len(one.split()) <= 20 for one in sentences), text


def test_every_code_in_the_source_has_words():
    assert raised() - set(words.TROUBLES) - set(words.MISSED) == set()


def test_every_line_of_a_self_test_has_words():
    named = {name for lines in words.EXPECTED.values() for name in lines}
    assert named <= set(words.CHECKS)


@pytest.mark.parametrize("provider", sorted(words.OFFERS))
def test_what_is_offered_can_be_made(provider):
    module, _, name = adapters.PROVIDERS[provider].path.rpartition(".")
    assert callable(getattr(import_module(module), name))
    assert provider in forms.FORMS
    assert provider in credentialforms.FORMS
    assert set(forms.FORMS[provider].OPTIONS) == adapters.PROVIDERS[provider].options


def test_the_guide_to_google_names_the_scopes_that_are_asked_for():
    asked = {f"{google.PREFIX}{scope}" for scope in google.SCOPES.values()}
    assert set(permissions.GOOGLE) == asked


def test_the_guide_to_microsoft_names_what_the_simulator_asks_for():
    world = import_module("integrations.simulators.microsoft.world")
    source = (settings.BASE_DIR / "integrations/simulators/microsoft/world.py").read_text()
    assert [one for one in permissions.MICROSOFT if f'"{one}"' not in source] == []
    assert world
