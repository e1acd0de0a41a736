"""The pages of the simulators that no journey passes: for everybody, in both widths and themes."""

import pytest

from tests.browser import looking
from tests.config.test_simulator_pages import board, room

__all__ = ["board", "room"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("theme", looking.THEMES)
def test_everybody_can_use_the_pages(board, room, open_window, theme):
    for address in (board.url, room, f"{board.url}/nothing/"):
        seen = open_window(theme=theme)
        seen.page.goto(address)
        for width in looking.WIDTHS:
            seen.page.set_viewport_size({"width": width, "height": 900})
            assert looking.sideways(seen.page) == 0
            assert looking.breaches(seen.page) == []
