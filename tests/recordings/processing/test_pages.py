"""The card of whoever runs the event: progress, why not, stop, again, and the file itself."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from events.backstage import sweep
from events.backstage.models import Job
from events.kernel import clock
from events.kernel.contributions import Panel
from events.templatetags.numbers import file_size
from recordings.library.models import Recording, Rendition
from recordings.processing import panels
from tests.factories.recordings import clip, make_rendition
from tests.factories.sessions import sign_in
from tests.factories.world import AT, make_event, make_world
from tests.recordings.processing import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def made(world, tmp_path):
    recording = scenes.arrive(make_event(world), clip(tmp_path, seconds=1, size="320x180"))
    sweep.drain(at=clock.now())
    return recording


def card(world, made, person):
    found = panels.making(world.actor(person), {"recording_id": made.pk}, at=AT)
    if not isinstance(found, Panel):
        return ""
    return render_to_string(found.template, {"values": found.values}, RequestFactory().get("/"))


def test_only_who_runs_the_event_sees_the_card(world, made):
    assert "Waiting for a free worker" in card(world, made, world.coordinator)
    assert card(world, made, world.teachers[0]) == ""


def test_the_weight_of_a_download_is_told_in_units_of_a_thousand(world, made):
    make_rendition(made, "audio")
    made.renditions.update(stream_bytes=2_900_000, download_bytes=2_008_141)
    assert "2.9 MB to play, 2 MB to download" in card(world, made, world.coordinator)


def test_it_says_why_and_offers_to_try_again_and_the_file(world, made, client):
    Job.objects.filter(kind="recording").update(state="failed", last_error="Unreadable")
    text = card(world, made, world.coordinator)
    assert "could not be made smaller" in text
    assert "The file is damaged" in text
    assert "Try again" in text
    assert f"/recordings/making/{made.pk}/original/" in text
    sign_in(client, world.coordinator)
    file = client.get(f"/recordings/making/{made.pk}/original/")
    assert b"".join(file.streaming_content)[4:8] == b"ftyp"
    assert file.headers["Content-Disposition"] == f'attachment; filename="{made.slug}.mp4"'
    answer = client.post(f"/recordings/making/{made.pk}/again/")
    assert answer.headers["Location"] == f"/recordings/{made.slug}/manage/"
    assert Job.objects.filter(kind="recording", state="waiting").count() == 1


def test_stop_is_asked_once_for_the_running_job(world, made, client):
    sign_in(client, world.coordinator)
    client.post(f"/recordings/making/{made.pk}/stop/")
    assert Job.objects.get(kind="recording").cancel_asked
    assert "It stops in a few seconds" in card(world, made, world.coordinator)
    scenes.work()
    assert Job.objects.get(kind="recording").state == "cancelled"


def test_a_hidden_draft_answers_as_one_that_is_not_there(world, made, client):
    sign_in(client, world.teachers[0])
    for recording_id in (made.pk, made.pk + 1000):
        for deed in ("again", "stop"):
            assert client.post(f"/recordings/making/{recording_id}/{deed}/").status_code == 404
        assert client.get(f"/recordings/making/{recording_id}/original/").status_code == 404
    Recording.objects.filter(pk=made.pk).update(state="published", up_at=AT)
    assert client.get(f"/recordings/making/{made.pk}/original/").status_code == 403


def test_a_teacher_reaches_none_of_it(world, made, client):
    sign_in(client, world.teachers[0])
    for deed in ("again", "stop"):
        assert client.post(f"/recordings/making/{made.pk}/{deed}/").status_code in {403, 404}
    assert client.get(f"/recordings/making/{made.pk}/original/").status_code in {403, 404}
    assert client.post(f"/recordings/making/{made.pk}/anything/").status_code == 404
    assert not Job.objects.get(kind="recording").cancel_asked


def test_ready_sizes_are_listed(world, made):
    scenes.work()
    text = card(world, made, world.coordinator)
    for size in Rendition.objects.all():
        words = "Sound only" if size.name == "audio" else "Small video"
        played, kept = file_size(size.stream_bytes), file_size(size.download_bytes)
        assert f"{words}: {played} to play, {kept} to download" in text
    assert "<progress" not in text
