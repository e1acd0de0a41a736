"""Take, switch and give back places.

Locks are always taken in this order: the event's pools by id, then one registration. A row of
somebody new is written while the pools are held, so nobody waits for it without them. The waiting
order is the order in which pools were locked, hence the order of commit.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit, record
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, DomainError, Missing
from events.kernel.transitions import step
from events.kernel.words import gettext_noop
from events.kinds.models import Mode
from events.networks import queries as networks
from events.programme import policies as may
from events.programme import queries as programme
from events.programme import states
from events.programme.models import Event
from events.registration import policies, queries, quotas
from events.registration.facts import ModeSwitched, Registered, RegistrationCancelled, Waitlisted
from events.registration.models import PersonalLink, Pool, RecordingWish, Registration, Way

WAYS: Mapping[str, tuple[str, ...]] = {
    Mode.ROOM: (Way.ROOM,),
    Mode.ONLINE: (Way.ONLINE,),
    Mode.HYBRID: (Way.ROOM, Way.ONLINE),
}

COUNTERS = ("taken", "waiting", "last_number", "capacity")


class RegistrationOver(DomainError):
    """The event has ended or registration has closed."""

    code = "registration_over"
    status = 409
    sentence = gettext_noop("Registration has closed. Ask the organiser whether there is a place.")


class WayNotOffered(BadInput):
    """The event is not held that way."""

    code = "way_not_offered"
    sentence = gettext_noop("This event is not offered that way. Choose one of the ways shown.")


class NoPlaceThatWay(DomainError):
    """Nobody loses a place by asking for another way."""

    code = "no_place_that_way"
    status = 409
    sentence = gettext_noop("The other way is full by now. You keep the place you have.")


class TooFewPlaces(BadInput):
    """More people are registered than the new number of places."""

    code = "too_few_places"
    sentence = gettext_noop("%(taken)s people are registered. Enter at least that many places.")


@transaction.atomic
def set_places(event_id: int, *, places: Mapping[str, int | None], by: Actor, at: datetime) -> None:
    """Set the places of each way an event offers (None: no limit); more places draw in who waits."""
    event = event_of(event_id)
    may.require_may_run(by, event)
    offered = queries.ways_of(programme.parts_of(event_id))
    Pool.objects.bulk_create([Pool(event=event, way=way) for way in offered], ignore_conflicts=True)
    for pool in _lock_pools(event_id):
        if pool.way not in offered:
            continue
        wanted = places.get(pool.way)
        if wanted is not None and wanted < pool.taken + pool.held:
            raise TooFewPlaces(taken=pool.taken)
        if pool.capacity != wanted:
            pool.capacity = wanted
            pool.save(update_fields=["capacity"])
        _draw_in(pool, at=at)
    audit("places_set", by=by, at=at, thing="event", thing_id=event_id,
          changes={way: [None, number] for way, number in places.items()})  # fmt: skip


def lock_pools(event_ids: Iterable[int]) -> list[Pool]:
    """Lock the pools of several events at once, in the order everybody takes them."""
    rows = Pool.objects.select_for_update().filter(event_id__in=list(event_ids))
    return list(rows.order_by("pk"))


def _lock_pools(event_id: int) -> list[Pool]:
    return lock_pools([event_id])


@transaction.atomic
def register(
    event_id: int, *, person_id: int, way: str, by: Actor, at: datetime, walk_in: bool = False,
    together: bool = False,
) -> Registration:  # fmt: skip
    """Give a person a place or a waiting number; asking again changes nothing, another way switches.

    Who has a place keeps it when the other way is full. `together` says that one receipt for
    several dates follows. Raises Missing, NotAllowed, RegistrationOver, WayNotOffered,
    NoPlaceThatWay, SchoolFull.
    """
    parts = programme.parts_with_event(event_id)
    event = parts[0].event if parts else event_of(event_id)
    require_open(event, at=at, walk_in=walk_in)
    school = networks.school_at([person_id], on=at.date()).get(person_id)
    school_id = school.school_id if school else None
    policies.require_may_register(by, event, person_id, school_id)
    if not parts or way not in queries.ways_of(parts):
        raise WayNotOffered
    PersonalLink.objects.filter(event=event, person_id=person_id, declined_at__isnull=False).update(
        declined_at=None
    )
    pools = {pool.way: pool for pool in _lock_pools(event_id)}
    if way not in pools:
        raise WayNotOffered
    if event.recorded:
        end_wishes(event_id, [person_id], at=at)
    row = Registration.objects.select_for_update().filter(event=event, person_id=person_id).first()
    if row is None or row.state == Registration.State.CANCELLED:
        row = row or Registration(event=event, person_id=person_id, school_id=school_id)
        if not walk_in:
            quotas.require_room(event_id, row.school_id)
        row.walk_in = walk_in
        _enter(row, pools[way], by=by, at=at, together=together)
    elif row.way != way or (walk_in and row.state == Registration.State.WAITING):
        row.walk_in = row.walk_in or walk_in
        switch(row, pools, way, by=by, at=at)
    return row


def event_of(event_id: int) -> Event:
    """The event; raises Missing."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        raise Missing
    return event


def require_open(event: Event, *, at: datetime, walk_in: bool) -> None:
    """Raise RegistrationOver, or WrongState, where nobody can register any more."""
    step(states.EVENT, event.state, "register")
    closes = event.registration_closes_at or event.ends_at
    if not walk_in and at >= min(closes, event.ends_at):
        raise RegistrationOver


def _enter(
    row: Registration, pool: Pool, *, by: Actor, at: datetime, together: bool = False
) -> None:
    row.pool, row.way, row.registered_at, row.changed_at = pool, pool.way, at, at
    row.sequence += 1 if row.sequence else 0
    take_place(row, pool)
    pool.save(update_fields=COUNTERS)
    row.save()
    audit("registered", by=by, at=at, thing="registration", thing_id=row.pk,
          changes={"state": [None, row.state]})  # fmt: skip
    _tell(row, at=at, together=together)


def end_wishes(event_id: int, person_ids: Iterable[int], *, at: datetime) -> int:
    """People no longer ask for the recording alone: they come, or need no mail. How many asked."""
    rows = RecordingWish.objects.filter(event_id=event_id, person_id__in=list(person_ids))
    return rows.filter(ended_at=None).update(ended_at=at)


def _is_free(pool: Pool) -> bool:
    return not pool.waiting and (pool.capacity is None or pool.taken + pool.held < pool.capacity)


def take_place(row: Registration, pool: Pool) -> None:
    """Give a place or a waiting number of a locked pool; neither row is saved."""
    if row.walk_in and pool.capacity is not None and pool.taken + pool.held >= pool.capacity:
        # Whoever stands in the room is there: the room turns out to hold one more.
        pool.capacity = pool.taken + pool.held + 1
    if row.walk_in or _is_free(pool):
        pool.taken += 1
        row.state, row.number = Registration.State.REGISTERED, None
    else:
        pool.waiting += 1
        pool.last_number += 1
        row.state, row.number = Registration.State.WAITING, pool.last_number


def _tell(row: Registration, *, at: datetime, together: bool) -> None:
    fact = Registered if row.state == Registration.State.REGISTERED else Waitlisted
    record(fact(registration_id=row.pk, together=together), at=at)


def switch(
    row: Registration, pools: Mapping[str, Pool], way: str, *, by: Actor, at: datetime
) -> None:
    """Move a locked registration to the other way; raises NoPlaceThatWay."""
    before = row.way
    if row.state == Registration.State.REGISTERED and not _is_free(pools[way]):
        raise NoPlaceThatWay
    _leave(row, pools[before], at=at)
    row.pool, row.way, row.changed_at = pools[way], way, at
    row.sequence += 1
    take_place(row, pools[way])
    pools[way].save(update_fields=COUNTERS)
    row.save()
    audit("way_switched", by=by, at=at, thing="registration", thing_id=row.pk,
          changes={"way": [before, way]})  # fmt: skip
    if row.state == Registration.State.REGISTERED:
        record(ModeSwitched(registration_id=row.pk), at=at)
    else:
        record(Waitlisted(registration_id=row.pk), at=at)


def _leave(row: Registration, pool: Pool, *, at: datetime) -> None:
    if row.state == Registration.State.WAITING:
        pool.waiting -= 1
        pool.save(update_fields=["waiting"])
        return
    pool.taken -= 1
    pool.save(update_fields=["taken"])
    _draw_in(pool, at=at)


def _draw_in(pool: Pool, *, at: datetime) -> None:
    """Give free places to who waits, in the order of their numbers."""
    while pool.waiting and (pool.capacity is None or pool.taken + pool.held < pool.capacity):
        first = (
            Registration.objects.select_for_update()
            .filter(pool=pool, state=Registration.State.WAITING)
            .order_by("number")
            .first()
        )
        if first is None:
            return
        first.state, first.number, first.changed_at = Registration.State.REGISTERED, None, at
        first.save(update_fields=["state", "number", "changed_at"])
        pool.taken += 1
        pool.waiting -= 1
        pool.save(update_fields=["taken", "waiting"])
        record(Registered(registration_id=first.pk), at=at)


@transaction.atomic
def cancel(event_id: int, *, person_id: int, by: Actor, at: datetime) -> Registration:
    """Give a place (or a wait) back; the first who waits gets it in the same transaction."""
    event = Event.objects.filter(pk=event_id).first()
    pools = {pool.pk: pool for pool in _lock_pools(event_id)}
    row = (
        Registration.objects.select_for_update().filter(event=event, person_id=person_id).first()
        if event
        else None
    )
    if event is None or row is None:
        raise Missing
    policies.require_may_register(by, event, person_id, row.school_id)
    step(states.EVENT, event.state, "register")
    if at >= event.ends_at:
        raise RegistrationOver
    if row.state == Registration.State.CANCELLED:
        return row
    _leave(row, pools[row.pool_id], at=at)
    was_registered = row.state == Registration.State.REGISTERED
    row.state, row.number, row.changed_at = Registration.State.CANCELLED, None, at
    row.sequence += 1
    row.save()
    audit("registration_cancelled", by=by, at=at, thing="registration", thing_id=row.pk)
    if was_registered:
        record(RegistrationCancelled(registration_id=row.pk), at=at)
    return row


@transaction.atomic
def decline(event_id: int, *, person_id: int, by: Actor, at: datetime) -> None:
    """Note that somebody invited cannot come; a place or a wait is given back.

    Whoever asked for the recording alone does so no longer. Raises Missing for somebody who was
    never invited, and what `cancel` raises.
    """
    link = PersonalLink.objects.select_for_update().filter(
        event_id=event_id, person_id=person_id, revoked_at__isnull=True
    )
    asked = end_wishes(event_id, [person_id], at=at)
    if not link.update(declined_at=at) and not asked:
        raise Missing
    if Registration.objects.filter(event_id=event_id, person_id=person_id).exists():
        cancel(event_id, person_id=person_id, by=by, at=at)


def recount(*, at: datetime) -> list[int]:  # noqa: ARG001  chores are called with at
    """Ids of pools whose counters differ from their registrations; empty when all is well."""
    wrong = []
    for pool in Pool.objects.all().iterator():
        states_of = list(pool.registrations.values_list("state", flat=True))
        taken = states_of.count(Registration.State.REGISTERED)
        waiting = states_of.count(Registration.State.WAITING)
        if (taken, waiting) != (pool.taken, pool.waiting):
            wrong.append(pool.pk)
    return wrong
