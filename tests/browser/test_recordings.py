"""The catalogue and the player in a real browser: nothing before play, then sound and pictures."""

import itertools

import pytest

from tests.browser.looking import FIRST_VISIT, THEMES, WIDTHS, breaches, settled, sideways
from tests.factories.films import make_film
from tests.factories.world import AT, SYSTEM, make_event, make_world
from tests.recordings.viewing import kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATE = """media => ({
  at: media.currentTime, ready: media.readyState, paused: media.paused, length: media.duration,
  rate: media.playbackRate, failed: media.error && media.error.code, from: media.currentSrc,
  frames: media.getVideoPlaybackQuality ? media.getVideoPlaybackQuality().totalVideoFrames : 0,
  octets: media.webkitAudioDecodedByteCount, waited: window.waited,
})"""
WATCH = """() => { window.waited = 0; document.querySelector('#player')
  .addEventListener('waiting', () => { window.waited += 1; }); }"""


@pytest.fixture
def scene(settings, tmp_path):
    kept.in_folder(settings, tmp_path)
    settings.RECORDINGS_WORK = str(tmp_path / "work")
    world = make_world()
    return world, make_film(make_event(world), seconds=24)


def media(page):
    return page.locator("#player")


def state(page):
    return media(page).evaluate(STATE)


def until(page, words, seconds=30):
    page.wait_for_function(
        f"() => {{ const media = document.querySelector('#player'); return {words}; }}",
        timeout=1000 * seconds,
    )


@pytest.mark.parametrize("look", list(itertools.product(WIDTHS, THEMES)), ids=str)
def test_both_pages_for_everybody(open_window, sign_in, live_server, scene, look):
    world, row = scene
    seen = open_window(width=look[0], theme=look[1])
    sign_in(seen, world.teachers[0])
    for path in ("/recordings/", f"/recordings/{row.slug}/"):
        seen.loads.clear()
        seen.page.goto(live_server.url + path, wait_until="networkidle")
        assert breaches(seen.page) == []
        assert sideways(seen.page) <= 0
        assert seen.weight() <= FIRST_VISIT
        assert not [load for load in seen.loads if load.url.endswith((".m3u8", ".m4s", ".mp4"))]
        assert seen.weight("document") <= 14_000


@pytest.mark.parametrize("size", ["480p", "240p", "audio"])
def test_it_plays_in_real_time(open_window, sign_in, live_server, scene, size):
    world, row = scene
    seen = open_window()
    sign_in(seen, world.teachers[0])
    page = seen.page
    page.goto(f"{live_server.url}/recordings/{row.slug}/?size={size}")
    page.evaluate(WATCH)
    media(page).evaluate("media => { media.muted = true; media.play().catch(() => {}); }")
    until(page, "media.currentTime > 1")
    page.evaluate("window.waited = 0")
    before, clock = state(page), page.evaluate("performance.now()")
    page.wait_for_timeout(5000)
    after, passed = state(page), (page.evaluate("performance.now()") - clock) / 1000
    assert after["from"].endswith(f"{size}.m3u8")
    assert after["at"] - before["at"] == pytest.approx(passed, abs=1)
    assert after["octets"] > before["octets"] > 0
    if size != "audio":
        assert after["frames"] - before["frames"] >= 5 * 12 * 0.7
    assert 23 < after["length"] < 25
    assert (after["failed"], after["waited"]) == (None, 0)


def test_jumps_keys_and_speed(open_window, sign_in, live_server, scene):
    world, row = scene
    seen = open_window()
    sign_in(seen, world.teachers[0])
    page = seen.page
    page.goto(f"{live_server.url}/recordings/{row.slug}/?t=12")
    media(page).evaluate("media => { media.muted = true; media.play().catch(() => {}); }")
    until(page, "media.currentTime > 12 && media.currentTime < 16")
    media(page).focus()
    page.keyboard.press("k")
    until(page, "media.paused")
    at = state(page)["at"]
    page.keyboard.press("j")
    assert state(page)["at"] == pytest.approx(at - 10, abs=0.5)
    page.keyboard.press("ArrowRight")
    assert state(page)["at"] == pytest.approx(at - 5, abs=0.5)
    page.get_by_role("button", name="1.5×").click()
    assert state(page)["rate"] == 1.5
    pressed = page.locator("[data-rate][aria-pressed=true]")
    assert pressed.text_content() == "1.5×"
    page.locator("[data-size='240p']").click()
    settled(page)
    assert "size=240p" in page.url
    assert "t=" in page.url


def test_typing_elsewhere_is_no_key(open_window, sign_in, live_server, scene):
    world, row = scene
    seen = open_window()
    sign_in(seen, world.teachers[0])
    seen.page.goto(f"{live_server.url}/recordings/{row.slug}/")
    seen.page.locator("body").press("k")
    seen.page.wait_for_timeout(300)
    assert state(seen.page)["paused"]


def test_without_javascript_the_plain_file_plays(open_window, sign_in, live_server, scene):
    world, row = scene
    seen = open_window(script=False)
    sign_in(seen, world.teachers[0])
    page = seen.page
    page.goto(f"{live_server.url}/recordings/{row.slug}/?size=240p")
    assert page.locator("source[src$='240p.mp4']").count() == 1
    assert page.locator("[data-script]").first.is_hidden()
    page.get_by_role("button", name="Switch it on").click()
    settled(page)

    page.goto(f"{live_server.url}/recordings/{row.slug}/")
    assert page.locator("audio#player").count() == 1
    assert page.locator("img").count() == 0


def test_where_hls_is_unknown_a_library_comes_at_the_first_play(
    open_window, sign_in, live_server, scene
):
    world, row = scene
    seen = open_window()
    sign_in(seen, world.teachers[0])
    page = seen.page
    page.add_init_script(
        "const real = HTMLMediaElement.prototype.canPlayType;"
        "HTMLMediaElement.prototype.canPlayType = function (kind) {"
        " return kind.includes('mpegurl') ? '' : real.call(this, kind); };"
        "const add = Element.prototype.appendChild;"
    )
    page.route("**/*.m3u8", lambda route: route.continue_())
    page.goto(f"{live_server.url}/recordings/{row.slug}/?size=240p", wait_until="networkidle")
    assert not [load for load in seen.loads if "hls.light" in load.url]
    media(page).evaluate("media => { media.muted = true; media.play().catch(() => {}); }")
    until(page, "media.currentTime > 2 && media.currentSrc.startsWith('blob:')")
    assert [load for load in seen.loads if "hls.light" in load.url]


def test_a_withdrawn_recording_stops_and_says_so(open_window, sign_in, live_server, scene):
    from recordings.library import commands

    world, row = scene
    seen = open_window()
    sign_in(seen, world.teachers[0])
    page = seen.page
    page.goto(f"{live_server.url}/recordings/{row.slug}/?size=240p")
    commands.withdraw(row.pk, by=SYSTEM, at=AT)
    media(page).evaluate("media => { media.muted = true; media.play().catch(() => {}); }")
    page.locator("[data-broken]").wait_for(state="visible")
