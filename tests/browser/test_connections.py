"""The health page of a connection in each failing state, for everybody."""

import os
from pathlib import Path

import pytest

from events.kernel.actors import Role
from integrations.accounts import commands, testing, words
from integrations.accounts.models import Account
from integrations.ports import Denied, Finding
from tests.browser import looking
from tests.factories.world import AT, make_person
from tests.integrations.accounts.making import connected
from tests.matrix.places import give

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def administrator():
    person = make_person("Keeps It Running")
    give(person, Role.ADMINISTRATOR, "world", 0)
    return person


@pytest.fixture
def account(administrator):
    return connected(
        administrator, calendar="https://dav.example.org/calendars/ministry-of-education/events/",
        name="Calendar of the ministry", options={"server": "https://dav.example.org/"},
    )  # fmt: skip


def break_with(account, code):
    """The account as it stands after a self-test that met the code, not having been well before."""
    Account.objects.update(trouble="", state="fine", findings=[])
    commands.note_trouble(account.pk, Denied(code, f"provider says {code}"), at=AT)
    lines = [Finding("calendar", went=True), Finding("write", went=False, code=code, said="403")]
    testing.keep(account.pk, lines, at=AT)


@pytest.fixture
def health_page(live_server, open_window, sign_in, settings, account):
    """Opens the page of the account for an administrator."""
    settings.SECOND_STEP = False

    def opening(theme):
        seen = open_window(width=looking.DESK, theme=theme)
        sign_in(seen, account.added_by)
        seen.page.goto(f"{live_server.url}/connections/{account.pk}/")
        return seen

    return opening


@pytest.mark.parametrize("code", words.TROUBLES)
def test_each_failing_state_is_told_to_everybody(health_page, account, code):
    break_with(account, code)
    seen = health_page("dark" if len(code) % 2 else "light")
    said = words.TROUBLES[code]
    first, below = seen.page.locator(".note[role=status]"), seen.page.locator("ul.checks")
    for sentence in (said.wrong, said.todo, "since "):
        assert first.get_by_text(str(sentence)).count(), sentence
        assert below.get_by_text(str(sentence)).count(), sentence
    for result in ("ok", "does not work", "not known"):
        assert below.get_by_text(result, exact=True).count(), result
    for width in looking.WIDTHS:
        seen.page.set_viewport_size({"width": width, "height": 900})
        assert looking.sideways(seen.page) == 0
        assert looking.breaches(seen.page) == []
        if folder := os.environ.get("PICTURES"):
            seen.page.screenshot(path=Path(folder) / f"health-{code}-{width}.png", full_page=True)
    assert seen.errors == []
