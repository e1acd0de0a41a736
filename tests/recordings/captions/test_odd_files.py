"""What is odd in captions and addresses is dropped or refused with a sentence, never an error page."""

import base64
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.backstage import jobs
from events.kernel.actors import system
from recordings.captions import commands, parsing
from recordings.captions.models import Cue
from recordings.keeping import clearing, tasks
from recordings.library import cuts
from recordings.media import prober, tools
from recordings.processing import recipes
from tests.factories.recordings import MINUTE, make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db
LINE = "WEBVTT\n\n00:01.000 --> {end}\nZdravo{odd}\n\n{start} --> 999:00:00.000\nkraj\n"


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def row(world):
    return make_recording(make_event(world), captioned=False)


def add(row, text):
    return commands.add_track(
        row.pk, language="hr", content=text.encode(), origin="upload", by=SYSTEM, at=AT
    )


def test_lines_behind_the_end_are_dropped_and_others_end_with_it(row):
    add(row, LINE.format(end="999:00:00.000", start="998:00:00.000", odd=""))
    assert [(cue.start_ms, cue.end_ms) for cue in Cue.objects.all()] == [(1000, 60 * MINUTE)]


def test_before_the_file_is_here_nothing_is_later_than_a_recording_can_be(row):
    row.duration_ms = 0
    row.save()
    add(row, LINE.format(end="999:00:00.000", start="998:00:00.000", odd=""))
    assert Cue.objects.get().end_ms == 12 * 60 * MINUTE


def test_a_nul_is_left_out_of_captions(row):
    track = add(row, LINE.format(end="00:03.000", start="00:05.000", odd="\0"))
    assert Cue.objects.order_by("order")[0].text == "Zdravo"
    commands.mend(track.pk, {0: "Dobar\0 dan"}, by=SYSTEM, at=AT)
    assert Cue.objects.get(order=0).text == "Dobar dan"


def test_a_file_too_large_for_captions_is_not_read(client, world, row, monkeypatch):
    monkeypatch.setattr(parsing, "MOST_BYTES", 20)
    monkeypatch.setattr(commands, "add_track", None)
    sign_in(client, world.coordinator)
    file = SimpleUploadedFile("long.vtt", b"WEBVTT\n\n" + b"x" * 30)
    answer = client.post(f"/recordings/{row.slug}/captions/", {"file": file, "language": "hr"})
    assert answer.status_code == 422
    assert "too long for captions" in answer.content.decode()


def test_a_nul_in_an_address_or_in_metadata_breaks_nothing(client, world, row):
    assert client.get("/recordings/?language=%00hr&kind=%00").status_code == 200
    assert client.get("/recordings/search/?q=%00a").status_code == 200
    sign_in(client, world.coordinator)
    for slug, name in ((f"{row.slug}\0", "film.mp4"), (row.slug, "fi\0lm.mp4")):
        said = ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}"
            for key, value in (("recording", slug), ("filename", name))
        )
        answer = client.post(
            "/recordings/upload/",
            headers={"Tus-Resumable": "1.0.0", "Upload-Length": "9", "Upload-Metadata": said},
        )
        assert answer.status_code == 404


def test_a_link_offers_only_the_cluster(client, world, row):
    row.link, row.duration_ms = "https://films.example.org/1", 0
    row.save()
    sign_in(client, world.coordinator)
    page = client.get(f"/recordings/{row.slug}/manage/").content.decode()
    assert 'value="cluster"' in page
    assert 'value="public"' not in page
    assert "It lies elsewhere" in page


def test_the_job_of_another_revision_is_not_taken_for_this_one(row):
    by = system("captions")
    for number in (1, 10):
        later = AT + timedelta(minutes=number)
        jobs.start("transcribe", key=f"{row.pk}:{number}:", params={}, by=by, at=later, total=None)
    clearing.stop_work(row.pk, 1)
    found = {job.key: job.cancel_asked for job in (
        jobs.latest("transcribe", prefix=f"{row.pk}:{number}:") for number in (1, 10)
    )}  # fmt: skip
    assert found == {f"{row.pk}:1:": True, f"{row.pk}:10:": False}


def test_files_that_do_not_go_keep_no_others(row, monkeypatch):
    asked = []

    def stays(recording_id, **_more):
        asked.append(recording_id)
        raise clearing.StillThere

    monkeypatch.setattr(cuts, "with_left", lambda: [row.pk, row.pk])
    monkeypatch.setattr(clearing, "clear", stays)
    tasks.look_after(at=AT)
    assert asked == [row.pk, row.pk]


def test_the_transcoder_reads_what_the_prober_knows_and_nothing_else(tmp_path):
    assert tools.FORMATS == prober.FORMATS
    call = recipes.audio(tmp_path / "a", tmp_path / "b", threads=1)
    assert call[call.index("-format_whitelist") + 1] == prober.FORMATS


@pytest.mark.parametrize(
    ("about", "said"),
    [((False, 1), "1 line of the file is left out: it begins after the recording ends."),
     ((False, 2), "2 lines of the file are left out: they begin after the recording ends."),
     ((True, 1), "1 line of the file is left out: it lies after the end or in what was cut out."),
     ((False, 0), "")],
)  # fmt: skip
def test_how_many_lines_were_left_out_is_said(client, world, row, about, said):
    cut, late = about
    if cut:
        type(row).objects.filter(pk=row.pk).update(cuts=[[30 * MINUTE, 31 * MINUTE]])
    cues = ["00:01.000 --> 00:02.000\none", "00:03.000 --> 00:04.000\ntwo"]
    cues += [f"0{number + 2}:00:00.000 --> 0{number + 2}:00:01.000\nlost" for number in range(late)]
    file = SimpleUploadedFile("words.vtt", "\n\n".join(["WEBVTT", *cues]).encode())
    sign_in(client, world.coordinator)
    sent = {"file": file, "language": "hr", "film": "whole"}
    page = client.post(f"/recordings/{row.slug}/captions/", sent, follow=True)
    told = [str(one) for one in page.context["messages"]]
    assert told == ["2 lines of captions are in.", *([said] if said else [])]
