"""What playlists say is measured: the peak as RFC 8216 defines it, sizes as they are made."""

import pytest

from recordings.media.probe import Facts
from recordings.processing import playlists, sizes
from recordings.processing.playlists import Segment, Variant


def rows(*pairs):
    return [Segment(f"{at}.m4s", seconds, size) for at, (seconds, size) in enumerate(pairs)]


def test_no_stretch_of_half_a_target_and_more_needs_more_than_the_peak():
    found = rows((6, 30_000), (6, 90_000), (2, 60_000), (4, 20_000), (0.04, 3_000))
    peak = playlists.peak(found)
    assert peak == 150_000  # the second and third together; the third alone is too short to count
    for one in found:
        if one.seconds >= 3:
            assert peak >= one.size * 8 / one.seconds


def test_a_last_segment_of_a_moment_does_not_count_alone():
    assert playlists.peak(rows((6, 24_000), (0.04, 329))) < 33_000


def test_a_film_of_a_moment_has_a_peak_too():
    assert playlists.peak(rows((0.4, 5_000))) == playlists.average(rows((0.4, 5_000))) == 100_000


def test_the_master_names_film_from_the_smallest_up_and_sound_only_where_it_is_all():
    sound = Variant("audio.m3u8", 34_000, 33_000, "mp4a.40.2", 0, 0)
    small = Variant("240p.m3u8", 90_000, 70_000, "avc1.64000d,mp4a.40.2", 426, 240)
    large = Variant("480p.m3u8", 300_000, 200_000, "avc1.64001e,mp4a.40.2", 854, 480)
    text = playlists.master([large, sound, small])
    assert [line for line in text.splitlines() if line.endswith(".m3u8")] == [
        "240p.m3u8", "480p.m3u8",
    ]  # fmt: skip
    assert "audio.m3u8" in playlists.master([sound])


def film(**changes):
    values = {
        "duration_ms": 3_600_000, "container": "mov", "bit_rate": 3_000_000, "width": 1280,
        "height": 720, "fps": 25.0, "video": "h264", "audio": "aac", "pixels": "yuv420p",
        "audio_profile": "LC",
    }  # fmt: skip
    return Facts(**{**values, **changes})


def order(facts, there=()):
    return [(piece.kind, piece.names) for piece in sizes.pieces(facts, there=there)]


def test_a_long_film_is_decoded_twice_and_a_short_one_once():
    small, standard = ("film", ("240p",)), ("film", ("480p",))
    assert order(film()) == [("audio", ("audio",)), small, standard]
    assert order(film(duration_ms=60_000)) == [("audio", ("audio",)), ("film", ("240p", "480p"))]
    assert order(film(duration_ms=60_000), there=("audio", "240p")) == [standard]


def test_a_light_film_comes_first_as_it_is():
    light = film(bit_rate=400_000)
    assert order(light) == [("copy", ("480p",)), ("audio", ("audio",)), ("film", ("240p",))]
    for more in ({"video": "hevc"}, {"pixels": "yuv420p10le"}, {"rotation": 90}, {"audio": "opus"},
                 {"width": 1920, "height": 1080}, {"interlaced": True}):  # fmt: skip
        assert order(film(bit_rate=400_000, **more))[0] == ("audio", ("audio",)), more


@pytest.mark.parametrize(
    ("source", "small", "standard"),
    [(25, 12.5, 25), (30, 15, 30), (29.97, 14.985, 29.97), (50, 12.5, 25), (60, 15, 30), (5, 5, 5),
     (0, 15, 30)],
)  # fmt: skip
def test_frames_are_left_out_evenly(source, small, standard):
    facts = film(fps=float(source))
    assert sizes.picture("240p", facts).fps == pytest.approx(small)
    assert sizes.picture("480p", facts).fps == pytest.approx(standard)


def test_no_size_of_a_light_film_is_made_heavier_than_it_is():
    light = film(bit_rate=120_000, video="vp9")
    assert [sizes.picture(name, light).bits for name in ("240p", "480p")] == [88_000, 88_000]
    assert sizes.picture("480p", film()).bits == sizes.RUNGS["480p"].bits
    assert sizes.picture("240p", film(bit_rate=0)).bits == sizes.RUNGS["240p"].bits
