"""Events pushed to and pulled from calendars per second, against a simulator that answers in 100 ms.

Run as `python -m bench.sync [--events 120] [--calendars 4] [--workers 4]`. The calls go over HTTP with
the real client; the database is an embedded one; each worker is a thread that sweeps.
"""

import argparse
import sys
import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.database import database

DELAY = 0.1


def options():
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.sync")
    parser.add_argument("--events", type=int, default=120)
    parser.add_argument("--calendars", type=int, default=4)
    parser.add_argument("--workers", type=int, default=4)
    return parser.parse_args()


def worked_off(workers):
    """Let threads sweep until nothing is due; returns the seconds it took."""
    from django.db import connection

    from events.backstage import sweep
    from events.backstage.models import FactRow, Work
    from events.kernel import clock

    def work():
        while FactRow.objects.filter(fanned_at=None).exists() or Work.objects.filter(
            state__in=("ready", "leased"), due_at__lte=clock.now()
        ):
            if not sweep.once(at=clock.now()):
                time.sleep(0.01)
        connection.close()

    began = time.monotonic()
    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def planned(asked):
    """Worlds with a calendar each, and published events; returns the names of the calendars."""
    from events.kernel import clock
    from events.programme import commands as programme
    from integrations.accounts.models import Account
    from tests.factories.world import make_world, wish

    now, names = clock.now(), []
    for number in range(asked.calendars):
        world = make_world(f"{chr(65 + number)}A")
        names.append(f"calendar-{number}@example.org")
        Account.objects.create(
            provider="google", scope="country", scope_id=world.country.pk, name="Bench",
            calendar=names[-1], state="fine", makes_meetings=False, added_by=world.coordinator,
            added_at=now,
        )  # fmt: skip
        by = world.actor(world.coordinator, now)
        for day in range(asked.events // asked.calendars):
            starts = datetime(now.year + 1, 1, 1, 10) + timedelta(days=day % 200, hours=day // 200)  # noqa: DTZ001 wall
            event = programme.plan(wish(world, starts=starts, join_url=""), by=by, at=now)
            programme.publish(event.pk, by=by, at=now - timedelta(seconds=11))
    return names


def told(what, number, seconds, google):
    """One line; the diary of the simulator is emptied."""
    calls = [one for one in google.diary if one.path != "/token"]
    methods = dict(Counter(one.method for one in calls))
    google.diary.clear()
    print(
        f"{what}: {number} events in {seconds:.1f} s, {number / seconds:.1f}/s, "
        f"{len(calls) / number:.2f} requests per event {methods}"
    )


def main():
    """Push all, change all over there, pull all."""
    asked = options()
    with database():
        from config import wiring
        from events.kernel import clock
        from integrations.accounts import queries as connected
        from integrations.providers.google.connect import connect
        from integrations.simulators.google.server import PERSON, Google
        from integrations.simulators.serving import running
        from integrations.sync import tasks
        from integrations.sync.models import Link, Question

        wiring.REACTIONS[:] = [r for r in wiring.REACTIONS if "integrations." in r.handler]
        wiring.CHORES[:] = []
        names = tuple(f"calendar-{number}@example.org" for number in range(asked.calendars))
        with running(Google(calendars=(PERSON, *names))) as google:
            secret = {"service_account": google.service_account()}
            connected.adapter_of = lambda account: connect(
                google.endpoints(), secret, calendar=account.calendar, subject=PERSON
            )
            planned(asked)
            google.faults.switch_on("slow", "/calendar/v3/", times=10**9, seconds=DELAY)
            seconds = worked_off(asked.workers)
            number = Link.objects.filter(state="ok").count()
            assert number == asked.events // asked.calendars * asked.calendars, number
            told("pushed", number, seconds, google)
            for row in Link.objects.all():
                starts = row.seen_starts_at + timedelta(hours=2)
                google.hand.move(row.remote_id, starts, starts + timedelta(hours=1))
            tasks.read_calendars(at=clock.now())
            told_from = worked_off(asked.workers)
            assert Question.objects.count() == number, Question.objects.count()
            told("pulled, each one moved over there", number, told_from, google)


if __name__ == "__main__":
    main()
