"""The player on a poor line and at length, run by `make prove ARGS="player"`.

A quarter of a megabit per second, 400 ms, a processor six times slower: Chromium's own throttling,
whose effect is measured too. What is counted is what the browser says it decoded and received.
"""

import time
from dataclasses import replace
from datetime import datetime

import pytest

from config.demo.films import talks, telling
from events.backstage import jobs, sweep
from events.kernel import clock
from recordings.library import queries as library
from recordings.library.models import Rendition
from tests.browser import cues
from tests.browser.looking import FIRST_VISIT
from tests.factories.films import make_film
from tests.factories.world import make_event, make_world
from tests.recordings.viewing import kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BITS, LATENCY_MS, SLOWER = 250_000, 400, 6
# Segments from this many bytes on show how fast the line is.
BIG = 20_000
SHORT, LONG = 126, 40 * 60
BUDGET_S = 1800.0
HELD = datetime(2026, 11, 3, 15)
SAID = [(start, start + 6) for start in range(2, 116, 8)]
COUNT = """media => ({
  at: media.currentTime, frames: media.getVideoPlaybackQuality ? media.getVideoPlaybackQuality().totalVideoFrames : 0,
  dropped: media.getVideoPlaybackQuality ? media.getVideoPlaybackQuality().droppedVideoFrames : 0,
  octets: media.webkitAudioDecodedByteCount, failed: media.error && media.error.code, from: media.currentSrc,
  played: Array.from(media.played, (_, i) => media.played.end(i) - media.played.start(i)).reduce((a, b) => a + b, 0),
})"""
LISTEN = """() => {
  const media = document.querySelector('#player');
  window.told = { stalls: 0, stalled: 0, first: 0, since: 0 };
  media.addEventListener('waiting', () => { if (window.told.first) window.told.since = performance.now(); });
  media.addEventListener('timeupdate', () => {
    if (window.told.since) {
      window.told.stalls += 1; window.told.stalled += performance.now() - window.told.since; window.told.since = 0;
    }
  });
  const look = setInterval(() => {
    if (!window.began || media.currentTime < 0.01) return;
    window.told.first = performance.now() - window.began; clearInterval(look);
  }, 20);
  if (media.requestVideoFrameCallback) media.requestVideoFrameCallback(() => { window.told.frame = performance.now() - window.began; });
}"""
BEGIN = "() => { window.began = performance.now(); document.querySelector('#player').play().catch(() => {}); }"
SEEK = """second => new Promise((done) => {
  const media = document.querySelector('#player'), began = performance.now();
  media.currentTime = second;
  const look = () => { if (!media.seeking && media.currentTime > second + 0.1) done(performance.now() - began); else setTimeout(look, 20); };
  look();
})"""


class Line:
    """A window on a poor line, and what came over it."""

    def __init__(self, seen):
        self.page, self.octets, self.asked, self.rates = seen.page, 0, {}, []
        self.session = seen.context.new_cdp_session(seen.page)
        self.session.send("Network.enable")
        self.session.on("Network.requestWillBeSent", self._asked)
        self.session.on("Network.loadingFinished", self._done)
        self.seen = seen

    def _asked(self, told):
        self.asked[told["requestId"]] = told["timestamp"], told["request"]["url"]

    def _done(self, told):
        size = int(told["encodedDataLength"])
        self.octets += size
        began, url = self.asked.get(told["requestId"], (0, ""))
        if url.endswith(".m4s") and size > BIG:
            self.rates.append(size * 8 / (told["timestamp"] - began))

    def slow(self):
        rate = {"downloadThroughput": BITS / 8, "uploadThroughput": BITS / 8}
        self.session.send(
            "Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **rate}
        )
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def count(self):
        return self.page.locator("#player").evaluate(COUNT)


@pytest.fixture
def world(settings, tmp_path):
    kept.in_folder(settings, tmp_path)
    settings.RECORDINGS_WORK = str(tmp_path / "work")
    return make_world()


@pytest.fixture
def open_film(open_window, sign_in, live_server, world):
    def opener(row):
        seen = open_window()
        sign_in(seen, world.teachers[0])
        return Line(seen), f"{live_server.url}/recordings/{row.slug}/"

    return opener


def longest_talk(world, monkeypatch):
    """The longest film of the demo, spoken, drawn and made smaller as the demo's worker does it."""
    name = talks.names()[-1]
    event = make_event(world, title="A talk that was held", starts=HELD)
    talk = replace(talks.read(name), country=event.country.code, event=event.title)
    monkeypatch.setattr(talks, "names", lambda: [name])
    monkeypatch.setattr(talks, "read", lambda _: talk)
    telling.begin(at=clock.now())
    for _ in range(2):  # to make the film, then its sizes
        jobs.run_due(at=clock.now(), budget=BUDGET_S, long=True)
        sweep.drain(at=clock.now())
    jobs.run_due(at=clock.now(), budget=BUDGET_S, long=True)
    [row] = library.of_event(event.pk)
    assert row.up_at is not None
    return row


def slides_of_ours(world, _monkeypatch):
    return make_film(make_event(world), seconds=LONG, sizes=("audio", "240p"))


def promised(row):
    return Rendition.objects.get(recording=row, name="240p").stream_bytes


def test_two_minutes_in_real_time(open_film, world):
    row = make_film(make_event(world), seconds=SHORT, sizes=("240p",))
    line, address = open_film(row)
    cues.caption(row, SAID)
    page = line.page
    page.goto(f"{address}?size=240p")
    page.evaluate(LISTEN)
    page.evaluate(cues.HEAR)
    received = line.octets
    page.evaluate(BEGIN)
    page.wait_for_function(
        "() => document.querySelector('#player').currentTime > 120", timeout=200_000
    )
    passed = (page.evaluate("performance.now() - window.began")) / 1000
    found, told = line.count(), page.evaluate("window.told")
    wire = line.octets - received
    came = cues.first_at(page.evaluate("window.cues"))
    late = max(abs(came[f"Words {number}"] - start) for number, (start, _) in enumerate(SAID))
    print(  # noqa: T201
        f"PLAYER, real time: {found['at']:.1f} s of film in {passed:.1f} s, {found['frames']} frames "
        f"({found['dropped']} dropped), {found['octets']} bytes of sound decoded, {wire} bytes received "
        f"of {promised(row)} promised, {told['stalls']} stalls, captions at most {late:.2f} s off"
    )
    assert found["failed"] is None
    assert 120 <= found["played"] <= passed + 0.5
    assert passed < 130
    assert found["frames"] >= 120 * 12 * 0.95
    assert found["octets"] > 120 * 32_000 / 8 * 0.8
    assert told["stalls"] == 0
    assert late <= 0.5


@pytest.mark.parametrize("film", [longest_talk, slides_of_ours])
def test_a_poor_line(open_film, world, monkeypatch, film):
    row = film(world, monkeypatch)
    assert row.length_ms >= LONG * 1000
    line, address = open_film(row)
    page = line.page
    figures = {}
    for size in ("audio", "240p"):
        page.goto("about:blank")
        line.slow()
        line.seen.loads.clear()
        page.goto(f"{address}?size={size}", wait_until="networkidle", timeout=120_000)
        figures["page"] = line.seen.weight()
        assert figures["page"] <= FIRST_VISIT
        page.evaluate(LISTEN)
        page.evaluate(BEGIN)
        page.wait_for_function(
            "() => window.told.first && (window.told.frame || !document.querySelector('video'))",
            timeout=60_000,
        )
        told = page.evaluate("window.told")
        figures[size] = told["first"] / 1000 if size == "audio" else told["frame"] / 1000
    began, clock = line.octets, time.monotonic()
    page.wait_for_function(
        "() => document.querySelector('#player').currentTime > 300", timeout=400_000
    )
    told, found = page.evaluate("window.told"), line.count()
    rate = (line.octets - began) * 8 / (time.monotonic() - clock)
    seeks = [page.evaluate(SEEK, second) / 1000 for second in (1200, 2100, 600)]
    fastest = max(line.rates)
    print(  # noqa: T201
        f"PLAYER, {BITS // 1000} kbit/s, {LATENCY_MS} ms, processor {SLOWER} times slower, {film.__name__}, "
        f"{row.length_ms // 60_000} min, {promised(row) * 8 / row.length_ms:.0f} kbit/s: page "
        f"{figures['page']} bytes before play, first sound {figures['audio']:.1f} s, first frame of the small video "
        f"{figures['240p']:.1f} s, {told['stalls']} stalls in five minutes ({told['stalled'] / 1000:.1f} s), seeks "
        f"{', '.join(f'{one:.1f}' for one in seeks)} s, fastest segment at {fastest / 1000:.0f} kbit/s, {rate / 1000:.0f} kbit/s needed, "
        f"{found['frames']} frames"
    )
    assert found["failed"] is None
    assert figures["audio"] <= 4
    assert figures["240p"] <= 6
    assert told["stalls"] == 0
    assert max(seeks) <= 6
    assert fastest <= BITS * 1.1
