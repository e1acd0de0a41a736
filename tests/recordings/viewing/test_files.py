"""Files over HTTP: exact bytes for every kind of range, from a folder and from S3 alike."""

import random

import pytest
from django.utils.http import http_date

from recordings.media import reading
from tests.factories.recordings import make_recording
from tests.factories.world import make_event, make_world
from tests.recordings.viewing import kept
from tests.recordings.viewing.kept import CONTENT

pytestmark = pytest.mark.django_db
SIZE = len(CONTENT)


@pytest.fixture
def row():
    return make_recording(make_event(make_world()), visibility="public")


@pytest.fixture
def ask(place, row, client):
    kept.keep(row, "240p.mp4", CONTENT)

    def asker(name="240p.mp4", method="get", **headers):
        given = {key.replace("_", "-"): value for key, value in headers.items()}
        return getattr(client, method)(kept.path_of(row, name), headers=given)

    return asker


@pytest.mark.parametrize(
    ("asked", "told", "content"),
    [
        ("bytes=0-1", f"bytes 0-1/{SIZE}", CONTENT[:2]),
        ("bytes=100-199", f"bytes 100-199/{SIZE}", CONTENT[100:200]),
        ("bytes=-500", f"bytes {SIZE - 500}-{SIZE - 1}/{SIZE}", CONTENT[-500:]),
        ("bytes=70000-", f"bytes 70000-{SIZE - 1}/{SIZE}", CONTENT[70000:]),
        ("bytes=65535-131073", f"bytes 65535-131073/{SIZE}", CONTENT[65535:131074]),
        (f"bytes={SIZE - 1}-{SIZE + 9}", f"bytes {SIZE - 1}-{SIZE - 1}/{SIZE}", CONTENT[-1:]),
    ],
)
def test_a_range(ask, asked, told, content):
    answer = ask(Range=asked)
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == told
    assert answer.headers["Content-Length"] == str(len(content))
    assert answer.getvalue() == content


def test_the_whole(ask):
    answer = ask(Accept_Encoding="gzip")
    assert (answer.status_code, answer.getvalue()) == (200, CONTENT)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(SIZE)
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in answer.headers
    for word in ("private", "immutable", "max-age="):
        assert word in answer.headers["Cache-Control"]


def test_in_blocks_never_as_a_whole(ask):
    sizes = [len(block) for block in ask().streaming_content]
    assert (sum(sizes), max(sizes)) == (SIZE, reading.BLOCK)


def test_beyond_the_end(ask):
    answer = ask(Range=f"bytes={SIZE}-")
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
    assert answer.content == b""


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=9-1", "lines=1-2", "bytes=x"])
def test_several_ranges_and_nonsense_are_the_whole(ask, asked):
    answer = ask(Range=asked)
    assert (answer.status_code, answer.getvalue()) == (200, CONTENT)


def test_only_while_the_file_is_the_one_that_is_known(ask):
    known = ask().headers
    same = ({"If_Range": known["ETag"]}, {"If_Range": known["Last-Modified"]})
    other = ('"other"', "W/" + known["ETag"], http_date(0), "nonsense")
    for headers in same:
        assert ask(Range="bytes=0-1", **headers).getvalue() == CONTENT[:2]
    for value in other:
        assert ask(Range="bytes=0-1", If_Range=value).getvalue() == CONTENT


def test_head_says_all_and_sends_nothing(ask):
    answer = ask(method="head", Range="bytes=0-1")
    assert (answer.status_code, answer.headers["Content-Length"]) == (200, str(SIZE))
    assert answer.content == b""


def test_what_the_reader_has_is_not_sent_again(ask):
    answer = ask(If_None_Match=ask().headers["ETag"])
    assert (answer.status_code, answer.content) == (304, b"")


def test_an_empty_file(ask, row):
    kept.keep(row, "empty.mp4", b"")
    assert ask("empty.mp4").getvalue() == b""
    assert ask("empty.mp4", Range="bytes=-5").status_code == 200
    answer = ask("empty.mp4", Range="bytes=0-")
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, "bytes */0")


def test_any_range_is_the_slice(ask):
    dice = random.Random(11)  # noqa: S311  repeatable
    for _ in range(40):
        first = dice.randrange(SIZE)
        last = dice.randrange(first, SIZE + 1000)
        assert ask(Range=f"bytes={first}-{last}").getvalue() == CONTENT[first : last + 1]


def test_playlists_are_compressed_and_looked_up_again(ask, row):
    text = b"#EXTM3U\n" + 100 * b"#EXTINF:6,\n240p_00001.m4s\n"
    kept.keep(row, "240p.m3u8", text)
    answer = ask("240p.m3u8", Accept_Encoding="gzip", Range="bytes=0-1")
    assert answer.headers["Content-Type"] == "application/vnd.apple.mpegurl"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert ask("240p.m3u8").getvalue() == text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("240p_00001.m4s", "video/iso.segment"),
        ("audio.m4a", "audio/mp4"),
        ("poster.jpg", "image/jpeg"),
        ("en.vtt", "text/vtt; charset=utf-8"),
    ],
)
def test_kinds(ask, row, name, kind):
    kept.keep(row, name, b"x")
    assert ask(name).headers["Content-Type"] == kind
