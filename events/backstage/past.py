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
    left = True
    while left:
        fire_timers(at=upto)
        while _hand_out(upto=upto, manner=manner):
            continue
        left = bool(_catch_up(upto, manner) or _carry_jobs(upto))


def _hand_out(*, upto: datetime, manner: Manner) -> int:
    rows = list(FactRow.objects.filter(fanned_at__isnull=True).order_by("id"))
    FactRow.objects.filter(pk__in=[row.pk for row in rows]).update(fanned_at=upto)
    given = [
        (react, [row for row in rows if row.kind == kind])
        for kind in dict.fromkeys(row.kind for row in rows)
        for react in reactions.reactions().get(kind, ())
    ]
    now = [_until(react, same, upto=upto, manner=manner) for react, same in given]
    Work.objects.bulk_create(
        _work(react, row, done=row.pk in done)
        for (react, same), done in zip(given, _ids(now), strict=True)
        for row in same
    )
    for (react, _), done in zip(given, now, strict=True):
        _react(react, done, manner=manner)
    return len(rows)


def _catch_up(upto: datetime, manner: Manner) -> int:
    """Do what was held until now."""
    due = Work.objects.filter(state=Work.State.READY, due_at__lte=upto)
    due = due.exclude(handler__in=manner.left)
    rows = list(due.select_related("fact").order_by("due_at", "id"))
    told = [work.pk for work in rows if work.handler in manner.told]
    if told:
        done = {"state": Work.State.DONE, "done_at": F("due_at"), "attempts": 1}
        Work.objects.filter(pk__in=told).update(**done)
    for work in rows:
        if work.handler in manner.told:
            continue
        react = reactions.by_handler()[work.fact.kind, work.handler]
        _call(react, work.fact.body, at=work.due_at)
        work.state, work.done_at, work.attempts = Work.State.DONE, work.due_at, 1
        work.save(update_fields=["state", "done_at", "attempts"])
    return len(rows)


def _ids(lists: list[list[FactRow]]) -> list[set[int]]:
    return [{row.pk for row in rows} for rows in lists]


def _due(react: reactions.React, row: FactRow) -> datetime:
    return row.at + timedelta(seconds=react.hold)


def _until(
    react: reactions.React, rows: list[FactRow], *, upto: datetime, manner: Manner
) -> list[FactRow]:
    """Those of the facts whose reaction was due by then, and is not left to the sweep."""
    if react.handler in manner.left:
        return []
    return [row for row in rows if _due(react, row) <= upto]


def _react(react: reactions.React, rows: list[FactRow], *, manner: Manner) -> None:
    if react.handler in manner.told or not rows:
        return
    if many := manner.together.get(react.handler):
        latest = max(_due(react, row) for row in rows)
        many([reactions.revive(react, row.body) for row in rows], latest)
        return
    for row in rows:
        _call(react, row.body, at=_due(react, row))


def _call(react: reactions.React, body: Mapping[str, object], *, at: datetime) -> None:
    """Call a reaction, and save at once what an outer one found."""
    save = reactions.call(react, body, at=at)
    if save is not None:
        save()


def _work(react: reactions.React, row: FactRow, *, done: bool) -> Work:
    due = _due(react, row)
    lane = react.lane(reactions.revive(react, row.body)) if react.lane else ""
    state = Work.State.DONE if done else Work.State.READY
    return Work(
        fact=row, handler=react.handler, lane=lane, due_at=due, state=state,
        attempts=int(done), done_at=due if done else None,
    )  # fmt: skip


def _carry_jobs(upto: datetime) -> int:
    with clock.standing(upto):
        return jobs.run_due(at=upto, long=False)
