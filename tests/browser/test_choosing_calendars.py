"""A CalDAV calendar is chosen from a list, without JavaScript, by everybody."""

import pytest

from events.kernel.actors import Role
from integrations.accounts.models import Account
from tests.browser import looking
from tests.contracts import calendars
from tests.contracts.caldav import PASSWORD, USER
from tests.contracts.peers import radicale
from tests.factories.world import make_person
from tests.matrix.places import give

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(settings):
    settings.SECOND_STEP, settings.KOLEGA_PRIVATE_SERVERS = False, True
    found = make_person("Keeps It Running")
    give(found, Role.ADMINISTRATOR, "world", 0)
    return found


@pytest.mark.parametrize("look", [(False, "light"), (True, "dark")], ids=["plain", "script"])
def test_a_calendar_is_chosen_from_a_list(live_server, open_window, sign_in, person, look):
    script, theme = look
    seen = open_window(width=looking.DESK, theme=theme, script=script)
    sign_in(seen, person)
    page = seen.page
    with radicale.server() as url, calendars.three(url):
        page.goto(f"{live_server.url}/connections/add/caldav/")
        page.locator("[name=whose]").first.check()
        page.get_by_label("Address of the server").fill(url)
        page.get_by_label("User name").fill(USER)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Connect CalDAV").click()
        page.get_by_role("radio", name="School events").wait_for()
        for width in looking.WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert looking.sideways(page) == 0
            assert not script or looking.breaches(page) == []
        page.get_by_role("radio", name="School events").check()
        page.get_by_role("button", name="Connect CalDAV").click()
        page.wait_for_url("**/connections/*/")
        assert Account.objects.get().calendar == f"{url}/{USER}/school/"
    assert seen.errors == []
