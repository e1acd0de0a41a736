"""Captions replace one another, survive cuts, are mended by hand or written by a program."""

import re
import stat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.kernel.errors import NotAllowed
from recordings.captions import commands, handlers, queries, tasks, transcribing
from recordings.captions.models import Cue, Track
from recordings.library.facts import RenditionReady
from recordings.library.models import Recording
from recordings.media import store
from tests.factories.recordings import make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db
VTT = b"WEBVTT\n\n00:01.000 --> 00:03.000\nZdravo <svima> & ostalima\n\n10:00.000 --> 10:05.000\nkraj\n"
LATER = VTT.replace(b"kraj", b"konac")


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def row(world):
    return make_recording(make_event(world), captioned=False)


def add(row, content=VTT, language="hr"):
    return commands.add_track(
        row.pk, language=language, content=content, origin="upload", by=SYSTEM, at=AT
    )


def test_a_newer_track_of_a_language_replaces_the_older(row):
    first = add(row)
    assert add(row).pk == first.pk
    second = add(row, LATER)
    assert [track.pk for track in queries.tracks_of(row)] == [second.pk]
    row.refresh_from_db()
    assert row.captioned
    commands.remove_track(second.pk, by=SYSTEM, at=AT)
    row.refresh_from_db()
    assert not row.captioned


def test_captions_without_a_line_are_none(row):
    track, other = add(row), add(row, language="en")
    commands.mend(other.pk, {0: "", 1: ""}, by=SYSTEM, at=AT)
    row.refresh_from_db()
    assert row.captioned
    commands.mend(track.pk, {0: "", 1: ""}, by=SYSTEM, at=AT)
    row.refresh_from_db()
    assert not row.captioned
    third = add(row, language="sq")
    commands.remove_track(third.pk, by=SYSTEM, at=AT)
    row.refresh_from_db()
    assert not row.captioned


def test_captions_of_another_recording_are_refused_and_too_long_ones_doubted(row):
    with pytest.raises(commands.WrongRecording):
        add(row, b"WEBVTT\n\n02:00:00.000 --> 02:00:01.000\nkasno\n")
    assert not Track.objects.exists()
    track = add(row, VTT + b"\n01:05:00.000 --> 01:05:01.000\nkasno\n")
    assert track.remarks == ["longer"]


def test_what_is_cut_is_no_longer_said_and_the_rest_moves_up(row):
    track = add(row)
    Recording.objects.filter(pk=row.pk).update(cuts=[[0, 5000], [300_000, 360_000]])
    row.refresh_from_db()
    assert [(said.start, said.text) for said in queries.said_in(row, track)] == [
        (600_000 - 65_000, "kraj")
    ]
    later = add(row, b"WEBVTT\n\n00:01.000 --> 00:02.000\nnakon reza\n", "en")
    assert Cue.objects.get(track=later).start_ms == 6000


def cut_out(row, *spans):
    Recording.objects.filter(pk=row.pk).update(cuts=[list(span) for span in spans])


LATE = (
    b"WEBVTT\n\n00:02.000 --> 00:06.000\nInto the cut\n\n00:06.000 --> 00:08.000\nCut out\n\n"
    b"00:12.000 --> 00:13.000\nAfter it\n"
)


def test_words_of_the_whole_film_do_not_come_back_after_a_cut(row):
    cut_out(row, (5000, 10_000))
    track = commands.add_track(
        row.pk, language="en", content=LATE, origin="platform", film="whole", by=SYSTEM, at=AT
    )
    assert list(Cue.objects.values_list("text", "start_ms")) == [("After it", 12_000)]
    row.refresh_from_db()
    assert [said.start for said in queries.said_in(row, track)] == [7000]
    shown = commands.add_track(
        row.pk, language="en", content=LATE, origin="upload", by=SYSTEM, at=AT
    )
    assert shown.pk != track.pk
    assert Cue.objects.filter(track=shown).count() == 3
    cut_out(row, (0, 60_000))
    with pytest.raises(commands.AllCutOut):
        commands.add_track(
            row.pk, language="en", content=LATE, origin="upload", film="whole", by=SYSTEM, at=AT
        )


def test_the_form_asks_which_film_the_times_belong_to_once_something_is_cut(row, world):
    client, address = sign_in(Client(), world.coordinator), f"/recordings/{row.slug}/captions/"
    assert 'name="film"' not in client.get(address).content.decode()
    cut_out(row, (5000, 10_000))
    shown = client.get(address).content.decode()
    assert shown.count('name="film"') == 2
    assert re.search(r'value="whole"[^>]*checked', shown)
    for film, texts in (
        ("whole", ["After it"]),
        ("shown", ["Into the cut", "Cut out", "After it"]),
    ):
        sent = {"file": SimpleUploadedFile("a.vtt", LATE), "language": "en", "film": film}
        assert client.post(address, sent).status_code == 302
        shown = Cue.objects.filter(track__withdrawn_at=None)
        assert list(shown.values_list("text", flat=True)) == texts


def test_the_file_for_players_escapes_what_is_said_and_names_who_says_it(row):
    track = add(row, VTT.replace(b"kraj", b"<v Ana>kraj"))
    assert queries.as_vtt(row, track) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nZdravo  &amp; ostalima\n\n"
        "00:10:00.000 --> 00:10:05.000\n<v Ana>kraj\n"
    )


def test_cues_are_mended_and_taken_away(row):
    track = add(row)
    count = commands.mend(track.pk, {0: "Dobar dan --> svima\n\n", 1: " "}, by=SYSTEM, at=AT)
    assert count == 2
    assert [said.text for said in queries.said_in(row, track)] == ["Dobar dan → svima"]
    assert [said.order for said in queries.said_in(row, track, words="dobar svima")] == [0]
    fresh = add(row)
    assert fresh.pk != track.pk


def test_only_who_runs_the_event_changes_what_is_said(world, row):
    track = add(row)
    with pytest.raises(NotAllowed):
        commands.mend(track.pk, {0: "x"}, by=world.actor(world.teachers[0]), at=AT)


@pytest.fixture
def program(tmp_path, settings):
    def write(body):
        path = tmp_path / "transcribe"
        path.write_text("#!/bin/sh\n" + body)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        settings.KOLEGA_TRANSCRIBE = str(path)

    settings.STORAGES = {
        **settings.STORAGES,
        "recordings": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "recordings")},
        },
    }
    return write


def job_of(row):
    from events.backstage.models import Job

    handlers.transcribe(RenditionReady(row.pk, 1, "audio"), at=AT)
    return Job.objects.filter(kind="transcribe").first()


def sound(row, tmp_path):
    path = tmp_path / "sound"
    path.write_bytes(b"sound")
    store.put(f"{store.folder_of(row.pk, 1)}/audio.mp4", path)


def test_a_local_program_writes_captions_marked_as_a_machines(row, program, tmp_path):
    program('[ "$2" = en ] && [ "$(cat "$1")" = sound ] && '
            'printf "WEBVTT\\n\\n00:01.000 --> 00:02.000\\nrecognised\\n"\n')  # fmt: skip
    sound(row, tmp_path)
    assert tasks.transcribe_step(job_of(row))
    (track,) = queries.tracks_of(row)
    assert (track.origin, queries.said_in(row, track)[0].text) == ("machine", "recognised")


def test_what_a_person_added_while_the_program_ran_stays(row, program, tmp_path, monkeypatch):
    program("exit 3\n")
    sound(row, tmp_path)
    monkeypatch.setattr(transcribing, "run", lambda *_, **__: add(row, language="en") and LATER)
    assert tasks.transcribe_step(job_of(row))
    assert [track.origin for track in Track.objects.all()] == ["upload"]


def test_what_was_heard_as_another_language_is_not_kept(row, program, tmp_path, monkeypatch):
    program("exit 3\n")
    sound(row, tmp_path)

    def spoken(*_, **__):
        Recording.objects.update(language="hr")
        return LATER

    monkeypatch.setattr(transcribing, "run", spoken)
    assert tasks.transcribe_step(job_of(row))
    assert not Track.objects.exists()


def test_a_program_that_fails_leaves_no_captions(row, program, tmp_path):
    program("exit 3\n")
    sound(row, tmp_path)
    with pytest.raises(RuntimeError):
        tasks.transcribe_step(job_of(row))
    assert not Track.objects.exists()


def test_without_a_program_nothing_is_begun(row):
    assert job_of(row) is None
