"""What a visitor of the demo lives through: a Teams link, a move over there, a report; no account anywhere.

The whole installation runs as `make run` starts it, and one browser looks at both sides.
"""

import faulthandler
import os
import re
import signal
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Error

from config.demo.simulated import OPEN
from tests.browser import looking
from tests.journeys import steps
from tests.stack import stack, until

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow]
COORDINATOR, NATIONAL = "cluster@example.org", "national@example.org"
FIRST, SECOND = "Prvi sat s umjetnom inteligencijom", "Drugi sat s umjetnom inteligencijom"
PATIENCE = 120.0  # seconds; on an idle machine each thing takes a few
LOADING = 900.0  # seconds; on an idle machine less than a minute


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with stack(tmp_path_factory.mktemp("data"), KOLEGA_DEMO="yes") as running:
        faulthandler.cancel_dump_traceback_later()  # loading may take longer than a test may
        running.start(within=LOADING)
        until(lambda: is_loaded(running), within=LOADING)
        yield running


def is_loaded(demo):
    """Whether the demo says so itself: pages are answered before it has even begun."""
    log = demo.data / "logs" / "demo.log"
    said = log.read_text() if log.exists() else ""
    assert "Traceback" not in said, said
    return "Loaded 9 countries" in said


@pytest.fixture
def enter(demo, open_window):
    """Signs somebody in by the mail that arrives in the demo's own mailbox; pages are in English."""

    def entering(address, **wishes):
        seen = open_window(**wishes)
        seen.context.add_cookies([{"name": "django_language", "value": "en", "url": demo.url}])
        page = seen.page
        page.set_default_timeout(PATIENCE * 1000)
        known = len(mails_to(demo, address))
        page.goto(f"{demo.url}/sign-in/")
        page.get_by_label("E-mail").fill(address)
        steps.press(page, "Send me the mail")
        page.goto(link_in_mailbox(demo, address, after=known))
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("^Sign in as")).click()
        return page

    return entering


def mails_to(demo, address):
    """The texts of the mails to somebody, oldest first."""
    files = sorted((demo.data / "mailbox").glob("*.eml"))
    found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    return [
        one.get_body(("plain",)).get_content() for one in found if address in str(one["To"])
    ]  # fmt: skip


def link_in_mailbox(demo, address, *, after):
    """The address that signs somebody in, from the first mail with one after so many mails."""

    def links():
        found = (re.search(pattern, text) for text in mails_to(demo, address)[after:])
        return [match.group(0) for match in found if match]

    pattern = rf"{demo.url}/sign-in/[\w./-]+"
    until(links, within=PATIENCE)
    return links()[0]


def eventually(page, text):
    """Look again until the page says something."""

    def says():
        page.reload()
        return page.get_by_text(text).count()

    until(says, within=PATIENCE)


def plan_online(page, demo, title):
    """Plan and publish an online event; ends on its page once its link and its entry are there."""
    page.goto(f"{demo.url}/plan/new/")
    page.get_by_label("Webinar").first.check()
    page.get_by_label("Title").fill(title)
    page.locator("input[name=when]").first.check()
    page.get_by_label("Online", exact=True).check()
    steps.press(page, "Publish and invite")
    assert page.get_by_role("heading", level=1).inner_text() == title
    eventually(page, "Microsoft Teams meeting (simulator)")
    calendar_of(page)
    eventually(page, "The entry stands in the calendar.")
    return page


def calendar_of(page):
    page.get_by_role("link", name="Calendar entry and video link").first.click()
    looking.settled(page)
    return page


def look_at(page, name):
    """Wide and narrow, no rule of accessibility is broken; pictures where they are wished."""
    folder = os.environ.get("PICTURES")
    for width in looking.WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert looking.sideways(page) == 0
        assert looking.breaches(page) == []
        for theme in looking.THEMES if folder else ():
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=f"{folder}/simulators-{name}-{width}-{theme}.png", full_page=True)
        page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": looking.DESK, "height": 900})


def entry_there(page, title):
    """The entry of the event on the page of the simulated calendar."""
    page.get_by_role("link", name="Look at this calendar in the simulator").first.click()
    looking.settled(page)
    assert page.get_by_text("This is a simulator on this machine, not Microsoft Outlook").count()
    return page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name=title, exact=True)
    )


def test_a_move_over_there_comes_back_as_a_question(demo, enter):
    page = plan_online(enter(COORDINATOR), demo, FIRST)
    here = page.url
    assert page.get_by_text("This is a simulator of Microsoft 365").count()
    look_at(page, "event")

    entry = entry_there(page, FIRST)
    before = entry.locator("p").first.inner_text()
    look_at(page, "calendar")
    with page.expect_navigation():
        entry.get_by_role("button", name="One hour later").click()
    assert entry.locator("p").first.inner_text() != before

    page.goto(here)
    eventually(page, "Somebody moved it in the calendar")
    page.get_by_role("radio", name="What we say").check()
    steps.press(page, "Answer")
    eventually(page, "The entry stands in the calendar.")
    entry = entry_there(page, FIRST)
    assert entry.locator("p").first.inner_text() == before


def test_what_stood_there_stands_after_the_simulators_were_killed(demo, enter):
    page = plan_online(enter(COORDINATOR), demo, SECOND)
    here = page.url
    entry = entry_there(page, SECOND)
    with page.expect_navigation():
        entry.get_by_role("button", name="Delete").click()
    assert entry.count() == 0
    there, shown = page.url, page.get_by_role("heading", level=2).all_inner_texts()

    before = demo.pids()["simulators"]
    os.kill(before, signal.SIGKILL)
    until(lambda: demo.pids().get("simulators") not in {None, before}, within=PATIENCE)
    until(lambda: reaches(page, there), within=PATIENCE)
    assert page.get_by_role("heading", level=2).all_inner_texts() == shown
    page.goto(here)
    eventually(page, "Somebody removed it from the calendar")
    page.get_by_role("radio", name="What we say").check()
    steps.press(page, "Answer")
    eventually(page, "The entry stands in the calendar.")
    page.goto(f"{demo.url}/plan/?view=agenda")
    assert page.get_by_text("Changed in the calendar").count() == 0


def reaches(page, address):
    try:
        page.goto(address)
    except Error:
        return False
    return True


def test_a_meeting_held_there_fills_the_board(demo, enter):
    page = enter(NATIONAL)
    page.goto(f"{demo.url}/attendance/")
    page.get_by_role("link", name=OPEN).first.click()
    looking.settled(page)
    board = page.url
    assert page.get_by_text("Waiting for Microsoft Teams (simulator)").count()
    people = page.get_by_role("row").count()

    page.goto(meeting_of(page, demo))
    assert page.get_by_text("This is a simulator on this machine, not Microsoft Teams").count()
    look_at(page, "meeting")
    steps.press(page, "Hold the meeting now")
    assert page.get_by_text("This meeting took place").count()

    page.goto(board)
    steps.press(page, "Try now")
    eventually(page, "Fetched from Microsoft Teams (simulator)")
    assert page.get_by_text("Galaxy A52").count()
    assert page.get_by_role("row").count() >= people


def meeting_of(page, demo):
    """The video link, as those who run the event see it."""
    page.get_by_role("link", name=OPEN).first.click()
    looking.settled(page)
    link = page.get_by_role("link", name="Microsoft Teams meeting (simulator)")
    return link.first.get_attribute("href")
