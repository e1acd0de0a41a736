"""Work that kills whoever does it is given up; a job taken over is left to whoever has it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction

from events.backstage import commands, due, jobs, reactions, sweep
from events.backstage.models import Job, Work
from events.kernel import clock
from tests.factories.world import AT, SYSTEM

pytestmark = pytest.mark.django_db
HERE = "tests.proofs.test_poison"
KINDS = ["good", "slow"]
done: list[str] = []


@dataclass(frozen=True)
class Poured:
    number: int


def handle(fact, *, at):
    done.append("handled")


def step(job):
    done.append("stepped")
    return True


def step_that_is_taken_over(job):
    later = clock.now() + timedelta(minutes=10)
    assert jobs._claim(KINDS, at=later).pk == job.pk
    return True


@pytest.fixture(autouse=True)
def wire(monkeypatch):
    monkeypatch.setattr("config.wiring.REACTIONS", [reactions.React(Poured, f"{HERE}.handle")])
    monkeypatch.setattr(
        "config.wiring.JOBS", {"good": f"{HERE}.step", "slow": f"{HERE}.step_that_is_taken_over"}
    )
    reactions.reactions.cache_clear()
    reactions.by_handler.cache_clear()
    done.clear()
    yield
    reactions.reactions.cache_clear()
    reactions.by_handler.cache_clear()


def test_work_whose_workers_all_die_is_parked():
    with transaction.atomic():
        commands.record(Poured(1), at=AT)
    due.fan_out(at=AT)
    at = AT
    for _ in range(sweep.MAX_ATTEMPTS):
        assert sweep.claim(at=at) is not None
        at += sweep.LEASE + timedelta(seconds=1)
    sweep.run(sweep.claim(at=at), at=at)
    work = Work.objects.get()
    assert (work.state, work.last_error, done) == ("parked", "process ended", [])


def test_a_job_whose_workers_all_die_fails():
    start("good")
    at = clock.now()
    for _ in range(jobs.MAX_ATTEMPTS):
        assert jobs._claim(KINDS, at=at) is not None
        at += jobs.LEASE + timedelta(seconds=1)
    jobs.run_due(at=at)
    job = Job.objects.get()
    assert (job.state, job.last_error, done) == ("failed", "process ended", [])


def test_a_job_taken_over_is_not_closed_by_who_had_it_before():
    start("slow")
    jobs.run_due(at=clock.now())
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("running", 2)


def start(kind):
    jobs.start(kind, key="1", params={}, by=SYSTEM, at=clock.now(), total=None)
