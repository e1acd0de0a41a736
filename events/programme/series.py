"""Plan, publish and cancel series.

A series in one call:

    series.plan(Plan(…, starts=datetime(2026, 9, 29, 16, 30), zone="Europe/Zagreb"),
                repeat=Repeat("weekly", until=date(2027, 5, 25)), by=by, at=at)

makes a draft of each date; `series.publish(row.pk, by=by, at=at)` promises all of them. Changing
dates stands in `revision`, changing one date alone in `commands`.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from events.backstage.commands import audit, drop_timer, record
from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.kernel.transitions import step
from events.programme import occurrences, recurrence, states
from events.programme.commands import UNDO_SECONDS
from events.programme.facts import EventPublished, SeriesCancelled, SeriesPublished
from events.programme.locked import set_end
from events.programme.models import Part, Series
from events.programme.plans import Plan, kind_and_organiser
from events.programme.recurrence import Repeat
from events.programme.refusals import ReasonMissing, TooLateToPublish, TooLateToUndo
from events.programme.scenes import (
    ALL,
    FOLLOWING,
    call_off,
    dates,
    locked,
    made,
    raise_sequence,
    require_may_run,
)

__all__ = ["ALL", "FOLLOWING", "Repeat", "cancel", "plan", "publish", "unpublish"]


@transaction.atomic
def plan(
    wish: Plan, *, repeat: Repeat, leave_out: Collection[datetime] = (), by: Actor, at: datetime
) -> Series:
    """Make a series of drafts; `wish` is its first date.

    `leave_out` are starts on the wall clock that shall have no date, holidays for instance. Raises
    NotAllowed, TitleMissing, ZoneMissing, and what `recurrence` refuses: RuleUnknown, EndMissing,
    TooFewDates, TooManyDates.
    """
    kind, organiser_id = kind_and_organiser(wish, by=by)
    rrule = recurrence.rule(repeat, wish.starts)
    starts = recurrence.starts(rrule, wish.starts)
    kept = recurrence.several([start for start in starts if start not in set(leave_out)])
    row = made(wish, rrule=rrule, exdates=set(starts).difference(kept), at=at)
    for start in kept:
        occurrences.add(row, start, kind=kind, organiser_id=organiser_id, state=states.DRAFT, at=at)
    audit("series_planned", by=by, at=at, thing="series", thing_id=row.pk)
    return row


@transaction.atomic
def publish(series_id: int, *, by: Actor, at: datetime) -> Series:
    """Promise all coming drafts of a series; invitations leave after UNDO_SECONDS."""
    row, parts = _locked(series_id, by=by)
    drafts = [part for part in parts if part.event.state == states.DRAFT and part.starts_at > at]
    if not drafts:
        raise TooLateToPublish
    row.published_at = row.changed_at = at
    row.save(update_fields=["published_at", "changed_at"])
    for part in drafts:
        _promise(part, by=by, at=at)
    audit("series_published", by=by, at=at, thing="series", thing_id=row.pk)
    record(SeriesPublished(series_id=row.pk), at=at)
    return row


def _locked(series_id: int, *, by: Actor) -> tuple[Series, list[Part]]:
    row = Series.objects.select_for_update(no_key=True).filter(pk=series_id).first()
    if row is None:
        raise Missing
    parts = dates(row)
    require_may_run(by, parts)
    return row, parts


def _promise(part: Part, *, by: Actor, at: datetime) -> None:
    event = part.event
    event.state = step(states.EVENT, event.state, "publish")
    event.published_at = event.changed_at = at
    event.save(update_fields=["state", "published_at", "changed_at"])
    set_end(part)
    audit("event_published", by=by, at=at, thing="event", thing_id=event.pk)
    record(EventPublished(event_id=event.pk, series_id=event.series_id), at=at)


@transaction.atomic
def unpublish(series_id: int, *, by: Actor, at: datetime) -> Series:
    """Undo publishing a series before the mails leave; raises TooLateToUndo afterwards."""
    row, parts = _locked(series_id, by=by)
    since = row.published_at
    if since is None or at >= since + timedelta(seconds=UNDO_SECONDS):
        raise TooLateToUndo
    row.published_at = None
    row.save(update_fields=["published_at"])
    for part in parts:
        if part.event.state == states.PUBLISHED and part.event.published_at == since:
            _take_back(part, by=by, at=at)
    return row


def _take_back(part: Part, *, by: Actor, at: datetime) -> None:
    event = part.event
    event.state = step(states.EVENT, event.state, "unpublish")
    event.published_at = None
    event.save(update_fields=["state", "published_at"])
    drop_timer(f"part-ended:{part.pk}")
    audit("event_unpublished", by=by, at=at, thing="event", thing_id=event.pk)


@transaction.atomic
def cancel(event_id: int, *, scope: str, reason: str, by: Actor, at: datetime) -> list[int]:
    """Cancel coming dates, from one on (`following`) or all; people are told once. Returns the ids.

    Raises NoDatesLeft, ReasonMissing.
    """
    scene = locked(event_id, by=by)
    live = scene.reached(scope, by=by, at=at)
    if not (reason.strip() or all(part.event.state == states.DRAFT for part in live)):
        raise ReasonMissing
    promised = tuple(
        part.event_id for part in live if call_off(part.event, reason=reason, by=by, at=at)
    )
    raise_sequence(scene.series, at=at)
    if promised:
        record(SeriesCancelled(scene.series.pk, scene.series.sequence, promised), at=at)
    return [part.event_id for part in live]
