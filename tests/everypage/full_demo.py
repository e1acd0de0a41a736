"""The pages with long lists, over the demo network: usable and light when they are full too.

`make prove ARGS=pages` runs this file; the suite does not look for it, for it takes minutes.
"""

import pytest
from pytest_django.live_server_helper import LiveServer

from events.people.models import Person
from tests.everypage.demoscene import DemoScene, demo_cases
from tests.everypage.windows import Windows
from tests.factories import demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def network(demo_loaded, django_db_blocker):
    """A copy of the demo network that a server in another thread shows, once for all pages."""
    with django_db_blocker.unblock(), demo.copied(demo_loaded[0]):
        yield demo_loaded[1]


@pytest.fixture(scope="module")
def windows(network, browser):
    server = LiveServer("127.0.0.1")
    scene = DemoScene()
    made = Windows(browser, scene, server.url, scene.sessions())
    yield made
    heaviest = max(made.weights, key=lambda name: made.weights[name].whole)
    print(f"\nPAGES, {Person.objects.count()} people: {len(made.weights)} pages in two widths and two "  # noqa: T201
          f"themes; heaviest {heaviest}, {made.weights[heaviest].whole} bytes")  # fmt: skip
    made.close()
    server.stop()


@pytest.mark.parametrize("case", demo_cases(), ids=lambda case: case.name)
def test_everybody_can_use_the_full_page(windows, case):
    assert windows.faults(case) == []
