"""Who was there and for how long, and the meeting service's report about it."""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from events.kernel.zones import wall

if TYPE_CHECKING:
    from events.people.models import Person

HEAD = (
    "Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)", "Guest",
    "In waiting room",
)  # fmt: skip
STRANGERS = ("iPad", "Galaxy A52", "Laptop 14", "Guest 3")


@dataclass(frozen=True)
class Stay:
    """A stretch of somebody's presence."""

    name: str
    email: str
    start: datetime
    end: datetime


def stays(
    people: "Sequence[Person]", *, start: datetime, end: datetime, source: random.Random,
    faithful: bool,
) -> list[Stay]:  # fmt: skip
    """Most stay from start to end, some leave, one loses the line; all if `faithful`."""
    found = []
    for person in people:
        chance = 1.0 if faithful else source.random()
        late = timedelta(seconds=source.randrange(-240, 90))
        first, last = start + late, end + timedelta(seconds=source.randrange(-20, 240))
        length = end - start
        if chance < 0.05:  # noqa: PLR2004  did not come
            continue
        if chance < 0.12:  # noqa: PLR2004  left early
            last = start + length * source.uniform(0.3, 0.7)
        if chance > 0.9 and not faithful:  # noqa: PLR2004  lost the line for some minutes
            gap = start + length * source.uniform(0.3, 0.6)
            found.append(Stay(person.name, person.email, first, gap))
            first = gap + timedelta(minutes=source.randrange(1, 6))
        found.append(Stay(person.name, person.email, first, last))
    return found


def stranger(*, start: datetime, end: datetime, source: random.Random) -> Stay:
    """Somebody whose device says no name and who gave no address."""
    return Stay(source.choice(STRANGERS), "", start, end)


def borderline(person: "Person", *, start: datetime, end: datetime) -> Stay:
    """Somebody who left within two percent of what is asked."""
    return Stay(person.name, person.email, start, start + (end - start) * 0.79)


def report(found: Sequence[Stay], *, zone: str) -> bytes:
    """The list of participants as Zoom writes it, with names of months."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for one in found:
        minutes = -(-int((one.end - one.start).total_seconds()) // 60)
        pair = [wall(at, zone).strftime("%b %d, %Y %H:%M:%S") for at in (one.start, one.end)]
        writer.writerow([one.name, one.email, *pair, minutes, "No", "No"])
    return out.getvalue().encode()
