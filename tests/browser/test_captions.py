"""Captions in a real browser: the track is there, and its words come up at their second."""

import pytest

from recordings.library.models import Recording
from tests.browser import cues
from tests.factories.films import make_film
from tests.factories.world import make_event, make_world
from tests.recordings.viewing import kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SPANS = [(1, 2.5), (4, 5), (10, 11)]
# What a browser without HLS says of it.
NO_HLS = """const known = HTMLMediaElement.prototype.canPlayType;
HTMLMediaElement.prototype.canPlayType = function (kind) { return kind.includes('mpegurl') ? '' : known.call(this, kind); };"""


@pytest.fixture
def film(settings, tmp_path):
    """Twelve seconds; then the sixth to eighth are said to be cut out, so the rest moves up."""
    kept.in_folder(settings, tmp_path)
    settings.RECORDINGS_WORK = str(tmp_path / "work")
    world = make_world()
    row = make_film(make_event(world), sizes=("audio", "240p"))
    cues.caption(row, SPANS)
    Recording.objects.filter(pk=row.pk).update(cuts=[[6000, 8000]])
    return world.teachers[0], row


@pytest.mark.parametrize("how", ["240p", "240p without HLS", "audio"])
def test_words_come_up_at_their_second(open_window, sign_in, live_server, film, how):
    (reader, row), (size, *without) = film, how.split(maxsplit=1)
    seen = open_window()
    sign_in(seen, reader)
    page = seen.page
    if without:
        page.add_init_script(NO_HLS)
    page.goto(f"{live_server.url}/recordings/{row.slug}/?size={size}")
    media = page.locator("#player")
    assert media.evaluate(cues.TRACKS) == [["captions", "en", "showing"]]
    page.evaluate(cues.HEAR)
    media.evaluate("media => { media.muted = true; media.play().catch(() => {}); }")
    page.wait_for_function("() => document.querySelector('#player').currentTime > 5.2")
    assert media.evaluate(cues.LOADED) == [
        ["Words 0", 1, 2.5], ["Words 1", 4, 5], ["Words 2", 8, 9],
    ]  # fmt: skip
    came = cues.first_at(page.evaluate("window.cues"))
    assert came == {"Words 0": pytest.approx(1, abs=0.5), "Words 1": pytest.approx(4, abs=0.5)}
    media.evaluate("media => { media.currentTime = 8.5; }")
    page.wait_for_function("() => window.cues.some(([text]) => text === 'Words 2')")
    media.focus()
    page.keyboard.press("c")
    assert media.evaluate(cues.TRACKS) == [["captions", "en", "disabled"]]
