"""From the mail's button to the calendar, in a Chromium."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from events.backstage.models import Letter
from events.kernel import clock
from events.registration.models import Registration
from tests.browser import looking
from tests.events.registration.mail import letters, link_in, settle
from tests.factories import world as made

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    found = made.make_world()
    start = (clock.now() + timedelta(days=20)).replace(hour=16, minute=30, second=0, microsecond=0)
    found.event = made.make_event(
        found, places={"room": 1, "online": None}, starts=start.replace(tzinfo=None)
    )
    settle(clock.now())
    return found


@pytest.fixture(params=[(w, t) for w in looking.WIDTHS for t in looking.THEMES])
def seen(request, open_window):
    width, theme = request.param
    return open_window(width=width, theme=theme)


def link(person):
    [letter] = letters(person, "invitation")
    return link_in(letter)


def sound(seen):
    assert looking.breaches(seen.page) == []
    assert looking.sideways(seen.page) == 0


def test_two_taps_and_back(live_server, seen, world):
    first, second = world.teachers[:2]
    page = seen.page
    page.goto(f"{live_server.url}{link(first)}?way=room")
    sound(seen)
    page.get_by_role("button", name="Yes, register me for the room").click()
    expect(page.get_by_role("heading", name="You are registered, in the room")).to_be_visible()
    sound(seen)
    page.goto(f"{live_server.url}{link(second)}?way=room")
    page.get_by_role("button", name="Wait for a place in the room").click()
    expect(page.get_by_role("heading", name="number 1 on the waiting list")).to_be_visible()
    sound(seen)
    page.goto(live_server.url + link(first))
    page.get_by_role("link", name="Give my place back").click()
    page.get_by_role("button", name="Give my place back").click()
    expect(page.get_by_role("heading", name="You said that you cannot come")).to_be_visible()
    sound(seen)
    held = Registration.objects.get(person=second)
    assert held.state == "registered"


def test_pages_of_the_link_are_for_everybody(live_server, seen, world):
    for query in ("", "?way=online", "?way=no"):
        seen.page.goto(live_server.url + link(world.teachers[0]) + query)
        sound(seen)


def test_my_pages_are_for_everybody(live_server, seen, sign_in, world):
    sign_in(seen, world.teachers[0])
    seen.page.goto(f"{live_server.url}/events/{world.event.slug}/register/?way=room")
    seen.page.get_by_role("button", name="Yes, register me for the room").click()
    seen.page.goto(live_server.url + "/me/events/")
    expect(seen.page.get_by_role("link", name="Small steps").first).to_be_visible()
    sound(seen)
    seen.page.goto(live_server.url + "/me/calendar/")
    sound(seen)
    seen.page.get_by_role("button", name="Make an address").click()
    expect(seen.page.get_by_label("Address to subscribe to")).to_be_visible()
    sound(seen)


def test_colleagues_from_a_list(live_server, seen, sign_in, world):
    page = seen.page
    twin = made.make_person("Ana Horvat")
    made.join(twin, world.schools[0])
    sign_in(seen, world.coordinator)
    page.goto(f"{live_server.url}/events/{world.event.slug}/colleagues/")
    sound(seen)
    page.get_by_label("School", exact=True).select_option(label=world.schools[0].name)
    page.get_by_label("Names, one on each line").fill("Ana Horvath\nPetra Perić\nTeacher HR 00")
    page.get_by_role("button", name="Look at the list first").click()
    sound(seen)
    page.get_by_role("button", name="Register 2 colleagues").click()
    expect(page.get_by_role("alert")).to_contain_text("Answer every question below")
    sound(seen)
    page.locator("[name=pick-1]").first.check(force=True)
    page.get_by_role("button", name="Register 2 colleagues").click()
    expect(page.get_by_text("Petra Perić")).to_be_visible()
    sound(seen)
    assert Registration.objects.count() == 3


def test_two_taps_need_no_script(live_server, open_window, world):
    seen = open_window(script=False)
    seen.page.goto(f"{live_server.url}{link(world.teachers[0])}?way=online")
    seen.page.get_by_role("button", name="Yes, register me online").click()
    expect(seen.page.get_by_role("heading", name="You are registered, online")).to_be_visible()


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", [*looking.WIDTHS, 320])
def test_mails_can_be_read_on_any_screen(open_window, world, width, theme, tmp_path):
    seen = open_window(width=width, theme=theme)
    letter = Letter.objects.filter(kind="invitation").first()
    file = tmp_path / "mail.html"
    file.write_text(letter.html, encoding="utf-8")
    seen.page.goto(file.as_uri())
    assert looking.sideways(seen.page) == 0
    # A mail is a fragment in somebody else's page, so landmarks are that page's matter.
    assert [wrong for wrong in looking.breaches(seen.page) if not wrong.startswith(("region", "landmark"))] == []  # fmt: skip
