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
from events.programme import policies as may
from events.programme import queries, revision
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
    _set_places(list(row.events.values_list("pk", flat=True)), wish, by=by, at=at)
    return programme.publish(row.pk, by=by, at=at) if publish else row


@transaction.atomic
def change(
    event_id: int, wish: Wish, *, scope: str, repeat: Repeat | None = None, reason: str = "",
    publish: bool = False, by: Actor, at: datetime,
) -> Outcome:  # fmt: skip
    """Change the coming dates of a series as `wish` changes one of them; all of it or nothing."""
    event = queries.seen(event_id, by=by)
    may.require_may_run(by, event)
    new_places = places_differ(event_id, wish)
    done = revision.change(
        event_id, with_venue(wish, at=at), scope=scope, repeat=repeat, reason=reason, by=by, at=at
    )
    for changed in done.changed:
        require_ways(changed)
    apart = Event.objects.filter(pk__in=done.changed, by_hand__contains=[PLACES])
    apart_ids = set(apart.exclude(pk=event_id).values_list("pk", flat=True))
    kept = [pk for pk in done.changed if pk not in apart_ids] if new_places else []
    _set_places([*kept, *done.inserted], wish, by=by, at=at)
    if publish:
        done.series = programme.publish(done.series.pk, by=by, at=at)
    return done


def _set_places(event_ids: Collection[int], wish: Wish, *, by: Actor, at: datetime) -> None:
    registration.lock_pools(event_ids)
    for event_id in sorted(event_ids):
        registration.set_places(event_id, places=wish.places, by=by, at=at)
