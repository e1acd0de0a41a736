"""What is in a file is found, also when it says otherwise; what cannot be played is refused."""

import subprocess
import zipfile

import pytest

from recordings.media import probe, tools
from tests.factories.recordings import clip


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return clip(tmp_path_factory.mktemp("film"), seconds=4, rate=25)


def convert(film, name, *options):
    made = film.with_name(name)
    command = [tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-y", "-i", str(film)]
    subprocess.run([*command, *options, str(made)], check=True, timeout=60)
    return made


def test_a_film_with_sound(film):
    found = probe.look(film)
    assert abs(found.duration_ms - 4000) <= 100
    assert (found.video, found.audio, found.width, found.height) == ("h264", "aac", 640, 360)
    assert found.fps == 25
    assert found.bit_rate == pytest.approx(film.stat().st_size * 2, rel=0.05)


def test_what_a_browser_recorded_does_not_say_how_long_it_is(film):
    made = film.with_name("browser.webm")
    with made.open("wb") as out:
        subprocess.run(
            [tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-i", str(film), "-c:v", "libvpx",
             "-c:a", "libopus", "-f", "webm", "-"],
            check=True, timeout=60, stdout=out,
        )  # fmt: skip
    found = probe.look(made)
    assert (found.video, found.audio) == ("vp8", "opus")
    assert abs(found.duration_ms - 4000) <= 100


def test_turned_pictures_are_counted_as_shown(film):
    made = film.with_name("turned.mp4")
    subprocess.run(
        [tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-y", "-display_rotation", "90",
         "-i", str(film), "-c", "copy", str(made)], check=True, timeout=60,
    )  # fmt: skip
    found = probe.look(made)
    assert (found.width, found.height, found.rotation) == (360, 640, 90)


def test_sound_alone_also_with_a_cover(film, tmp_path):
    cover = tmp_path / "cover.jpg"
    subprocess.run(
        [tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-i", str(film), "-frames:v", "1",
         str(cover)], check=True, timeout=60,
    )  # fmt: skip
    made = convert(
        film, "cover.m4a", "-i", str(cover), "-map", "0:a", "-map", "1:v", "-c:v", "copy",
        "-c:a", "copy", "-disposition:v:0", "attached_pic",
    )  # fmt: skip
    found = probe.look(made)
    assert (found.video, found.audio, found.width) == ("", "aac", 0)


def test_the_length_is_what_is_really_there(film):
    cut = film.with_name("cut.mp4")
    content = film.read_bytes()
    cut.write_bytes(content[: len(content) // 2])
    found = probe.look(cut)
    assert 1000 < found.duration_ms < 3000


def test_what_is_no_medium_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "archive.mp4", "w") as archive:
        archive.writestr("a", "b" * 99999)
    (tmp_path / "text.mp4").write_text("hello world\n" * 999)
    (tmp_path / "captions.mp4").write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    for name in ("archive.mp4", "text.mp4", "captions.mp4"):
        with pytest.raises(probe.NoMedium):
            probe.look(tmp_path / name)
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(probe.EmptyFile):
        probe.look(tmp_path / "empty.mp4")


def test_a_list_that_names_another_file_is_not_followed(film):
    playlist = film.with_name("list.mp4")
    playlist.write_text(
        f"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:4,\nfile://{film}\n#EXT-X-ENDLIST\n"
    )
    pieces = film.with_name("pieces.mp4")
    pieces.write_text(f"ffconcat version 1.0\nfile {film.name}\n")
    for path in (playlist, pieces):
        with pytest.raises(probe.NoMedium):
            probe.look(path)


def test_a_picture_is_refused_as_one(film):
    with pytest.raises(probe.StillPicture):
        probe.look(convert(film, "still.png", "-frames:v", "1"))


def test_an_encrypted_film_is_refused(film):
    locked = convert(
        film, "locked.mp4", "-c", "copy", "-encryption_scheme", "cenc-aes-ctr",
        "-encryption_key", "0" * 31 + "1", "-encryption_kid", "0" * 31 + "2",
    )  # fmt: skip
    with pytest.raises(probe.LockedFile):
        probe.look(locked)


def test_limits_of_length_and_size(film, monkeypatch):
    monkeypatch.setattr(probe, "LONGEST_MS", 3000)
    with pytest.raises(probe.TooLong):
        probe.look(film)
    monkeypatch.undo()
    monkeypatch.setattr(probe, "LONGER_SIDE", 600)
    with pytest.raises(probe.TooWide):
        probe.look(film)


def test_a_look_that_takes_too_long_ends(film):
    with pytest.raises(probe.TookTooLong):
        probe.look(film, seconds=0.01)
