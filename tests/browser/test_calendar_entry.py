"""The page of an event's calendar entry: its cards keep the distance that cards keep elsewhere."""

import os
from pathlib import Path

import pytest

from integrations.accounts import queries as connected
from tests.browser import looking
from tests.factories.world import make_world
from tests.integrations.sync.conftest import Stage
from tests.integrations.sync.farside import FarSide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STACK = 16  # pixels between cards of a stack: --s4
BETWEEN = """[...document.querySelectorAll('.card')].map(card => card.getBoundingClientRect())
    .map((box, at, all) => at ? Math.round(box.top - all[at - 1].bottom) : null).slice(1)"""


@pytest.fixture
def event(transactional_db, monkeypatch):
    far = FarSide()
    monkeypatch.setattr(connected, "adapter_of", lambda _account: far.connected())
    stage = Stage(make_world(), far)
    made = stage.event()
    far.remove_there(stage.link().remote_id)
    stage.read()
    return made


@pytest.mark.parametrize("width", looking.WIDTHS)
def test_cards_do_not_touch(live_server, open_window, sign_in, event, width):
    seen = open_window(width=width)
    sign_in(seen, event.organiser)
    seen.page.goto(f"{live_server.url}/plan/{event.pk}/calendar/")
    for what in ("asked", "refused"):
        assert seen.page.locator(".card").count() == 3
        assert seen.page.evaluate(BETWEEN) == [STACK, STACK]
        assert looking.sideways(seen.page) == 0
        assert looking.breaches(seen.page) == []
        if folder := os.environ.get("PICTURES"):
            name = f"calendar-{what}-{width}.png"
            seen.page.screenshot(path=Path(folder) / name, full_page=True)
        if what == "asked":
            seen.page.get_by_role("button", name="Answer").click()
            looking.settled(seen.page)
            seen.page.get_by_role("heading", name="There is a problem").wait_for()
