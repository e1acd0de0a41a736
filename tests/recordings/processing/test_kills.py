"""A worker that is killed at any step loses nothing and leaves no rubbish; two never do the same."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from events.backstage import jobs, sweep
from events.backstage.models import Job
from events.kernel import clock
from recordings.library import commands as library
from recordings.media import probe, store
from recordings.processing import making, storing, sweeping, tasks
from tests.factories.recordings import clip, sha256
from tests.factories.world import AT, make_event, make_world
from tests.recordings.processing import scenes
from tests.recordings.processing.killing import at_call, in_worker, while_encoding

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


STEPS = {
    "when it has begun": lambda: at_call(making.Bench, "next_piece", 1),
    "while it encodes the sound": lambda: while_encoding(1),
    "while it cuts the sound": lambda: while_encoding(2),
    "when the sound is stored in part": lambda: at_call(store, "put", 2),
    "when the sound is stored": lambda: at_call(library, "note_rendition", 1),
    "when the sound is ready": lambda: at_call(storing, "write_master", 1),
    "when the picture is stored": lambda: at_call(library, "note_poster", 1),
    "while it encodes film": lambda: while_encoding(1),
    "when film is stored in part": lambda: at_call(store, "put", 3),
    "when the small film is ready": lambda: at_call(library, "note_rendition", 2),
    "when all is ready": lambda: at_call(storing, "tidy", 1),
}


def test_killed_at_each_step_it_loses_nothing_and_leaves_no_rubbish(tmp_path):
    film = clip(tmp_path, seconds=2, size="960x540", rate=25)
    event = make_event(make_world())
    made, whole = scenes.arrive(event, film), scenes.arrive(event, film, title="Not disturbed")
    sweep.drain(at=clock.now())
    undisturbed = scenes.job_of(whole)
    Job.objects.filter(pk=undisturbed.pk).update(due_at=clock.now() + timedelta(days=1))
    ready = 0
    for name, step in STEPS.items():
        assert in_worker(step) == signal.SIGKILL, name
        _gone(scenes.transcoders, name)
        assert sha256(Path(scenes.path_of(made, "original.mp4"))) == sha256(film)
        now = len(scenes.renditions(made))
        assert now >= ready, name
        ready = now
        for row in scenes.renditions(made).values():
            assert probe.look(Path(scenes.path_of(made, row.download))).duration_ms > 1900
        Job.objects.filter(state="running").update(lease_until=AT, attempts=0)
    Job.objects.filter(pk=undisturbed.pk).update(due_at=AT)
    jobs.run_due(at=clock.now(), long=True)
    assert [scenes.job_of(one).state for one in (made, whole)] == ["done", "done"]
    assert scenes.files_of(made) == scenes.files_of(whole)
    assert _lengths(made) == _lengths(whole)
    assert len(scenes.working()) > 3
    sweeping.sweep(at=clock.now() + 2 * sweeping.OLD)
    assert scenes.working() == []
    assert scenes.files_of(made) == scenes.files_of(whole)


def _gone(running, name):
    end = time.monotonic() + 10
    while running():
        assert time.monotonic() < end, f"{name}: {running()}"
        time.sleep(0.1)


def _lengths(made):
    return {
        name: (row.stream_bytes, row.download_bytes, row.peak, row.average)
        for name, row in scenes.renditions(made).items()
    }


def test_two_workers_take_different_jobs(tmp_path):
    film = clip(tmp_path, seconds=1, size="320x180")
    event = make_event(make_world())
    wanted = {scenes.arrive(event, film).pk for _ in range(2)}
    sweep.drain(at=clock.now())

    def note(order, _hold):
        (tmp_path / f"took-{os.getpid()}-{order.recording_id}").touch()
        time.sleep(1.5)

    connections.close_all()
    workers = []
    for _ in range(2):
        if (pid := os.fork()) == 0:
            tasks.making.make = note
            try:
                jobs.run_due(at=clock.now(), long=True)
            finally:
                os._exit(0)
        workers.append(pid)
    for pid in workers:
        os.waitpid(pid, 0)
    took = [file.name.split("-") for file in tmp_path.glob("took-*")]
    assert {int(recording) for _, _, recording in took} == wanted
    assert len({pid for _, pid, _ in took}) == 2
    assert len(took) == 2
    assert settings.RECORDINGS_WORK
