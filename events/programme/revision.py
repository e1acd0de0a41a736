"""Change a series: *all*, or *this and following*.

Dates that have begun are never touched, no date is ever deleted, and each is matched by its
original start. A change of all keeps the UID. A new rule, or a change from one date on, ends the
series there and starts another with a new UID; its dates go over, so registrations follow.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from events.backstage.commands import audit, record
from events.kernel.actors import Actor
from events.programme import edits, occurrences, recurrence, scenes
from events.programme.edits import Edit, Outcome
from events.programme.facts import SeriesChanged, SeriesSplit
from events.programme.models import Part, Series
from events.programme.occurrences import original_of
from events.programme.plans import Plan, present_plan
from events.programme.recurrence import Repeat, TooFewDates
from events.programme.scenes import ALL, FOLLOWING, Scene

__all__ = ["ALL", "FOLLOWING", "Outcome", "change"]


@transaction.atomic
def change(
    event_id: int, wish: Plan, *, scope: str, repeat: Repeat | None = None, reason: str = "",
    by: Actor, at: datetime,
) -> Outcome:  # fmt: skip
    """Change the coming dates of a series as one of them was changed in a form.

    `scope` is `following` (from this date on) or `all`. What `wish` has different from the date of
    `event_id` is changed on every date, but for fields that were changed by hand on it. `repeat`
    is given when the rule shall change: counted from the date itself for `following`, else only
    where it ends. `reason` is told to who held a date that a shorter rule drops. Raises
    NoDatesLeft, and what `series.plan` raises.
    """
    scene = scenes.locked(event_id, by=by)
    scene.reached(scope, by=by, at=at)
    edit = _edit(scene, wish, repeat=repeat, reason=reason, by=by, at=at)
    cut = _cut(scene, edit, scope)
    outcome = _alter(scene, edit) if cut is None else _split(scene, edit, cut)
    audit(
        "series_changed" if cut is None else "series_split", by=by, at=at, thing="series",
        thing_id=outcome.series.pk, changes={name: [None, scope] for name in sorted(edit.names)},
    )  # fmt: skip
    return outcome


def _edit(
    scene: Scene, wish: Plan, *, repeat: Repeat | None, reason: str, by: Actor, at: datetime
) -> Edit:
    present = present_plan(scene.chosen.event, scene.chosen)
    wish = replace(wish, kind=present.kind)
    names = frozenset(occurrences.different(present, wish))
    return Edit(wish, wish.starts - present.starts, names, repeat, reason, by, at)


def _cut(scene: Scene, edit: Edit, scope: str) -> datetime | None:
    """The original start from which a new series begins; None when the edit keeps the UID."""
    row, coming = scene.series, scene.live(ALL, at=edit.at)
    present = recurrence.repeat_of(row.rrule)
    anew = edit.repeat is not None and not recurrence.same_pattern(edit.repeat, present)
    if scope == FOLLOWING and scene.parts[0].pk != scene.chosen.pk:
        return original_of(scene.chosen)
    if anew or "zone" in edit.names:
        return original_of(coming[0])
    return None


def _alter(scene: Scene, edit: Edit) -> Outcome:
    """Change all coming dates under the same UID; insert and cancel where a new end asks for it."""
    row, outcome = scene.series, Outcome(scene.series)
    row.shared, row.minutes = edit.for_all(row), edit.minutes(row)
    row.shift_minutes += int(edit.delta.total_seconds() // 60)
    if edit.repeat is not None:
        row.rrule = recurrence.rule(edit.repeat, row.first, shift=row.shift)
    row.save()
    starts = _starts(row.rrule, row.first)
    for part in scene.coming(at=edit.at):
        if edit.repeat is None or original_of(part) in starts:
            edits.bring(part, row, scene, edit, outcome)
        else:
            edits.drop(part, edit, outcome)
    if edit.repeat is not None:
        known = {part.recurrence_id for part in scene.parts} | set(row.exdates)
        missing = [one for one in starts if occurrences.stamp(one) not in known]
        edits.insert(row, missing, scene, edit, outcome)
    scenes.raise_sequence(row, at=edit.at)
    if (outcome.promised and outcome.moved) or outcome.cancelled:
        promised, rest = tuple(outcome.promised), (tuple(outcome.cancelled), outcome.names)
        record(SeriesChanged(row.pk, row.sequence, promised, *rest), at=edit.at)
    return outcome


def _starts(rrule: str, first: datetime) -> list[datetime]:
    found = recurrence.starts(rrule, first)
    if not found:
        raise TooFewDates(field="repeats_until")
    return found


def _split(scene: Scene, edit: Edit, cut: datetime) -> Outcome:
    """End the series before `cut`, and carry the dates from there over to a new one."""
    old = scene.series
    left = [one for one in recurrence.starts(old.rrule, old.first) if one >= cut]
    new = _successor(old, edit, cut + old.shift + edit.delta, len(left))
    starts = _starts(new.rrule, new.first)
    outcome = Outcome(new, former=old)
    was = edits.carry_over(scene, edit, outcome, cut, dict(zip(left, starts, strict=False)))
    edits.insert(new, starts[len(left) :], scene, edit, outcome)
    new.exdates = _without_a_date(new, starts)
    new.save()
    kept = [original_of(part) for part in scene.parts if original_of(part) < cut]
    old.rrule = recurrence.ended(old.rrule, kept[-1] if kept else cut - timedelta(days=1))
    old.save()
    for each in (old, new):
        scenes.raise_sequence(each, at=edit.at)
    if was or outcome.cancelled:
        rest = (tuple(was), tuple(outcome.cancelled), outcome.names)
        record(SeriesSplit(new.pk, old.pk, new.sequence, *rest), at=edit.at)
    return outcome


def _successor(old: Series, edit: Edit, first: datetime, number: int) -> Series:
    """The new series, without its dates: the rule asked for, else as many dates as were left."""
    repeat = edit.repeat or replace(recurrence.repeat_of(old.rrule), until=None, number=number)
    zone = edit.typed.zone if "zone" in edit.names else old.zone
    wish = replace(edit.typed, starts=first, zone=zone, minutes=edit.minutes(old))
    rrule = recurrence.rule(repeat, first)
    new = scenes.made(wish, rrule=rrule, exdates=(), at=edit.at, follows=old)
    new.shared = edit.for_all(old)
    return new


def _without_a_date(new: Series, starts: Sequence[datetime]) -> list[str]:
    """Starts of the new rule whose date was left out, has begun, or never was."""
    held = set(Part.objects.filter(event__series=new).values_list("recurrence_id", flat=True))
    return [one for one in map(occurrences.stamp, starts) if one not in held]
