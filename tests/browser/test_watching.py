"""The script of the player in a real browser: what was played arrives, jumps add nothing, nor is
anything lost that was played without a line."""

import time

import pytest

from recordings.watched.models import Watched
from tests.factories.films import make_film
from tests.factories.world import make_event, make_world
from tests.recordings.viewing import kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
UNTIL = "at => { const media = document.querySelector('#player'); return media.currentTime >= at; }"


@pytest.fixture
def scene(settings, tmp_path):
    kept.in_folder(settings, tmp_path)
    settings.RECORDINGS_WORK = str(tmp_path / "work")
    world = make_world()
    return world, make_film(make_event(world), seconds=24)


def opened(seen, live_server, row):
    seen.page.goto(f"{live_server.url}/recordings/{row.slug}/")
    return seen.page


def play(page, until, start=None):
    page.evaluate(
        """async at => { const media = document.querySelector('#player'); media.muted = true;
        if (at !== null) media.currentTime = at; await media.play(); }""", start,
    )  # fmt: skip
    page.wait_for_function(UNTIL, arg=until, timeout=60_000)


def pause(page):
    page.evaluate("document.querySelector('#player').pause()")


def covered(row, person, at_least):
    """The ranges in seconds, once so many are covered."""
    for _ in range(100):
        mine = Watched.objects.filter(recording=row, person=person).first()
        if mine is not None and mine.covered_ms >= 1000 * at_least:
            return [(one / 1000, two / 1000) for one, two in mine.ranges]
        time.sleep(0.1)
    raise AssertionError(mine and mine.ranges)


def test_what_was_played_arrives_and_a_jump_adds_nothing(open_window, sign_in, live_server, scene):
    world, row = scene
    seen = open_window()
    sign_in(seen, world.teachers[0])
    page = opened(seen, live_server, row)
    play(page, 3)
    play(page, 17, start=15)
    pause(page)
    ranges = covered(row, world.teachers[0], 4.5)
    assert len(ranges) == 2
    assert ranges[0][0] < 0.3
    assert 2.7 < ranges[0][1] < 12
    assert 14.5 < ranges[1][0] < 15.5
    assert ranges[1][1] > 16.5


@pytest.mark.parametrize("how", ["script", "link"])
def test_playing_that_begins_elsewhere_counts_from_there(
    open_window, sign_in, live_server, scene, how
):
    """Browsers say that they have played from the beginning, when they were sent on before they began."""
    world, row = scene
    seen = open_window()
    sign_in(seen, world.teachers[0])
    page = opened(seen, live_server, row)
    if how == "link":
        page.evaluate(
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<a id=\"go\" href=\"#t=15\">go</a>')"
        )
        page.evaluate("document.querySelector('#player').muted = true")
        page.click("#go")
    play(page, 17, start=15 if how == "script" else None)
    pause(page)
    ((first, last),) = covered(row, world.teachers[0], 1.5)
    assert 14.5 < first < 15.5
    assert last > 16.5


def test_the_credit_is_drawn_anew_after_a_pause(open_window, sign_in, live_server, scene):
    world, row = scene
    seen = open_window()
    sign_in(seen, world.teachers[0])
    page = opened(seen, live_server, row)
    page.evaluate("document.querySelector('.credit').dataset.old = ''")
    play(page, 2)
    pause(page)
    page.wait_for_selector(".credit:not([data-old])", timeout=20_000)


def test_what_was_played_without_a_line_arrives_later(open_window, sign_in, live_server, scene):
    world, row = scene
    seen = open_window()
    sign_in(seen, world.teachers[0])
    page = opened(seen, live_server, row)
    play(page, 1)
    page.wait_for_timeout(1000)
    page.context.set_offline(True)
    play(page, 4)
    pause(page)
    page.wait_for_timeout(1000)
    assert not Watched.objects.exists()
    page.close()
    seen.context.set_offline(False)
    seen.context.new_page().goto(f"{live_server.url}/recordings/{row.slug}/")
    (first,) = covered(row, world.teachers[0], 2.5)
    assert first[0] < 0.5
    assert all("DISCONNECTED" in error for error in seen.errors)
    seen.errors.clear()
