"""A weekly series planned, and moved from one date on, in a real browser."""

from datetime import datetime

import pytest
import time_machine

from events.planner import series
from events.planner.commands import Place, Wish
from events.programme.models import Part, Series
from events.programme.recurrence import Repeat
from events.registration.models import Registration
from tests.browser import looking
from tests.factories.world import AT, make_world, wish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.mark.parametrize("script", [True, False])
def test_a_series_is_planned_and_moved_from_one_date_on(
    live_server, open_window, sign_in, world, script
):
    seen = open_window(script=script)
    sign_in(seen, world.coordinator)
    page = seen.page
    page.goto(live_server.url + "/plan/new/")
    page.get_by_label("Title").fill("Tuesdays")
    page.get_by_label("Date", exact=True).fill("2026-11-10")
    page.get_by_label("Start", exact=True).fill("16:30")
    page.get_by_label("Online", exact=True).check()
    page.get_by_label("Repeats").select_option(label="Every week")
    page.get_by_label("or number of dates").fill("4")
    page.get_by_role("button", name="Publish and invite").click()
    page.get_by_role("checkbox").nth(2).uncheck()
    assert not Series.objects.exists()
    page.get_by_role("button", name="Publish and invite").click()
    assert page.get_by_role("button", name="Undo").is_visible()
    assert "Date 1 of 3" in page.locator("main").inner_text()

    page.get_by_role("link", name="Next: Tue 17 Nov").click()
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("This date and the following ones").check()
    page.get_by_label("Start", exact=True).fill("17:00")
    page.get_by_role("button", name="Save changes").click()
    assert "2 dates change" in page.locator("main").inner_text()
    page.get_by_role("button", name="Save changes").click()
    walls = Part.objects.order_by("starts_at").values_list("starts_wall", flat=True)
    assert list(walls) == ["2026-11-10T16:30", "2026-11-17T17:00", "2026-12-01T17:00"]
    assert Series.objects.count() == 2


@pytest.mark.parametrize("width", looking.WIDTHS)
def test_everybody_can_use_the_pages_of_a_series(live_server, open_window, sign_in, world, width):
    asked = Wish(
        wish(world, starts=datetime(2026, 11, 10, 16, 30)), {"room": 3, "online": None},
        Place("School HR 0"),
    )  # fmt: skip
    by = world.actor(world.coordinator)
    row = series.plan(asked, repeat=Repeat("weekly", number=6), publish=True, by=by, at=AT)
    first = row.events.order_by("starts_at")[0]
    seen = open_window(width=width)
    sign_in(seen, world.coordinator)
    page = seen.page
    for address in (
        f"/series/{row.slug}/", f"/events/{first.slug}/", f"/plan/{first.pk}/cancel/",
        f"/plan/{first.pk}/edit/", "/plan/new/",
    ):  # fmt: skip
        page.goto(live_server.url + address)
        assert (address, looking.breaches(page)) == (address, [])
        assert (address, looking.sideways(page)) == (address, 0)
    page.goto(f"{live_server.url}/plan/{first.pk}/edit/")
    page.get_by_label("All coming dates").check()
    page.get_by_label("Title").fill("Other")
    page.get_by_role("button", name="Save changes").click()
    assert looking.breaches(page) == []
    assert looking.sideways(page) == 0
    page.goto(f"{live_server.url}/series/{row.slug}/")
    page.get_by_role("button", name="Register for the ticked dates").click()
    assert page.get_by_text("You are going").count() == 6
    assert looking.breaches(page) == []
    assert Registration.objects.count() == 6
