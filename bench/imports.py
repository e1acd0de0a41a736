"""A report taken over into the board, beside reading it alone; and the board drawn with everybody.

Run as `python -m bench.imports [people]`: one Teams report, everybody known by their address.
"""

import sys
import time
from datetime import datetime, timedelta

from bench.database import database
from bench.report import teams

PEOPLE = 200


def milliseconds(work):
    """Wall time of one run, and what it gave."""
    began = time.perf_counter()
    given = work()
    return 1000 * (time.perf_counter() - began), given


def scene(people):
    """An event of that day with everybody of the report registered."""
    from events.registration import commands as registration
    from tests.factories import world as made

    world = made.make_world(teachers=0)
    event = made.make_event(world, starts=datetime(2026, 11, 20, 16, 30), minutes=90, mode="online")  # noqa: DTZ001 - a wall clock has no zone
    by = world.actor(world.coordinator)
    for number in range(people):
        person = made.make_person(f"Somebody {number}", email=f"person{number}@example.org")
        registration.register(event.pk, person_id=person.pk, way="online", by=by, at=made.AT)
    return event, by


def measure(people=PEOPLE):
    """Milliseconds of each step, and how many were matched."""
    from attendance.presence import board, imports
    from attendance.presence.models import SightingRow

    event, by = scene(people)
    at, content = event.ends_at + timedelta(hours=1), teams(people)
    read, row = milliseconds(
        lambda: imports.hand_in(event.pk, content=content, file_name="x.csv", by=by, at=at)
    )
    take, _ = milliseconds(lambda: imports.take_over(event.pk, row.pk, by=by, at=at))
    drawn, found = milliseconds(lambda: board.board(event.pk, at=at))
    matched = SightingRow.objects.exclude(person=None).values("person").distinct().count()
    return {
        "handed in and read, ms": read,
        "taken over and matched, ms": take,
        "board counted, ms": drawn,
        "matched": matched,
        "on the board": len(found.rows),
    }


def main():
    """Print the figures; wrong where not everybody was matched."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with database():
        figures = measure(people)
    print(f"  {people} people, two stays each")
    for name, value in figures.items():
        print(f"  {name:<30} {value:,.0f}")
    return 0 if figures["matched"] == people else 1


if __name__ == "__main__":
    sys.exit(main())
