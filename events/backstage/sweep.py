"""Hands facts out, runs due work, timers, chores and jobs.

Needs only PostgreSQL. Any number of sweeps may run side by side: rows are claimed with
FOR UPDATE SKIP LOCKED, leases expire, and every finishing step checks its lease token.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from events.backstage import reactions
from events.backstage.due import fan_out, fire_timers, run_chores, waits
from events.backstage.models import Work
from events.kernel import chance, clock

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 12
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 6 * 3600.0
LONGEST_WAIT = timedelta(days=3)
JITTER = 0.1  # of a pause, so that what was sent away together does not come back together


class Permanent(Exception):
    """Raised by a handler when trying again cannot help; the work is parked at once."""


class Later(Exception):
    """Raised by a handler that was asked to come back: due again after `seconds`, and no failure.

    What waits in the same lane waits with it. After LONGEST_WAIT since the fact the work is parked.
    """

    def __init__(self, seconds: float, why: str = "") -> None:
        """Take the pause, and a word for the operations page."""
        super().__init__(why)
        self.seconds, self.why = seconds, why


def once(*, at: datetime, limit: int = 200) -> int:
    """One round of everything that is due; returns how many pieces of work were run."""
    fire_timers(at=at)
    run_chores(at=at)
    fan_out(at=at)
    done = 0
    while done < limit and (work := claim(at=clock.now())) is not None:
        run(work)
        fan_out(at=clock.now())
        done += 1
    return done


def drain(*, at: datetime, rounds: int = 1000) -> None:
    """Work until nothing is due at `at`; for tests and the demo."""
    for _ in range(rounds):
        if waits(at=at):
            fire_timers(at=at)
            fan_out(at=at)
        work = claim(at=at)
        if work is None:
            return
        run(work, at=at)
    raise RuntimeError("work does not come to an end")


CLAIM = """
UPDATE events_work SET state = 'leased', lease_until = %(until)s, lease_token = %(token)s::uuid,
       attempts = attempts + 1
 WHERE id = (
    SELECT w.id FROM events_work w
     WHERE w.due_at <= %(at)s
       AND (w.state = 'ready' OR (w.state = 'leased' AND w.lease_until < %(at)s))
       AND (w.lane = '' OR NOT EXISTS (
             SELECT 1 FROM events_work e
              WHERE e.lane = w.lane AND e.id < w.id AND e.state IN ('ready', 'leased')))
     ORDER BY w.due_at, w.id
     FOR UPDATE SKIP LOCKED LIMIT 1)
RETURNING id
"""


def claim(*, at: datetime) -> Work | None:
    """Lease the oldest due piece of work, or None; counts the attempt before it is tried."""
    values: dict[str, datetime | str] = {"at": at, "until": at + LEASE, "token": str(chance.uuid())}
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, values)
        row = cursor.fetchone()
    return Work.objects.select_related("fact").get(pk=row[0]) if row else None


def run(work: Work, *, at: datetime | None = None) -> None:
    """Run one leased piece of work; failures are put back with a growing pause, or parked."""
    react = reactions.by_handler().get((work.fact.kind, work.handler))
    if react is None:
        park(work, "no such handler")
        return
    if work.attempts > MAX_ATTEMPTS:  # whoever tried died of it, so nobody could count a failure
        park(work, "process ended")
        return
    moment = at or clock.now()
    try:
        if react.how == "inner":
            with transaction.atomic():
                _finish(work, at=moment)
                reactions.call(react, work.fact.body, at=moment)
        else:
            _run_outer(work, react, at=moment)
    except _LeaseLost:
        log.warning("work %s was taken over by another worker", work.pk)
    except Permanent as error:
        park(work, f"{type(error).__name__}: {error}")
    except Later as error:
        wait(work, error, at=moment)
    except Exception as error:
        log.exception("work %s (%s) failed", work.pk, work.handler)
        put_back(work, error, at=moment)


class _LeaseLost(Exception):
    pass


def _run_outer(work: Work, react: reactions.React, *, at: datetime) -> None:
    save: Callable[[], None] | None = reactions.call(react, work.fact.body, at=at)
    with transaction.atomic():
        _finish(work, at=at)
        if save is not None:
            save()


def _finish(work: Work, *, at: datetime) -> None:
    done = Work.objects.filter(pk=work.pk, lease_token=work.lease_token, state="leased").update(
        state=Work.State.DONE, done_at=at, lease_until=None, last_error=""
    )
    if not done:
        raise _LeaseLost


def put_back(work: Work, error: Exception, *, at: datetime) -> None:
    """Make failed work due again after a random share of a doubling pause; park it at the end."""
    if work.attempts >= MAX_ATTEMPTS:
        park(work, type(error).__name__)
        return
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**work.attempts) * random.random()  # noqa: S311  jitter
    Work.objects.filter(pk=work.pk, lease_token=work.lease_token).update(
        state=Work.State.READY,
        due_at=at + timedelta(seconds=pause),
        lease_until=None,
        last_error=type(error).__name__,
    )


def wait(work: Work, later: Later, *, at: datetime) -> None:
    """Make work due again when it was asked to come back, or park it after days of that."""
    if at - work.fact.at > LONGEST_WAIT:
        park(work, f"{type(later).__name__}: {later.why}")
        return
    pause = later.seconds * (1 + JITTER * random.random())  # noqa: S311  jitter
    Work.objects.filter(pk=work.pk, lease_token=work.lease_token).update(
        state=Work.State.READY,
        due_at=at + timedelta(seconds=pause),
        lease_until=None,
        attempts=F("attempts") - 1,
        last_error=later.why[:300],
    )


def park(work: Work, why: str) -> None:
    """Set work aside for a person to look at."""
    Work.objects.filter(pk=work.pk, lease_token=work.lease_token).update(
        state=Work.State.PARKED, lease_until=None, last_error=why[:300]
    )


def retry(work_id: int, *, at: datetime) -> bool:
    """Make parked work due again; False when it is not parked."""
    return bool(
        Work.objects.filter(pk=work_id, state=Work.State.PARKED).update(
            state=Work.State.READY, due_at=at, attempts=0
        )
    )
