import pytest

from tests.browser import looking
from tests.factories import world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/design/", "/about/help/", "/about/accessibility/", "/about/privacy/", "/nowhere/"]


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", looking.WIDTHS)
@pytest.mark.parametrize("address", PAGES)
def test_everybody_can_use_the_page(live_server, open_window, address, width, theme):
    seen = open_window(width=width, theme=theme)
    seen.page.goto(live_server.url + address)
    assert looking.breaches(seen.page) == []
    assert looking.sideways(seen.page) == 0


@pytest.mark.parametrize("address", PAGES[:4])
def test_four_times_larger_text_needs_no_sideways_scroll(live_server, open_window, address):
    seen = open_window(width=320)
    seen.page.goto(live_server.url + address)
    assert looking.sideways(seen.page) == 0


@pytest.mark.parametrize("address", PAGES[:4])
def test_the_first_visit_is_light(live_server, open_window, address):
    seen = open_window()
    seen.page.goto(live_server.url + address, wait_until="networkidle")
    assert seen.weight("stylesheet") <= looking.STYLES
    assert seen.weight("script") <= looking.SCRIPTS
    assert 0 < seen.weight() <= looking.FIRST_VISIT
    assert seen.hosts() == {live_server.url.partition("//")[2]}


def test_the_page_works_without_script(live_server, open_window):
    seen = open_window(script=False)
    seen.page.goto(live_server.url + "/about/help/")
    seen.page.locator("details.menu summary").first.click()
    seen.page.get_by_role("button", name="Hrvatski").click()
    assert seen.page.locator("html").get_attribute("lang") == "hr"
    seen.page.locator(".foot button[value=dark]").click()
    assert seen.page.locator("link[href*=dark]").get_attribute("media") == "screen"
    assert seen.page.url == live_server.url + "/about/help/"


def test_a_menu_closes_with_escape(live_server, open_window):
    seen = open_window()
    seen.page.goto(live_server.url + "/about/help/")
    summary = seen.page.locator("details.menu summary").first
    summary.click()
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("details.menu[open]").count() == 0
    assert summary.evaluate("e => e === document.activeElement")


def test_mistakes_are_reached_first(live_server, open_window):
    seen = open_window()
    seen.page.goto(live_server.url + "/design/")
    assert looking.focused(seen.page, "className").split()[-1] == "errsum"
    seen.page.get_by_role("link", name="Enter an end time after 16:30").click()
    assert looking.focused(seen.page, "id") == "id_ends"


def test_paper_is_always_light(live_server, open_window):
    seen = open_window(theme="dark")
    seen.page.goto(live_server.url + "/design/")
    ground = "place => getComputedStyle(document.querySelector(place)).backgroundColor"
    grounds = [seen.page.evaluate(ground, place) for place in ("body", ".note.ok")]
    assert grounds == ["rgb(17, 23, 28)", "rgb(20, 48, 31)"]
    seen.page.emulate_media(media="print", color_scheme="dark")
    grounds = [seen.page.evaluate(ground, place) for place in ("body", ".note.ok")]
    assert grounds == ["rgb(255, 255, 255)", "rgb(225, 241, 229)"]
    assert not seen.page.locator(".top").is_visible()


@pytest.fixture
def teacher():
    return world.make_person("Željka Đurić-Hadžihasanović")


@pytest.mark.parametrize("width", looking.WIDTHS)
def test_a_shared_computer_says_who_is_signed_in(live_server, open_window, sign_in, teacher, width):
    seen = open_window(width=width)
    sign_in(seen, teacher)
    seen.page.goto(live_server.url + "/about/help/")
    assert seen.page.get_by_role("link", name="Not you?").locator("visible=true").count() == 1
    seen.page.locator("details.menu summary").last.click()
    assert looking.breaches(seen.page) == []
    assert looking.sideways(seen.page) == 0
    seen.page.get_by_role("button", name="Sign out").click()
    seen.page.goto(live_server.url + "/about/help/")
    assert seen.page.get_by_role("link", name="Sign in").is_visible()


@pytest.mark.parametrize("theme", looking.THEMES)
def test_the_password_page_has_the_same_look(live_server, open_window, theme):
    seen = open_window(width=looking.PHONE, theme=theme)
    seen.page.goto(live_server.url + "/account/login/")
    assert looking.breaches(seen.page) == []
    assert looking.sideways(seen.page) == 0
    seen.page.get_by_role("button", name="Sign in").click()
    assert looking.focused(seen.page, "className").split()[-1] == "errsum"
    assert seen.page.title().startswith("Error: ")
    assert looking.breaches(seen.page) == []


@pytest.mark.parametrize("width", looking.WIDTHS)
@pytest.mark.parametrize("name", ["Ana Horvat", "Marija-Magdalena Grubišić-Kovačević"])
def test_the_name_of_the_reader_is_in_sight(live_server, open_window, sign_in, width, name):
    seen = open_window(width=width)
    sign_in(seen, world.make_person(name, email="reader@example.org"))
    seen.page.goto(live_server.url + "/about/help/")
    shown = seen.page.locator(".who-am-i span")
    assert shown.is_visible()
    assert shown.inner_text().strip() == name
    assert shown.bounding_box()["width"] > 40
    brand, tools = (seen.page.locator(each).bounding_box() for each in (".brand", ".who-am-i"))
    assert brand["y"] <= tools["y"] + tools["height"] <= brand["y"] + brand["height"]
    assert looking.sideways(seen.page) == 0
    assert looking.breaches(seen.page) == []
