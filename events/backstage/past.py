"""Hands out facts of the past as if it had been done then; only the demo network has a past.

Each reaction runs at the instant it was due. Of reactions that only tell people something, those of
long ago are counted as done without a call: whoever they tell was told at the time.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from events.backstage import jobs, reactions
from events.backstage.due import fire_timers
from events.backstage.models import FactRow, Work
from events.kernel import clock

Together = Callable[[Sequence[Any], datetime], None]


@dataclass(frozen=True)
class Manner:
    """How the past is handled.

    `told`: handlers that are not called and count as done. `left`: handlers whose work waits for
    the sweep. `together`: what takes many facts at once instead of a handler.
    """

    told: Collection[str]
    left: Collection[str]
    together: Mapping[str, Together]


def deliver(*, upto: datetime, manner: Manner) -> None:
    """Do everything that was due until an instant, jobs too, until nothing is left.

    What is due later (a reminder two days after the end) waits in the table of work.
    """
    fire_timers(at=upto)
    while _hand_out(upto=upto, manner=manner) or _catch_up(upto, manner) or _carry_jobs(upto):
        fire_timers(at=upto)


def _hand_out(*, upto: datetime, manner: Manner) -> int:
    rows = list(FactRow.objects.filter(fanned_at__isnull=True).order_by("id"))
    FactRow.objects.filter(pk__in=[row.pk for row in rows]).update(fanned_at=upto)
    for kind in dict.fromkeys(row.kind for row in rows):
        same = [row for row in rows if row.kind == kind]
        for react in reactions.reactions().get(kind, ()):
            _react(react, same, upto=upto, manner=manner)
    return len(rows)


def _catch_up(upto: datetime, manner: Manner) -> int:
    """Do what was held until now."""
    due = Work.objects.filter(state=Work.State.READY, due_at__lte=upto)
    due = due.exclude(handler__in=manner.left)
    told = due.filter(handler__in=manner.told)
    done = told.update(state=Work.State.DONE, done_at=F("due_at"), attempts=1)
    for work in due.select_related("fact").order_by("due_at", "id"):
        react = reactions.by_handler()[work.fact.kind, work.handler]
        _call(react, work.fact.body, at=work.due_at)
        work.state, work.done_at, work.attempts = Work.State.DONE, work.due_at, 1
        work.save(update_fields=["state", "done_at", "attempts"])
        done += 1
    return done


def _react(react: reactions.React, rows: list[FactRow], *, upto: datetime, manner: Manner) -> None:
    due = {row.pk: row.at + timedelta(seconds=react.hold) for row in rows}
    left = react.handler in manner.left
    now = [row for row in rows if due[row.pk] <= upto and not left]
    Work.objects.bulk_create(
        _work(react, row, due[row.pk], done=due[row.pk] <= upto and not left) for row in rows
    )
    if react.handler in manner.told or not now:
        return
    if many := manner.together.get(react.handler):
        many([reactions.revive(react, row.body) for row in now], max(due[row.pk] for row in now))
        return
    for row in now:
        _call(react, row.body, at=due[row.pk])


def _call(react: reactions.React, body: Mapping[str, object], *, at: datetime) -> None:
    """Call a reaction, and save at once what an outer one found."""
    save = reactions.call(react, body, at=at)
    if save is not None:
        save()


def _work(react: reactions.React, row: FactRow, due: datetime, *, done: bool) -> Work:
    lane = react.lane(reactions.revive(react, row.body)) if react.lane else ""
    state = Work.State.DONE if done else Work.State.READY
    return Work(
        fact=row, handler=react.handler, lane=lane, due_at=due, state=state,
        attempts=int(done), done_at=due if done else None,
    )  # fmt: skip


def _carry_jobs(upto: datetime) -> int:
    with clock.standing(upto):
        return jobs.run_due(at=upto, long=False)
