"""The first run in a browser: for everybody, without script, and from end to end."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache

from events.backstage.models import Letter
from events.networks.models import Cluster, School
from tests.browser import looking
from tests.journeys import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _no_cache():
    cache.clear()
    yield
    cache.clear()


def held(seen, name, width, theme):
    """Everybody can use what stands there; with PICTURES set, a picture of it is kept."""
    assert looking.breaches(seen.page) == [], name
    assert looking.sideways(seen.page) == 0, name
    if folder := os.environ.get("PICTURES"):
        seen.page.screenshot(
            path=Path(folder) / f"setup-{name}-{width}-{theme}.png", full_page=True
        )


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", looking.WIDTHS)
def test_everybody_can_set_up_the_service(live_server, open_window, width, theme):
    seen = open_window(width=width, theme=theme)
    page, base = seen.page, live_server.url
    page.goto(base + "/")
    assert page.url == base + "/setup/administrator/"
    held(seen, "administrator", width, theme)
    steps.press(page, "Become administrator")
    held(seen, "administrator-mistakes", width, theme)
    assert page.title().startswith("Error: ")
    steps.become_administrator(page, base)
    held(seen, "service", width, theme)
    steps.set_up_service(page)
    held(seen, "country", width, theme)
    steps.add_country(page)
    held(seen, "schools", width, theme)
    steps.look_at_schools(page, steps.LIST + ";05-009;Split\nOŠ Hrast;05-001;Split\n")
    page.get_by_text("Show the new rows").click()
    held(seen, "schools-preview", width, theme)
    steps.press(page, "Import the list")
    steps.go_on(page)
    held(seen, "clusters", width, theme)
    steps.add_cluster(page)
    held(seen, "coordinators", width, theme)
    steps.invite_coordinator(page)
    held(seen, "coordinators-invited", width, theme)
    steps.go_on(page)
    held(seen, "done", width, theme)
    page.goto(base + "/setup/clusters/")
    held(seen, "clusters-again", width, theme)


def test_the_whole_setup_works_without_script(live_server, open_window):
    seen = open_window(script=False)
    steps.set_up_everything(seen.page, live_server.url)
    assert seen.page.get_by_role("heading", name="Set up the second step").is_visible()
    assert (School.objects.count(), Cluster.objects.get().name) == (5, steps.CLUSTER)
    assert Letter.objects.get().to_address == steps.COORDINATOR.email
