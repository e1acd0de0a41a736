"""Registrations a second: the whole command, beside the bare statements that guard the places.

Run as `python -m bench.registration`.
"""

import statistics
import threading
import time

from bench.database import database

CLIENTS = 4
EACH = 50
RUNS = 3
BARE = """
WITH place AS (
    UPDATE events_pool SET taken = taken + 1
     WHERE id = %(pool)s AND (capacity IS NULL OR taken + held < capacity) AND waiting = 0
    RETURNING id)
INSERT INTO events_registration
       (event_id, person_id, pool_id, way, state, walk_in, sequence, registered_at, changed_at)
SELECT %(event)s, %(person)s, id, 'room', 'registered', false, 0, now(), now() FROM place
"""


def together(deeds):
    """Seconds for all deeds, shared out among the clients, each with its own connection."""
    from django.db import connection

    ready = threading.Barrier(CLIENTS + 1)
    failed = []

    def work(mine):
        connection.ensure_connection()
        ready.wait()
        try:
            for deed in mine:
                deed()
        except Exception as error:  # noqa: BLE001  any failure spoils the figure and is shown
            failed.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=work, args=(deeds[number::CLIENTS],)) for number in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    if failed:
        raise failed[0]
    return seconds


def measure(runs=RUNS):
    """Registrations a second by the command and bare, on one pool and on a pool per client."""
    from django.db import connection

    from events.registration import commands
    from events.registration.models import Pool, Registration
    from tests.factories import world as made

    world = made.make_world(teachers=CLIENTS * EACH)
    number = CLIENTS * EACH
    events = [made.make_event(world, places={"room": number}) for _ in range(CLIENTS)]
    actors = [world.actor(person) for person in world.teachers]
    pools = {event.pk: Pool.objects.get(event=event, way="room").pk for event in events}

    def by_command(event, actor):
        return lambda: commands.register(
            event.pk, person_id=actor.person_id, way="room", by=actor, at=made.AT
        )

    def bare(event, actor):
        values = {"event": event.pk, "pool": pools[event.pk], "person": actor.person_id}

        def deed():
            with connection.cursor() as cursor:
                cursor.execute(BARE, values)

        return deed

    def rate(deed, chosen):
        Registration.objects.all().delete()
        Pool.objects.update(taken=0, waiting=0, last_number=0)
        seconds = together([deed(chosen(n), actor) for n, actor in enumerate(actors)])
        assert Registration.objects.filter(state="registered").count() == number
        return number / seconds

    def one(_number):
        return events[0]

    def own(position):
        return events[position % CLIENTS]

    figures = {}
    for name, chosen in (("one pool", one), ("a pool per client", own)):
        pairs = [(rate(by_command, chosen), rate(bare, chosen)) for _ in range(runs)]
        figures[name] = tuple(statistics.median(column) for column in zip(*pairs, strict=True))
    return figures


def main():
    """Measure and print."""
    with database():
        for name, (ours, bare) in measure().items():
            print(
                f"registration on {name}: {ours:.0f}/s by the command, {bare:.0f}/s bare guarded "
                f"UPDATE + INSERT, {bare / ours:.1f} times ours ({CLIENTS} threads of one process)"
            )


if __name__ == "__main__":
    main()
