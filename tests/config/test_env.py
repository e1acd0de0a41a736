"""The table of environment variables, and the page made from it."""

import re
from pathlib import Path

import pytest

from config import env


def test_the_page_for_operators_shows_the_table():
    page = (env.ROOT / "docs" / "operations.md").read_text()
    shown = page.partition("<!-- variables -->\n")[2].partition("<!-- /variables -->")[0]
    assert shown == env.as_markdown(), "run manage.py variables --write"


def test_every_variable_of_the_table_is_read_somewhere():
    source = "".join(file.read_text() for file in Path(env.ROOT, "config").rglob("*.py"))
    read = set(re.findall(r'env\.(?:text|flag|number|choice|items)\(\s*"([A-Z0-9_]+)"', source))
    own = set(re.findall(r'(?<![.\w])(?:text|flag|number)\("([A-Z0-9_]+)"', source))
    assert read | own == env.NAMES


def test_the_example_of_an_environment_knows_only_the_table():
    lines = (env.ROOT / "deploy" / "kolega.env").read_text().splitlines()
    named = {line.partition("=")[0] for line in lines if re.match("[A-Z]", line)}
    assert named <= env.NAMES


def test_an_unknown_variable_is_a_mistake_in_the_code():
    with pytest.raises(KeyError, match="KOLEGA_TYPO"):
        env.text("KOLEGA_TYPO")


@pytest.mark.parametrize(
    ("given", "meant"), [("yes", True), ("On", True), ("0", False), ("", True)]
)
def test_a_flag(monkeypatch, given, meant):
    monkeypatch.setenv("KOLEGA_DEMO", given)
    assert env.flag("KOLEGA_DEMO", default=True) is meant


def test_a_flag_that_is_neither(monkeypatch):
    monkeypatch.setenv("KOLEGA_DEMO", "perhaps")
    with pytest.raises(env.BadVariable, match="KOLEGA_DEMO is 'perhaps'"):
        env.flag("KOLEGA_DEMO")


@pytest.mark.parametrize("given", ["-1", "0", "65536", "8000 or so", "٣", "1e3"])
def test_a_number_out_of_bounds(monkeypatch, given):
    monkeypatch.setenv("PORT", given)
    with pytest.raises(env.BadVariable, match="Write a whole number from 1 to 65535"):
        env.number("PORT", 8000, lowest=1)


def test_links_are_built_from_one_address(monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://kolega.example.org/")
    assert env.base_url() == "https://kolega.example.org"
    monkeypatch.delenv("BASE_URL")
    monkeypatch.setenv("PORT", "8123")
    assert env.base_url() == "http://127.0.0.1:8123"
