"""From a file to sizes that can be watched and downloaded."""

import re
import subprocess
from pathlib import Path

import pytest

from recordings.library import queries
from recordings.media import probe, store, tools
from recordings.processing import commands, making, orders, playlists, sizes
from tests.factories.recordings import clip
from tests.factories.world import AT, SYSTEM, make_event, make_world
from tests.recordings.processing import scenes

pytestmark = pytest.mark.django_db
SECONDS = 13
ATTRIBUTE = re.compile(r'([A-Z-]+)=("[^"]*"|[^,]*)')


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A film that is too heavy to be published as it is."""
    return clip(tmp_path_factory.mktemp("film"), seconds=SECONDS, size="960x540", rate=25)


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    """Two seconds of it."""
    return clip(tmp_path_factory.mktemp("short"), seconds=2, size="960x540", rate=25)


@pytest.fixture
def event(db):
    return make_event(make_world())


def convert(film, name, *options):
    made = film.with_name(name)
    command = [tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-y", "-i", str(film)]
    subprocess.run([*command, *options, str(made)], check=True, timeout=60)
    return made


def segments(made, name):
    return playlists.segments(Path(scenes.path_of(made, f"{name}.m3u8")))


def master(made):
    """The attributes of each variant, by its playlist."""
    text = Path(scenes.path_of(made, "master.m3u8")).read_text(encoding="utf-8")
    lines = re.findall(r"#EXT-X-STREAM-INF:(.*)\n(.*)\n", text)
    return {
        playlist: {name: value.strip('"') for name, value in ATTRIBUTE.findall(told)}
        for told, playlist in lines
    }


def test_sound_and_two_sizes_of_film(event, film):
    made = scenes.arrive(event, film)
    scenes.work()
    rows = scenes.renditions(made)
    assert set(rows) == {"audio", "240p", "480p"}
    assert (rows["240p"].width, rows["240p"].height) == (426, 240)
    assert (rows["480p"].width, rows["480p"].height) == (854, 480)
    job = scenes.job_of(made)
    assert (job.state, job.done, job.total) == ("done", 100, 100)
    assert scenes.working() == []
    made.refresh_from_db()
    assert made.up_at is not None
    for name, row in rows.items():
        _check_download(made, name, row)
        _check_stream(made, name, row)
    _check_master(made, rows)
    _check_poster(made)


def _check_download(made, name, row):
    path = scenes.path_of(made, row.download)
    found = probe.look(path)
    assert abs(found.duration_ms - SECONDS * 1000) <= 100
    assert found.audio == "aac"
    assert found.audio_profile == "LC"
    head = Path(path).read_bytes()
    assert head.find(b"moov") < head.find(b"mdat")  # the head comes first, so it plays at once
    assert len(head) == row.download_bytes
    if name != "audio":
        assert (found.video, found.width, found.height) == ("h264", row.width, row.height)


def _check_stream(made, name, row):
    found = segments(made, name)
    assert abs(sum(one.seconds for one in found) - SECONDS) <= 0.1
    assert len(found) == 3
    whole = [one for one in found if one.seconds >= 3]
    assert row.peak >= max(one.size * 8 / one.seconds for one in whole)
    assert row.peak < 1.2 * max(one.size * 8 / one.seconds for one in found)
    total = sum(one.size for one in found)
    assert row.average == pytest.approx(total * 8 / SECONDS, rel=0.02)
    assert row.average <= row.peak
    if name != "audio":
        assert scenes.key_frames(scenes.path_of(made, row.download))[:3] == [0, 6, 12]


def _check_master(made, rows):
    told = master(made)
    assert list(told) == ["240p.m3u8", "480p.m3u8"]
    for name in ("240p", "480p"):
        row, line = rows[name], told[f"{name}.m3u8"]
        assert int(line["BANDWIDTH"]) == row.peak
        assert int(line["AVERAGE-BANDWIDTH"]) == row.average
        assert line["RESOLUTION"] == f"{row.width}x{row.height}"
        assert re.fullmatch(r"avc1\.[0-9a-f]{6},mp4a\.40\.2", line["CODECS"])


def _check_poster(made):
    original = queries.original_of(made)
    assert 0 < original.poster <= 15_000
    assert store.size(f"{store.folder_of(made.pk, 1)}/poster.jpg") == original.poster


def test_the_sizes_play_in_the_order_they_are_made(event, short, monkeypatch):
    made = scenes.arrive(event, short)
    monkeypatch.setattr(sizes, "TOGETHER_MS", 0)
    scenes.work()
    rows = sorted(scenes.renditions(made).values(), key=lambda row: row.made_at)
    assert [row.name for row in rows] == ["audio", "240p", "480p"]
    made.refresh_from_db()
    assert made.up_at == rows[0].made_at


def test_a_small_film_is_published_as_it_is_first(event, short):
    small = convert(
        short, "small.mp4", "-vf", "scale=640:360", "-preset", "veryfast", "-crf", "38",
        "-c:a", "copy",
    )  # fmt: skip
    made = scenes.arrive(event, small)
    scenes.work()
    rows = sorted(scenes.renditions(made).values(), key=lambda row: row.made_at)
    assert [row.name for row in rows] == ["480p", "audio", "240p"]
    assert (rows[0].width, rows[0].height) == (640, 360)
    whole = probe.look(small)
    assert rows[0].download_bytes == pytest.approx(small.stat().st_size, rel=0.02)
    assert abs(probe.look(scenes.path_of(made, "480p.mp4")).duration_ms - whole.duration_ms) < 100


def test_a_copy_that_could_not_be_sought_in_is_made_anew(event, film, monkeypatch):
    small = convert(film, "rare.mp4", "-vf", "scale=640:360", "-crf", "38", "-g", "9999")
    monkeypatch.setattr(making, "LONGEST_SEGMENT", 10.0)
    made = scenes.arrive(event, small)
    scenes.work()
    assert set(scenes.renditions(made)) == {"audio", "240p", "480p"}
    assert [round(one.seconds) for one in segments(made, "480p")] == [6, 6, 1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("sound.m4a", ("-vn",), {"audio": (0, 0)}),
        ("silent.mp4", ("-an", "-c:v", "copy"), {"240p": (426, 240), "480p": (854, 480)}),
        ("odd.mkv", ("-vf", "scale=329:251,setsar=1,format=yuv444p"), {"audio": (0, 0), "240p": (314, 240)}),
        ("portrait.mp4", ("-vf", "scale=406:720,setsar=1,format=yuv422p"),
         {"audio": (0, 0), "240p": (240, 426), "480p": (406, 720)}),
        ("moment.mp4", ("-t", "0.4", "-b:v", "3M"),
         {"audio": (0, 0), "240p": (426, 240), "480p": (854, 480)}),
        ("browser.webm", ("-c:v", "libvpx", "-b:v", "1M", "-c:a", "libopus"),
         {"audio": (0, 0), "240p": (426, 240), "480p": (854, 480)}),
        ("uneven.mp4", ("-vf", "select='lt(mod(n,7),3)'", "-fps_mode", "vfr", "-b:v", "3M"),
         {"audio": (0, 0), "240p": (426, 240), "480p": (854, 480)}),
    ],
)  # fmt: skip
def test_files_of_every_kind(event, short, name, options, expected):
    source = convert(short, name, *options)
    made = scenes.arrive(event, source)
    scenes.work()
    rows = scenes.renditions(made)
    assert scenes.job_of(made).state == "done"
    assert {name: (row.width, row.height) for name, row in rows.items()} == expected
    length = probe.look(source).duration_ms
    for row in rows.values():
        found = probe.look(scenes.path_of(made, row.download))
        assert abs(found.duration_ms - length) <= 250
        assert bool(found.audio) == ("audio" in expected)
        if row.width:
            assert found.pixels == "yuv420p"  # all that players can be relied upon to know
            assert len(scenes.steps(scenes.path_of(made, row.download))) == 1


def test_a_damaged_end_leaves_what_is_there(event, film):
    cut = film.with_name("cut.mp4")
    content = film.read_bytes()
    cut.write_bytes(content[: len(content) // 2])
    made = scenes.arrive(event, cut)
    scenes.work()
    assert set(scenes.renditions(made)) == {"audio", "240p", "480p"}
    length = probe.look(cut).duration_ms
    assert length < 9000
    found = probe.look(scenes.path_of(made, "480p.mp4"))
    assert abs(found.duration_ms - length) <= 500


def test_nothing_is_made_twice(event, short):
    made = scenes.arrive(event, short)
    scenes.work()
    before = {row.name: row.made_at for row in scenes.renditions(made).values()}
    order = orders.of(made.pk, 1)
    assert list(sizes.pieces(order.facts, there=order.made)) == []
    commands.begin(made.pk, by=SYSTEM, at=AT)
    scenes.work()
    assert {row.name: row.made_at for row in scenes.renditions(made).values()} == before
