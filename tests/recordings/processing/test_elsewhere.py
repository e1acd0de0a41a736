"""Sizes are made where originals and sizes lie in somebody else's S3 server, also across kills."""

import hashlib
import signal

import pytest
from django.core.files.storage import storages

from events.backstage import jobs, sweep
from events.backstage.models import Job
from events.kernel import clock
from recordings.library import commands as library
from recordings.media import probe, store
from recordings.processing import storing, sweeping
from tests.factories.recordings import clip, sha256
from tests.factories.world import AT, make_event, make_world
from tests.recordings.processing import scenes
from tests.recordings.processing.killing import at_call, in_worker
from tests.recordings.viewing import kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def bucket(settings, tmp_path):
    """An S3 server for the time of a test, and a working folder of its own."""
    server = kept.s3_server()
    kept.in_bucket(settings, server.get_host_and_port()[1])
    settings.RECORDINGS_WORK = tmp_path / "work"
    yield storages["recordings"].bucket
    server.stop()


@pytest.fixture
def film(tmp_path):
    return clip(tmp_path, seconds=2, size="960x540", rate=25)


def content(made, name):
    with store.storage().open(f"{store.folder_of(made.pk, 1)}/{name}", "rb") as file:
        return file.read()


def in_the_bucket(bucket, made):
    """Bytes of each file of a recording, as the server lists them."""
    prefix = f"{store.folder_of(made.pk, 1)}/"
    rows = bucket.objects.filter(Prefix=prefix)
    return {row.key.removeprefix(prefix): row.size for row in rows}


def assert_made(bucket, made, film, tmp_path):
    there, rows = in_the_bucket(bucket, made), scenes.renditions(made)
    assert set(rows) == {"audio", "240p", "480p"}
    assert hashlib.sha256(content(made, "original.mp4")).hexdigest() == sha256(film)
    for name, row in rows.items():
        assert there[row.download] == row.download_bytes
        streamed = [size for key, size in there.items()
                    if key.startswith((f"{name}_", f"{name}.m3u8"))]  # fmt: skip
        assert sum(streamed) == row.stream_bytes
        copy = tmp_path / row.download
        copy.write_bytes(content(made, row.download))
        assert abs(probe.look(copy).duration_ms - 2000) < 150
    master = content(made, "master.m3u8").decode()
    assert all(f"{name}.m3u8" in master for name in ("240p", "480p"))
    assert there["poster.jpg"] == library.Original.objects.get(recording=made).poster


def test_what_arrives_in_a_bucket_is_made_there_and_nothing_is_left_here(bucket, film, tmp_path):
    made = scenes.arrive(make_event(make_world()), film)
    assert set(in_the_bucket(bucket, made)) == {"original.mp4"}
    scenes.work()
    assert scenes.job_of(made).state == "done"
    assert_made(bucket, made, film, tmp_path)
    assert scenes.working() == []


STEPS = {
    "while it fetches the original": lambda: at_call(store, "fetch", 1),
    "when the sound is stored in part": lambda: at_call(store, "put", 2),
    "when film is stored in part": lambda: at_call(store, "put", 3),
    "when the small film is stored": lambda: at_call(library, "note_rendition", 1),
    "when all is ready": lambda: at_call(storing, "tidy", 1),
}


def test_killed_workers_lose_nothing_in_a_bucket_and_leave_nothing(bucket, film, tmp_path):
    made = scenes.arrive(make_event(make_world()), film)
    sweep.drain(at=clock.now())
    for name, step in STEPS.items():
        # A process must not go on with connections its parent has opened.
        storages._storages.pop("recordings", None)
        assert in_worker(step) == signal.SIGKILL, name
        Job.objects.filter(state="running").update(lease_until=AT, attempts=0)
    jobs.run_due(at=clock.now(), long=True)
    assert scenes.job_of(made).state == "done"
    assert_made(bucket, made, film, tmp_path)
    assert len(scenes.working()) > 1
    sweeping.sweep(at=clock.now() + 2 * sweeping.OLD)
    assert scenes.working() == []
    assert_made(bucket, made, film, tmp_path)
