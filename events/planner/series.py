"""Plan and change whole series: venue, places, rule and publishing in one transaction.

A series in one call:

    series.plan(Wish(plan=Plan(…), places={"room": 20, "online": None}),
                repeat=Repeat("weekly", until=date(2027, 5, 25)), publish=True, by=by, at=at)
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from events.kernel.actors import Actor
from events.planner.commands import Wish, places_differ, require_ways, with_venue
from events.programme import families, queries, revision
from events.programme import policies as may
from events.programme import series as programme
from events.programme.models import Event, Series
from events.programme.recurrence import Repeat
from events.programme.revision import Outcome
from events.registration import commands as registration

PLACES = "places"


@transaction.atomic
def plan(
    wish: Wish, *, repeat: Repeat, leave_out: Collection[datetime] = (), publish: bool,
    by: Actor, at: datetime,
) -> Series:  # fmt: skip
    """Plan a series with venue and places, and publish it if asked; all of it or nothing.

    `wish` is the first date; `leave_out` are wall-clock starts without a date.
    """
    asked = wish.plan
    may.require_may_plan(by, country_id=asked.country_id, cluster_id=asked.cluster_id)
    row = programme.plan(with_venue(wish, at=at), repeat=repeat, leave_out=leave_out, by=by, at=at)
    ids = list(row.events.values_list("pk", flat=True))
    _set_places(ids, wish, by=by, at=at)
    for event_id in ids if wish.family_id is not None else []:
        families.join(event_id, wish.family_id or 0, by=by, at=at)
    return programme.publish(row.pk, by=by, at=at) if publish else row


@transaction.atomic
def change(
    event_id: int, wish: Wish, *, scope: str, repeat: Repeat | None = None, reason: str = "",
    publish: bool = False, by: Actor, at: datetime,
) -> Outcome:  # fmt: skip
    """Change the coming dates of a series as `wish` changes one of them; all of it or nothing."""
    may.require_may_run(by, queries.seen(event_id, by=by))
    new_places, plan = places_differ(event_id, wish), with_venue(wish, at=at)
    done = revision.change(event_id, plan, scope=scope, repeat=repeat, reason=reason, by=by, at=at)
    _follow_ways(event_id, wish, done, new_places=new_places, by=by, at=at)
    if publish:
        done.series = programme.publish(done.series.pk, by=by, at=at)
    return done


def _follow_ways(
    event_id: int, wish: Wish, done: Outcome, *, new_places: bool, by: Actor, at: datetime
) -> None:
    """Places for new dates, and for all that were not set by hand when the places changed."""
    for changed in done.changed:
        require_ways(changed)
    kept = set(done.changed) - _apart(done, event_id) if new_places else set()
    _set_places(kept.union(done.inserted), wish, by=by, at=at)


def _apart(done: Outcome, event_id: int) -> set[int]:
    """Other dates whose places were set by hand."""
    rows = Event.objects.filter(pk__in=done.changed, by_hand__contains=[PLACES])
    return set(rows.exclude(pk=event_id).values_list("pk", flat=True))


def _set_places(event_ids: Collection[int], wish: Wish, *, by: Actor, at: datetime) -> None:
    registration.lock_pools(event_ids)
    for event_id in sorted(event_ids):
        registration.set_places(event_id, places=wish.places, by=by, at=at)
