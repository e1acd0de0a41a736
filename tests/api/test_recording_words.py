"""Captions, chapters, finding words and cutting through the API: all in seconds of the player."""

import pytest

from recordings.captions import commands as captions
from tests.api.calls import Caller
from tests.factories import world as factory
from tests.factories.recordings import make_recording

pytestmark = pytest.mark.django_db
VTT = "WEBVTT\n\n00:00:01.500 --> 00:00:03.000\nDobrodošli svi\n\n00:10:00.000 --> 00:10:02.000\nMali koraci\n"


@pytest.fixture
def row(world):
    event = factory.make_event(world, kind="webinar", minutes=60, mode="online", recorded=True)
    return make_recording(event, title="Reading aloud")


@pytest.fixture
def here(row, keeper):
    assert keeper.put(f"/recordings/{row.pk}/captions/hr", {"text": VTT}).status_code == 200
    return f"/recordings/{row.pk}"


def test_captions_come_as_lines_and_as_the_file_of_the_player(row, here, teacher, client):
    lines = teacher.get(f"{here}/captions/hr?limit=1").json()
    assert lines["items"] == [
        {"order": 0, "start": 1.5, "end": 3.0, "speaker": "", "text": "Dobrodošli svi"}
    ]
    assert teacher.get(lines["next"]).json()["items"][0]["start"] == 600.0
    file = teacher.get(f"{here}/captions/hr/vtt")
    assert file.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert "00:00:01.500 --> 00:00:03.000\nDobrodošli svi" in file.content.decode()
    assert teacher.get(f"{here}/captions/sq").status_code == 404
    assert teacher.get(here).json()["tracks"][0]["links"]["vtt"].endswith("/captions/hr/vtt")


def test_captions_are_mended_and_taken_away_and_no_captions_are_refused(here, keeper, teacher):
    assert teacher.put(f"{here}/captions/hr", {"text": VTT}).status_code == 403
    done = keeper.patch(f"{here}/captions/hr", {"items": [{"order": 0, "text": "Dobar dan"}]})
    assert done.json()["edited"]
    assert teacher.get(f"{here}/captions/hr").json()["items"][0]["text"] == "Dobar dan"
    refused = keeper.put(f"{here}/captions/hr", {"text": "Only words"})
    assert (refused.status_code, refused.json()["code"]) == (422, "not_captions")
    assert keeper.put(f"{here}/captions/xx", {"text": VTT}).json()["code"] == "language_unknown"
    assert keeper.delete(f"{here}/captions/hr").json() == {"done": True}
    assert keeper.get(f"{here}/captions/hr").status_code == 404


def test_words_are_found_at_their_second_and_only_what_one_may_watch(row, here, teacher):
    hit = teacher.get("/recordings/search?q=mali+korac").json()["items"][0]
    assert (hit["recording_id"], hit["titled"]) == (row.pk, False)
    assert [(one["start"], one["text"]) for one in hit["moments"]] == [(600.0, "Mali koraci")]
    assert hit["moments"][0]["page"].endswith("?t=600")
    titled = teacher.get("/recordings/search?q=reading").json()["items"][0]
    assert (titled["titled"], titled["moments"]) == (True, [])
    inside = f"/recordings/search?q=koraci&recording_id={row.pk}"
    assert len(teacher.get(inside).json()["items"]) == 1
    stranger = Caller(factory.make_world("MK").teachers[0])
    for nobody in (stranger, Caller()):
        assert nobody.get(inside).json() == {"items": []}


def test_chapters_are_written_in_seconds_by_who_has_read_them(here, keeper, teacher):
    wanted = {"items": [{"start": 0, "title": "Hello"}, {"start": 61.5, "title": "Steps"}]}
    assert keeper.put(f"{here}/chapters", wanted).status_code == 428
    tag = {"If-Match": keeper.get(f"{here}/chapters").headers["ETag"]}
    done = keeper.put(f"{here}/chapters", wanted, **tag).json()["items"]
    assert [(one["start"], one["end"]) for one in done] == [(0.0, 61.5), (61.5, 3600.0)]
    assert teacher.get(here).json()["chapters"] == done
    assert keeper.put(f"{here}/chapters", wanted, **tag).status_code == 412
    for starts in ([4000], [5, 5]):
        wrong = {"items": [{"start": one, "title": "x"} for one in starts]}
        refused = keeper.put(f"{here}/chapters", wrong, **{"If-Match": "*"})
        assert (refused.status_code, refused.json()["code"]) == (422, "chapter_outside")
    assert teacher.get(f"{here}/chapters").json()["items"] == done


def test_after_a_cut_everything_is_on_the_clock_of_the_player(row, here, keeper, teacher):
    row.cuts = [[100_000, 400_000]]
    row.save()
    assert teacher.get(here).json()["seconds"] == 3300.0
    assert teacher.get(f"{here}/captions/hr").json()["items"][1]["start"] == 300.0
    wanted = {"items": [{"start": 200, "title": "After"}]}
    done = keeper.put(f"{here}/chapters", wanted, **{"If-Match": "*"}).json()["items"]
    assert (done[0]["start"], row.chapters.get().start_ms) == (200.0, 500_000)


def test_a_cut_is_a_job_and_takes_the_recording_down(row, here, keeper, teacher):
    refused = keeper.post(f"{here}/cuts", {"items": [{"start": 0, "end": 3600}]})
    assert (refused.status_code, refused.json()["code"]) == (422, "nothing_left")
    refused = keeper.post(f"{here}/cuts", {"items": [{"start": 10, "end": 3602}]})
    assert (refused.status_code, refused.json()["code"]) == (422, "past_the_end")
    job = keeper.post(f"{here}/cuts", {"items": [{"start": 10.5, "end": 20}]}).json()
    assert keeper.get(job["links"]["self"]).json()["kind"] == "recording_cut"
    row.refresh_from_db()
    assert (row.wanted, row.state) == ([[10_500, 20_000]], "draft")
    assert teacher.get(here).status_code == 404


def test_captions_of_another_recording_are_not_mended(world, row, here, keeper):
    other = make_recording(row.event, title="Another")
    captions.add_track(
        other.pk, language="sq", content=VTT.encode(), origin="upload", by=factory.SYSTEM,
        at=factory.AT,
    )  # fmt: skip
    assert keeper.delete(f"{here}/captions/sq").status_code == 404
