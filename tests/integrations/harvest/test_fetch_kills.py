"""A worker that is killed while it fetches a recording loses nothing, and loads nothing twice."""

import os
import signal

import pytest
from django.db import connections

from events.backstage import jobs
from events.backstage.models import Job
from integrations.harvest import fetches, handing, loading, tasks
from recordings.arrivals.models import Upload
from recordings.library.models import Original
from tests.events.registration.mail import at as stands_at
from tests.factories.world import AT
from tests.integrations.harvest.recorded import _sha

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def in_the_middle():
    before, calls = fetches.note_loaded, []

    def noted(*args, **kwargs):
        before(*args, **kwargs)
        calls.append(1)
        if len(calls) == 3:
            die()

    loading.fetches.note_loaded = noted


def when_it_is_handed_over():
    handing.arrivals.receive_whole = die


def in_worker(stage, prepare):
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            prepare()
            with stands_at(stage.now):
                jobs.run_due(at=stage.now)
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(pid, 0)[1])


def test_killed_it_goes_on_behind_what_is_here(teams_recorded, film, monkeypatch):
    stage = teams_recorded
    monkeypatch.setattr(loading, "PIECE", 16384)
    stage.found(film)
    with stands_at(stage.now):
        tasks.fetch_recordings(at=stage.now)
    assert in_worker(stage, in_the_middle) == signal.SIGKILL
    assert stage.fetching.loaded == 3 * 16384
    Job.objects.filter(state="running").update(lease_until=AT)
    assert in_worker(stage, when_it_is_handed_over) == signal.SIGKILL
    assert not Upload.objects.exists()
    Job.objects.filter(state="running").update(lease_until=AT)
    stage.fetch()
    assert stage.asked() == [0, 3 * 16384]
    assert Original.objects.get().sha256 == _sha(film)
    assert [one.name for one in stage.folder.rglob("*.part")] == []
