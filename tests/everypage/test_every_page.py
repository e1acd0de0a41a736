"""Every page in both widths and themes: usable by everybody, light, and whole without JavaScript."""

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.everypage.cases import NO_PAGES, cases
from tests.everypage.windows import Windows
from tests.matrix import routes

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CASES = cases()


@pytest.fixture(scope="module")
def windows(scene, browser):
    server = LiveServer("127.0.0.1")
    # Sessions are made here, outside of the transaction that each test is.
    made = Windows(browser, scene, server.url, scene.sessions({case.who for case in CASES}))
    yield made
    made.close()
    server.stop()


def pages():
    """Addresses that answer GET, without the API's operations and what is told to be no page."""
    starts = tuple(NO_PAGES)
    return {
        address
        for address, pattern in routes.routes().items()
        if not routes.operations(pattern) and not address.startswith(starts)
    }


def test_every_page_has_a_case(scene):
    told = {case.address for case in CASES} - {"/nowhere/"}
    silent = pages() - told
    only_post = {address for address in silent if _refuses_get(scene, address)}
    assert sorted(silent - only_post) == []
    assert sorted(told - set(routes.routes())) == []
    assert sorted(start for start in NO_PAGES if not _leads_somewhere(start)) == []


def _refuses_get(scene, address):
    from tests.everypage.cases import Case

    path = scene.path(Case(address, "organiser"))
    return scene.client("organiser").get(path).status_code == 405


def _leads_somewhere(start):
    return any(address.startswith(start) for address in routes.routes())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_everybody_can_use_the_page(windows, case):
    assert windows.faults(case) == []
