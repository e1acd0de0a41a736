"""Captions of every flavour come in with their times, speakers and words."""

from pathlib import Path

import pytest

from recordings.captions import parsing
from recordings.captions.parsing import CaptionsTooLong, Line, NotCaptions, parse

SHARED = Path(__file__).parents[4] / "shared" / "data" / "captions"
VTT = "WEBVTT\n\n00:01.000 --> 00:03.500\nZdravo\n\n00:03.500 --> 00:05.000\nsvima\n"
TWO = (Line(1000, 3500, "Zdravo"), Line(3500, 5000, "svima"))

FLAVOURS = {
    "plain": VTT,
    "bom": "\ufeff" + VTT,
    "windows line ends": VTT.replace("\n", "\r\n"),
    "old mac line ends": VTT.replace("\n", "\r"),
    "srt": "1\n00:00:01,000 --> 00:00:03,500\nZdravo\n\n2\n00:00:03,500 --> 00:00:05,000\nsvima\n",
    "srt with dots": "1\n0:00:01.000 --> 0:00:03.500\nZdravo\n\n2\n0:00:03.5 --> 0:00:05\nsvima\n".replace(
        "0:00:05\n", "0:00:05.0\n"
    ),
    "srt without blank lines": (
        "1\n00:00:01,000 --> 00:00:03,500\nZdravo\n2\n00:00:03,500 --> 00:00:05,000\nsvima\n"
    ),
    "sbv": "0:00:01.000,0:00:03.500\nZdravo\n\n0:00:03.500,0:00:05.000\nsvima\n",
    "sbv with a bom": "\ufeff0:00:01.000,0:00:03.500\nZdravo\n\n0:00:03.500,0:00:05.000\nsvima\n",
    "settings": VTT.replace("03.500\nZ", "03.500 align:start position:0%\nZ"),
    "styles, notes and regions": VTT.replace(
        "WEBVTT\n",
        "WEBVTT - Naslov\nKind: captions\nLanguage: hr\n\nSTYLE\n::cue { color: red }\n\n"
        "REGION\nid:a\n\nNOTE proba\n",
    ),
    "note between": VTT.replace("\n\n00:03", "\n\nNOTE\nprovjeriti\n\n00:03"),
    "named cues": VTT.replace("00:01.000 -->", "uvod\n00:01.000 -->"),
    "tags": VTT.replace("Zdravo", "<i>Zdravo</i>").replace("svima", "<c.yellow>svi</c>ma"),
    "words with times": VTT.replace("svima", "svi<00:00:04.000><c>ma</c>"),
    "places of a subtitle editor": VTT.replace("Zdravo", "{\\an8}Zdravo"),
    "unsorted": ("WEBVTT\n\n00:03.500 --> 00:05.000\nsvima\n\n00:01.000 --> 00:03.500\nZdravo\n"),
    "utf-16": VTT.encode("utf-16"),
}


@pytest.mark.parametrize("name", FLAVOURS)
def test_every_flavour_says_the_same(name):
    content = FLAVOURS[name]
    found = parse(content if isinstance(content, bytes) else content.encode())
    assert found.lines == TWO
    assert found.remarks == ()


def test_speakers_are_read_from_voice_tags_and_from_names_before_a_colon():
    voiced = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Kova\xc4\x8d>Dobro: idemo</v>\n"
    assert parse(voiced).lines == (Line(1000, 2000, "Dobro: idemo", "Ana Kovač"),)
    zoomed = (
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nAna Kovač: Dobro: idemo\n\n2\n00:02.000 --> 00:03.000\n"
        "Arben Hoxha: Po\n\n3\n00:03.000 --> 00:04.000\nAna Kovač: Onda ovako\n"
    )
    found = parse(zoomed.encode()).lines
    assert [line.speaker for line in found] == ["Ana Kovač", "Arben Hoxha", "Ana Kovač"]
    assert found[0].text == "Dobro: idemo"


def test_a_chance_colon_is_no_speaker():
    rows = [f"00:{n:02}.000 --> 00:{n:02}.900\n{text}\n" for n, text in enumerate(
        ("Prvo: sat", "Gledamo", "Drugo: odmor", "I dalje", "gledamo"), 1
    )]  # fmt: skip
    assert all(not line.speaker for line in parse(("WEBVTT\n\n" + "\n".join(rows)).encode()).lines)


@pytest.mark.parametrize(("code", "text"), [("cp1250", "Čaša žute džemice"), ("cp1251", "Ђак учи")])
def test_old_alphabets_are_guessed_and_said(code, text):
    found = parse(VTT.replace("Zdravo", text).encode(code))
    assert found.lines[0].text == text
    assert found.remarks == ("alphabet_guessed",)


def test_lines_that_roll_up_are_said_once():
    rolled = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\ndobar\n\n00:02.000 --> 00:03.000\ndobar\ndan\n\n"
        "00:03.000 --> 00:04.000\ndan\nsvima\n\n00:04.000 --> 00:05.000\nsvima\n"
    )
    found = parsing.unrolled(parse(rolled.encode()).lines)
    assert [line.text for line in found] == ["dobar", "dan", "svima"]
    assert found[-1].end == 5000


def test_saying_the_same_twice_is_kept():
    twice = "WEBVTT\n\n00:01.000 --> 00:02.000\nDa.\n\n00:02.000 --> 00:03.000\nDa.\n"
    assert len(parsing.unrolled(parse(twice.encode()).lines)) == 2


def test_an_end_before_its_start_becomes_a_short_line_and_a_line_without_times_is_said():
    found = parse(b"0:00:05.000,0:00:04.000\nkraj\n\nbez vremena\n")
    assert found.lines == (Line(5000, 7000, "kraj"),)
    assert found.remarks == ("lines_without_times",)


@pytest.mark.parametrize(
    "content",
    [b"", b"WEBVTT\n", b"Zdravo svima", b"PK\x03\x04" + bytes(200), b"\xff\xfe\x00", b"%PDF-1.7"],
)
def test_what_is_no_captions_is_refused(content):
    with pytest.raises(NotCaptions):
        parse(content)


def test_endless_files_are_refused():
    with pytest.raises(CaptionsTooLong):
        parse(b"x" * (parsing.MOST_BYTES + 1))


TRUTHS = {
    "teams_transcript_voice_tags.vtt": (11, 78_000, 3),
    "zoom_transcript_colon_speakers.vtt": (3, 11_200, 2),
    "sample.srt": (5, 23_880, 0),
    "broken_missing_timeframe.srt": (4, 23_880, 0),
    "captions_with_bom.vtt": (4, 21_580, 0),
    "sample.sbv": (5, 19_484, 0),
    "youtube_auto_inline_times.vtt": (4, 305_400, 0),
}


@pytest.mark.parametrize("name", TRUTHS)
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
def test_real_files_reach_their_truths(name):
    cues, end, speakers = TRUTHS[name]
    lines = parse((SHARED / name).read_bytes()).lines
    assert (len(lines), lines[-1].end) == (cues, end)
    assert len({line.speaker for line in lines if line.speaker}) == speakers
