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
from events.kernel.errors import Missing, NotAllowed
from events.kernel.transitions import step
from events.kinds.models import Kind
from events.programme import occurrences, policies, recurrence, states
from events.programme.commands import UNDO_SECONDS
from events.programme.facts import EventPublished, SeriesCancelled, SeriesPublished
from events.programme.locked import set_end
from events.programme.models import Event, Part, Series
from events.programme.plans import Plan
from events.programme.recurrence import Repeat
from events.programme.refusals import NoDatesLeft, ReasonMissing, TooLateToPublish, TooLateToUndo
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
    policies.require_may_plan(by, country_id=wish.country_id, cluster_id=wish.cluster_id)
    kind = Kind.objects.filter(code=wish.kind).first()
    if kind is None:
        raise Missing
    if by.person_id is None:
        raise NotAllowed
    rrule = recurrence.rule(repeat, wish.starts)
    starts = recurrence.checked_starts(rrule, wish.starts)
    kept = [start for start in starts if start not in set(leave_out)]
    series = made(wish, rrule=rrule, exdates=[one for one in starts if one not in kept], at=at)
    for start in kept:
        occurrences.add(
            series, start, kind=kind, organiser_id=by.person_id, state=states.DRAFT, at=at
        )
    audit("series_planned", by=by, at=at, thing="series", thing_id=series.pk)
    return series


@transaction.atomic
def publish(series_id: int, *, by: Actor, at: datetime) -> Series:
    """Promise all coming drafts of a series; invitations leave after UNDO_SECONDS."""
    series = Series.objects.select_for_update(no_key=True).filter(pk=series_id).first()
    if series is None:
        raise Missing
    parts = dates(series)
    require_may_run(by, parts)
    drafts = [part for part in parts if part.event.state == states.DRAFT and part.starts_at > at]
    if not drafts:
        raise TooLateToPublish
    series.published_at = series.changed_at = at
    series.save(update_fields=["published_at", "changed_at"])
    for part in drafts:
        _promise(part.event, by=by, at=at)
        set_end(part)
    audit("series_published", by=by, at=at, thing="series", thing_id=series.pk)
    record(SeriesPublished(series_id=series.pk), at=at)
    return series


def _promise(event: Event, *, by: Actor, at: datetime) -> None:
    event.state = step(states.EVENT, event.state, "publish")
    event.published_at = event.changed_at = at
    event.save(update_fields=["state", "published_at", "changed_at"])
    audit("event_published", by=by, at=at, thing="event", thing_id=event.pk)
    record(EventPublished(event_id=event.pk, series_id=event.series_id), at=at)


@transaction.atomic
def unpublish(series_id: int, *, by: Actor, at: datetime) -> Series:
    """Undo publishing a series before the mails leave; raises TooLateToUndo afterwards."""
    series = Series.objects.select_for_update(no_key=True).filter(pk=series_id).first()
    if series is None:
        raise Missing
    since = series.published_at
    parts = [
        part
        for part in dates(series)
        if part.event.state == states.PUBLISHED and part.event.published_at == since
    ]
    require_may_run(by, parts)
    if since is None or at >= since + timedelta(seconds=UNDO_SECONDS):
        raise TooLateToUndo
    series.published_at = None
    series.save(update_fields=["published_at"])
    for part in parts:
        _take_back(part, by=by, at=at)
    return series


def _take_back(part: Part, *, by: Actor, at: datetime) -> None:
    event = part.event
    event.state = step(states.EVENT, event.state, "unpublish")
    event.published_at = None
    event.save(update_fields=["state", "published_at"])
    drop_timer(f"part-ended:{part.pk}")
    audit("event_unpublished", by=by, at=at, thing="event", thing_id=event.pk)


@transaction.atomic
def cancel(event_id: int, *, scope: str, reason: str, by: Actor, at: datetime) -> list[int]:
    """Cancel the coming dates from one on (`following`) or all of them; returns their ids.

    Everybody with a place is told once, with the reason. Raises NoDatesLeft, ReasonMissing.
    """
    scene = locked(event_id, by=by)
    live = scene.live(scope, at=at)
    if not live:
        raise NoDatesLeft
    require_may_run(by, live)
    promised = [part.event_id for part in live if part.event.state == states.PUBLISHED]
    if promised and not reason.strip():
        raise ReasonMissing
    for part in live:
        call_off(part.event, reason=reason, by=by, at=at)
    raise_sequence(scene.series, at=at)
    if promised:
        fact = SeriesCancelled(scene.series.pk, scene.series.sequence, tuple(promised))
        record(fact, at=at)
    return [part.event_id for part in live]
