"""Places under a rush, in short: threads against PostgreSQL. `make prove` has the long form."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import DatabaseError, connection, connections

from events.registration import commands, links
from tests.factories.world import AT, make_event, make_world
from tests.proofs import crowd, history

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CLIENTS, PLACES, THREADS = 120, 30, 12


def ask(sql, values):
    """Rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.fixture
def event():
    """An event with few places, and its address book of links."""
    world = make_world(teachers=0)
    made = make_event(world, places={"room": PLACES}, mode="room")
    made.guests = crowd.links(made, crowd.people(CLIENTS, name="guest", at=AT), at=AT)
    return made


def deeds(guests):
    """What the clients do, shuffled: all register, one in four twice, one in six gives back."""
    chance = random.Random(5)  # noqa: S311  a repeatable shuffle
    first = [(commands.register, guest) for guest in guests]
    first += [(commands.register, guest) for guest in guests if chance.random() < 0.25]
    back = [(commands.decline, guest) for guest in guests if chance.random() < 0.17]
    chance.shuffle(first)
    half = len(first) // 2
    later = [*first[half:], *back]
    chance.shuffle(later)
    return first[:half] + later


def rush(event, refused):
    """All deeds on a dozen threads; what the database refused is added to `refused`."""

    def act(deed):
        command, link = deed
        way = {"way": "room"} if command is commands.register else {}
        try:
            command(event.pk, person_id=link.person_id, by=links.holder(link), at=AT, **way)
        except DatabaseError as error:
            refused.append(error)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(act, deeds(event.guests)))
        list(pool.map(lambda _: (time.sleep(0.02), connections.close_all()), range(THREADS * 4)))


def test_nobody_overtakes_and_nothing_is_oversold(event):
    refused, snapshots = [], []
    with ThreadPoolExecutor(1) as watcher:
        busy = [True]

        def watch():
            while busy:
                snapshots.append(history.oversold(event.pk, ask))
            connections.close_all()

        watching = watcher.submit(watch)
        rush(event, refused)
        busy.clear()
        watching.result()
    assert refused == []
    assert snapshots
    assert not any(snapshots)
    assert history.faults(event.pk, ask) == []
    assert len(history.order(event.pk, ask)) == CLIENTS


def test_without_the_lock_the_same_rush_is_found_faulty(event, monkeypatch):
    monkeypatch.setattr(commands, "_lock_pools", partial(without_lock, commands.Pool))
    rush(event, [])
    found = history.faults(event.pk, ask)
    assert any(line.startswith("oversold") or "turn gave" in line for line in found), found


def without_lock(pools, event_id):
    """What `_lock_pools` would be if somebody forgot the lock; the pause lets others pass."""
    found = list(pools.objects.filter(event_id=event_id).order_by("pk"))
    time.sleep(0.01)
    return found
