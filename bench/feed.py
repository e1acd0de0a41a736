"""A cold feed of a thousand entries: ours, and the same entries through the icalendar library."""

import statistics
import time
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Timezone

from events.invitations import fields, vtimezone, writer
from events.invitations.feeds import PRODID
from events.invitations.parts import CalendarPart

GOAL_MS = 40
ENTRIES = 1000
RUNS = 15
ZONES = ("Europe/Zagreb", "Europe/Tirane", "Europe/Lisbon", "Europe/Istanbul", "Europe/Warsaw")


def entries() -> list[CalendarPart]:
    """A thousand entries of five countries, half of them online."""
    changed = datetime(2026, 9, 1, 8, tzinfo=UTC)
    start = datetime(2026, 9, 1, 16)  # noqa: DTZ001 - a wall clock has no zone
    return [
        CalendarPart(
            uid=f"6f1d4c2a-{number:04d}@kolega.example.org",
            sequence=number % 3,
            summary=f"TeachMeet {number}: učenje s robotima, mjerenje i čuđenje",
            description="Što ponijeti: znatiželju; bilježnicu.\nDođite ranije, kava čeka.\n" * 3,
            start_local=start + timedelta(days=number % 400),
            end_local=start + timedelta(days=number % 400, minutes=150),
            zone=ZONES[number % len(ZONES)],
            location="" if number % 2 else "OŠ Primjer, Ulica lipa 5, Zagreb",
            url=f"https://kolega.example.org/e/{number}",
            join_url=f"https://kolega.example.org/go/{number}" if number % 2 else "",
            organizer_name="Kolega",
            organizer_address="kolega@example.org",
            status="CONFIRMED" if number % 20 else "CANCELLED",
            created_at=changed - timedelta(days=30),
            changed_at=changed + timedelta(minutes=number),
            language="hr",
            alarm_minutes=30,
        )
        for number in range(ENTRIES)
    ]


def by_library(parts: list[CalendarPart]) -> bytes:
    """The same feed built and written by the icalendar library."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODID)
    for zone in fields.zones_of(parts):
        calendar.add_component(Timezone.from_ical(vtimezone.vtimezone(zone)))
    for part in fields.ordered(parts):
        for _, held in fields.events_of(part):
            calendar.add_component(writer.event(part, held))
    return bytes(calendar.to_ical())


def cpu_ms(work, runs: int) -> float:
    """Median CPU time of a run, in milliseconds."""
    times = []
    for _ in range(runs):
        before = time.process_time()
        work()
        times.append(1000 * (time.process_time() - before))
    return statistics.median(times)


def measure(runs: int = RUNS) -> dict[str, float]:
    """Both times, their ratio, the size; zones are worked out anew in each cold run."""
    parts = entries()

    def cold() -> bytes:
        vtimezone.vtimezone.cache_clear()
        return writer.feed(parts, name="Kolega")

    ours, theirs = cpu_ms(cold, runs), cpu_ms(lambda: by_library(parts), runs)
    return {
        "ours_ms": ours,
        "icalendar_ms": theirs,
        "ratio": theirs / ours,
        "kilobytes": len(cold()) / 1000,
    }


if __name__ == "__main__":
    figures = measure()
    print(
        f"feed of {ENTRIES} entries: {figures['ours_ms']:.1f} ms CPU (goal {GOAL_MS}), "
        f"icalendar {figures['icalendar_ms']:.0f} ms, {figures['ratio']:.1f} times ours, "
        f"{figures['kilobytes']:.0f} kB"
    )
