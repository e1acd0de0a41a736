"""Long work that a person started: progress, cancel, resume after a crash.

A job's step function (`config/wiring.py`, JOBS) gets the job row and does one small batch in its
own transaction; it returns True when nothing is left. It must find out itself what is already
done, so a step that is repeated does no harm.
"""

import logging
import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from events.backstage import bell, holding, reactions
from events.backstage.holding import LEASE
from events.backstage.models import Job
from events.kernel import chance, clock
from events.kernel.actors import Actor

log = logging.getLogger(__name__)

BUDGET = 20.0
MAX_ATTEMPTS = 5


def start(
    kind: str, *, key: str, params: dict[str, object], by: Actor, at: datetime, total: int | None
) -> Job:
    """Start a job, or give back the one of that kind and key that is still running."""
    try:
        with transaction.atomic():
            job = Job.objects.create(
                id=chance.uuid(), kind=kind, key=key, params=params, owner_id=by.person_id, total=total,
                created_at=at, due_at=at,
            )  # fmt: skip
    except IntegrityError:
        return Job.objects.get(kind=kind, key=key, state__in=["waiting", "running"])
    transaction.on_commit(bell.ring, robust=True)
    return job


def advance(job: Job, *, by: int, total: int | None) -> None:
    """Say how far a job has come; the lease is renewed with it."""
    Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(
        done=F("done") + by, total=total, lease_until=clock.now() + LEASE
    )


def place_of(job: Job) -> str:
    """The page a job belongs to, as said by who started it; empty when nobody did."""
    place = job.params.get("place", "")
    return place if isinstance(place, str) and place.startswith("/") else ""


def latest(kind: str, *, prefix: str) -> Job | None:
    """The job of a kind that was started last among those whose key begins so."""
    return Job.objects.filter(kind=kind, key__startswith=prefix).order_by("-created_at").first()


def ended_early(kind: str) -> list[Job]:
    """The jobs of a kind that failed or were cancelled."""
    states = [Job.State.FAILED, Job.State.CANCELLED]
    return list(Job.objects.filter(kind=kind, state__in=states).order_by("created_at"))


def cancel(job_id: uuid.UUID) -> None:
    """Ask a job to stop after its present step; what is finished is kept."""
    Job.objects.filter(pk=job_id, state__in=["waiting", "running"]).update(cancel_asked=True)


CLAIM = """
UPDATE events_job SET state = 'running', lease_until = %(until)s, lease_token = %(token)s::uuid,
       started_at = coalesce(started_at, %(at)s), attempts = attempts + 1
 WHERE id = (
    SELECT id FROM events_job
     WHERE kind = ANY(%(kinds)s) AND due_at <= %(at)s AND (state = 'waiting' OR (state = 'running' AND lease_until < %(at)s))
     ORDER BY due_at, id FOR UPDATE SKIP LOCKED LIMIT 1)
RETURNING id
"""


def run_due(*, at: datetime, budget: float = BUDGET, long: bool | None = None) -> int:
    """Carry due jobs on, each for at most `budget` seconds; returns how many were touched.

    `long` takes only the kinds whose steps run for minutes, or only the others; None takes all.
    """
    touched, kinds = 0, reactions.job_kinds(long=long)
    while (job := _claim(kinds, at=at)) is not None and touched < 50:  # noqa: PLR2004  a bound, no meaning
        _carry(job, until=clock.now() + timedelta(seconds=budget))
        touched += 1
    return touched


def _claim(kinds: list[str], *, at: datetime) -> Job | None:
    values: dict[str, datetime | str | list[str]] = {
        "at": at, "until": at + LEASE, "token": str(chance.uuid()), "kinds": kinds,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, values)
        row = cursor.fetchone()
    return Job.objects.get(pk=row[0]) if row else None


def _carry(job: Job, *, until: datetime) -> None:
    if job.attempts > MAX_ATTEMPTS:  # whoever tried died of it, so nobody could count a failure
        _fail(job, "process ended")
        return
    step = reactions.job_step(job.kind)
    try:
        while True:
            finished = step(job)
            mine = Job.objects.filter(pk=job.pk, lease_token=job.lease_token).first()
            if mine is None:
                log.warning("job %s was taken over by another worker", job.pk)
                return
            job = mine
            if finished:
                _close(job, Job.State.DONE)
                return
            if job.cancel_asked:
                _close(job, Job.State.CANCELLED)
                return
            if clock.now() >= until or holding.ending.is_set():
                _release(job)
                return
    except Exception as error:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        _after_failure(job, error)


def _close(job: Job, state: Job.State) -> None:
    Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(
        state=state, finished_at=clock.now(), lease_until=None
    )


def _release(job: Job) -> None:
    Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(
        state=Job.State.WAITING, lease_until=None, attempts=0, due_at=clock.now()
    )


def _after_failure(job: Job, error: Exception) -> None:
    if job.attempts >= MAX_ATTEMPTS or getattr(error, "hopeless", False):
        _fail(job, type(error).__name__)
        return
    Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(
        state=Job.State.WAITING,
        lease_until=None,
        last_error=type(error).__name__,
        due_at=clock.now() + timedelta(seconds=5 * 2**job.attempts),
    )


def _fail(job: Job, why: str) -> None:
    Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(
        state=Job.State.FAILED, finished_at=clock.now(), lease_until=None, last_error=why
    )
