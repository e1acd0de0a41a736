"""A recording without captions says so where its transcript would be, as wide as the page."""

import pytest

from tests.browser import looking
from tests.factories.recordings import make_recording
from tests.factories.world import make_event, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", looking.WIDTHS)
def test_the_warning_and_its_button_have_room(open_window, sign_in, live_server, width):
    world = make_world()
    row = make_recording(make_event(world), captioned=False)
    seen = open_window(width=width)
    sign_in(seen, world.coordinator)
    seen.page.goto(f"{live_server.url}/recordings/{row.slug}/")
    warning = seen.page.locator("p.note.warn").bounding_box()
    assert warning["width"] > 250
    assert warning["height"] < 160
    link = seen.page.get_by_role("link", name="Add captions")
    assert link.evaluate("it => it.scrollWidth <= it.clientWidth && it.offsetHeight < 60")
