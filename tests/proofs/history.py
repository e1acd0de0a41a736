"""Plays the audit rows of one event's places again, one after the other, and compares.

Audit rows and facts are numbered while the pool is locked, so their numbers follow the commits.
The clients' own clocks are a second witness: what was answered before another request was sent
must stand before it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Ask = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]

DEEDS = """
SELECT a.thing_id, a.action, a.changes #>> '{state,1}' FROM events_auditentry a
  JOIN events_registration r ON r.id = a.thing_id
 WHERE a.thing = 'registration' AND r.event_id = %s
   AND a.action IN ('registered', 'registration_cancelled') ORDER BY a.id
"""
FACTS = """
SELECT (f.body ->> 'registration_id')::bigint, f.kind FROM events_factrow f
  JOIN events_registration r ON r.id = (f.body ->> 'registration_id')::bigint
 WHERE r.event_id = %s AND f.kind IN ('Registered', 'Waitlisted') ORDER BY f.id
"""
ROWS = """
SELECT id, person_id, state, number FROM events_registration
 WHERE event_id = %s ORDER BY number NULLS FIRST, id
"""
POOL = "SELECT capacity, taken, waiting FROM events_pool WHERE event_id = %s AND way = 'room'"
OVER = """
SELECT p.capacity, p.taken, count(r.id) FROM events_pool p
  LEFT JOIN events_registration r ON r.pool_id = p.id AND r.state = 'registered'
 WHERE p.event_id = %s AND p.way = 'room' GROUP BY p.id
"""


@dataclass
class Model:
    """The waiting list as a child would keep it: first come, first served."""

    capacity: int
    placed: set[int] = field(default_factory=set)
    waiting: deque[int] = field(default_factory=deque)
    told: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, row: int) -> str:
        """Somebody asks; says what they get."""
        free = not self.waiting and len(self.placed) < self.capacity
        (self.placed.add if free else self.waiting.append)(row)
        self.told.append((row, "Registered" if free else "Waitlisted"))
        return "registered" if free else "waiting"

    def leave(self, row: int) -> None:
        """Somebody gives back; the first who waits gets the place."""
        if row in self.waiting:
            self.waiting.remove(row)
            return
        self.placed.discard(row)
        if self.waiting and len(self.placed) < self.capacity:
            first = self.waiting.popleft()
            self.placed.add(first)
            self.told.append((first, "Registered"))


def faults(event_id: int, ask: Ask) -> list[str]:
    """Everything wrong with the places of an event; empty when all is well."""
    ((capacity, taken, waiting),) = ask(POOL, [event_id])
    rows = ask(ROWS, [event_id])
    placed = {row for row, _, state, _ in rows if state == "registered"}
    queue = [row for row, _, state, _ in rows if state == "waiting"]
    found = []
    if len(placed) > capacity:
        found.append(f"oversold: {len(placed)} people on {capacity} places")
    if (taken, waiting) != (len(placed), len(queue)):
        found.append(f"counters {taken}+{waiting}, people {len(placed)}+{len(queue)}")
    if queue and len(placed) < capacity:
        found.append(f"{len(queue)} wait while {capacity - len(placed)} places are free")
    return found + _replayed(Model(capacity), event_id, ask, placed, queue)


def _replayed(
    model: Model, event_id: int, ask: Ask, placed: set[int], queue: list[int]
) -> list[str]:
    found = []
    for row, action, said in ask(DEEDS, [event_id]):
        if action == "registered":
            if (got := model.enter(row)) != said:
                found.append(f"row {row} was told {said}, its turn gave {got}")
        else:
            model.leave(row)
    if model.placed != placed:
        found.append(f"{len(model.placed ^ placed)} people stand on the wrong side")
    if list(model.waiting) != queue:
        found.append("waiting numbers are not in the order of commit")
    if model.told != [tuple(line) for line in ask(FACTS, [event_id])]:
        found.append("places were not given in the order of the waiting list")
    return found


def order(event_id: int, ask: Ask) -> list[int]:
    """Ids of registrations in the order of their first commit."""
    seen = dict.fromkeys(row for row, action, _ in ask(DEEDS, [event_id]) if action == "registered")
    return list(seen)


def overtaken(ordered: Iterable[tuple[float, float]]) -> int:
    """How many, in the order of commit, were answered before somebody ahead of them even asked.

    Each item is (sent, answered) of one person's first request.
    """
    latest, count = float("-inf"), 0
    for sent, answered in ordered:
        count += answered < latest
        latest = max(latest, sent)
    return count


def oversold(event_id: int, ask: Ask) -> bool:
    """Whether, in one snapshot, more people hold places than there are."""
    ((capacity, taken, held),) = ask(OVER, [event_id])
    return held > capacity or taken > capacity or held != taken
