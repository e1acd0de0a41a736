"""Beats of players a second, each from another page; the limit is one bare row committed.

Run as `python -m bench.watching [--pages 300]`. Every beat goes through the whole WSGI application.
"""

import argparse
import json
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.database import database

EACH = 5


def people_and_pages(count):
    """A recording, and an open page of it for each of so many people, opened an hour ago."""
    from events.kernel import clock
    from events.kernel.actors import Actor
    from recordings.watched import sessions
    from tests.factories.recordings import make_recording
    from tests.factories.world import make_event, make_person, make_world

    recording = make_recording(make_event(make_world(teachers=0)))
    at = clock.now() - timedelta(hours=1)
    people = [make_person(f"Viewer {number}") for number in range(count)]
    return [sessions.opening(recording, by=Actor(person_id=one.pk), at=at) for one in people]


def beats(pages):
    """The beats in the order in which they come: one of each page, then the next of each."""
    for turn in range(1, EACH + 1):
        for page in pages:
            said = {
                "sid": page.sid, "seq": turn, "wall_ms": 30_000 * turn, "visible_ms": 0,
                "rate": 1.0, "pos": 300 * turn, "ranges": [[0, 300 * turn]], "late": True,
            }  # fmt: skip
            yield page.address, json.dumps(said)


def bare(count):
    """Rows committed a second, one by one, without anything around them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, body jsonb)")
        began = time.perf_counter()
        for number in range(count):
            cursor.execute("INSERT INTO bare (body) VALUES (%s)", [json.dumps({"seq": number})])
        return count / (time.perf_counter() - began)


def main():
    """Open the pages, send the beats, tell how many a second were accepted."""
    parser = argparse.ArgumentParser(prog="python -m bench.watching")
    parser.add_argument("--pages", type=int, default=300)
    asked = parser.parse_args()
    with database():
        from django.test import Client

        from bench.cost import statements
        from recordings.watched.models import Watched

        pages, client = people_and_pages(asked.pages), Client()
        sent = list(beats(pages))

        def post(address, text):
            answer = client.post(address, text, content_type="application/json")
            assert answer.status_code == 200, answer.content

        post(*sent[0])
        began, cpu = time.perf_counter(), time.process_time()
        for address, text in sent[1:]:
            post(address, text)
        took, used = time.perf_counter() - began, time.process_time() - cpu
        covered = sum(Watched.objects.values_list("covered_ms", flat=True))
        assert covered == asked.pages * EACH * 30_000, covered
        number = len(sent) - 1
        more = json.dumps(json.loads(sent[-1][1]) | {"seq": EACH + 1})
        count = statements(lambda: post(sent[-1][0], more))
        print(
            f"beats of players: {number / took:.0f} accepted a second in one process, "
            f"{1000 * used / number:.1f} ms CPU, {count} statements; "
            f"a bare row: {bare(500):.0f} a second"
        )


if __name__ == "__main__":
    main()
