"""Register several people in one go: the rows are those that one command each would write."""

from collections.abc import Container, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from events.backstage.commands import audit_all, record_all
from events.kernel.actors import Actor
from events.networks import queries as networks
from events.networks.queries import SchoolCard
from events.programme import queries as programme
from events.registration import commands, policies, queries, quotas
from events.registration.facts import Registered, Waitlisted
from events.registration.models import PersonalLink, Pool, Registration

if TYPE_CHECKING:
    from events.programme.models import Event

CANCELLED, REGISTERED = Registration.State.CANCELLED, Registration.State.REGISTERED


@transaction.atomic
def register_all(
    event_id: int, *, person_ids: Iterable[int], way: str, by: Actor, at: datetime
) -> list[Registration]:
    """Give people places or waiting numbers in the order given; all of it, or nothing.

    Who is registered already keeps the place, or switches to the way. Raises what
    `commands.register` raises.
    """
    parts = programme.parts_with_event(event_id)
    event = parts[0].event if parts else commands.event_of(event_id)
    commands.require_open(event, at=at, walk_in=False)
    ids = list(dict.fromkeys(person_ids))
    schools = networks.school_at(ids, on=at.date())
    for person_id in ids:
        card = schools.get(person_id)
        policies.require_may_register(by, event, person_id, card.school_id if card else None)
    PersonalLink.objects.filter(
        event_id=event_id, person_id__in=ids, declined_at__isnull=False
    ).update(declined_at=None)
    pools = {pool.way: pool for pool in commands.lock_pools([event_id])}
    if way not in pools or way not in queries.ways_of(parts):
        raise commands.WayNotOffered
    if event.recorded:
        commands.end_wishes(event_id, ids, at=at)
    there = _there(event_id, ids)
    rows = [there.get(pk) or _new(event_id, pk, schools.get(pk)) for pk in ids]
    entering = [row for row in rows if row.state == CANCELLED]
    _require_room(event, entering)
    _enter_all(entering, pools[way], there, by=by, at=at)
    for row in rows:
        if row.way != way:
            commands.switch(row, pools, way, by=by, at=at)
    return rows


def _there(event_id: int, ids: list[int]) -> dict[int, Registration]:
    """The registrations there are, also cancelled ones, locked, by person."""
    found = Registration.objects.select_for_update().filter(event_id=event_id, person_id__in=ids)
    return {row.person_id: row for row in found.order_by("pk")}


def _new(event_id: int, person_id: int, school: SchoolCard | None) -> Registration:
    return Registration(
        event_id=event_id, person_id=person_id, school_id=school.school_id if school else None,
        state=CANCELLED,
    )  # fmt: skip


def _require_room(event: "Event", rows: list[Registration]) -> None:
    schools = {row.school_id for row in rows if row.school_id}
    for school_id in sorted(schools & set(event.visitors)):
        theirs = [row.person_id for row in rows if row.school_id == school_id]
        quotas.require_room_for(event.pk, school_id, theirs)


def _enter_all(
    rows: list[Registration], pool: Pool, there: Container[int], *, by: Actor, at: datetime
) -> None:
    for row in rows:
        row.pool, row.way, row.registered_at, row.changed_at = pool, pool.way, at, at
        row.walk_in = False
        row.sequence += 1 if row.sequence else 0
        commands.take_place(row, pool)
    pool.save(update_fields=commands.COUNTERS)
    Registration.objects.bulk_create([row for row in rows if row.person_id not in there])
    for row in rows:
        if row.person_id in there:
            row.save()
    _tell_all(rows, by=by, at=at)


def _tell_all(rows: list[Registration], *, by: Actor, at: datetime) -> None:
    changes: dict[int, dict[str, object]] = {row.pk: {"state": [None, row.state]} for row in rows}
    audit_all("registered", by=by, at=at, thing="registration", changes=changes)
    record_all(
        [
            (Registered if row.state == REGISTERED else Waitlisted)(registration_id=row.pk)
            for row in rows
        ],
        at=at,
    )
