"""Attendance reports read into people and minutes, beside csv.reader on the same bytes.

Run as `python -m bench.report [people]`: one Teams report with so many people, and every file of
tests/payloads that is understood.
"""

import csv
import io
import statistics
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from attendance.presence.reports.reading import read_report  # noqa: E402 - the path comes first
from attendance.presence.reports.shapes import NeedsAnswer, ReportRefused  # noqa: E402

PEOPLE = 1000
RUNS = 5
DAY = datetime(2026, 11, 20, 16, 30)  # noqa: DTZ001 - reports print local times


def stamp(minute):
    """A time as Teams prints it in English."""
    at = DAY + timedelta(minutes=minute)
    return f"{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'}"


def teams(people):
    """A report of three sections; everybody comes twice."""
    head = [
        ["1. Summary"], ["Meeting title", "TeachMeet"], ["Attended participants", people],
        ["Start time", stamp(0)], ["End time", stamp(90)], ["Meeting duration", "1h 30m"],
        ["Average attendance time", "1h 20m"], [], ["2. Participants"],
        ["Name", "First Join", "Last Leave", "In-Meeting Duration", "Email",
         "Participant ID (UPN)", "Role"],
    ]  # fmt: skip
    who = [(f"Čuđenka Ćirić {number}", f"person{number}@example.org") for number in range(people)]
    totals = [[name, stamp(1), stamp(85), "1h 20m", mail, mail, "Attendee"] for name, mail in who]
    stays = [
        [name, stamp(first), stamp(last), f"{last - first}m", mail, "Attendee"]
        for name, mail in who
        for first, last in ((1, 41), (45, 85))
    ]
    titles = ["Name", "Join Time", "Leave Time", "Duration", "Email", "Role"]
    out = io.StringIO()
    rows = [*head, *totals, [], ["3. In-Meeting Activities"], titles, *stays]
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-16")


def understood():
    """The files of tests/payloads that are read without a question."""
    found = []
    for file in sorted((ROOT / "tests/payloads/reports").iterdir()):
        data = file.read_bytes()
        try:
            read_report(data, zone="Europe/Zagreb")
        except (ReportRefused, NeedsAnswer):
            continue
        found.append(data)
    return found


def bare(data):
    """The rows alone."""
    text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace")
    return list(csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ","))


def cpu_ms(work):
    """Median CPU time of a few runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        times.append(1000 * (time.process_time() - began))
    return statistics.median(times)


def main():
    """Measure and print."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    data = teams(people)
    assert len(read_report(data, zone="Europe/Zagreb").people) == people
    ours = cpu_ms(lambda: read_report(data, zone="Europe/Zagreb"))
    limit = cpu_ms(lambda: bare(data))
    print(
        f"report of {people} people in {2 * people} stays: {ours:.0f} ms CPU, "
        f"csv.reader alone {limit:.1f} ms, ratio {ours / limit:.0f}, {len(data) / 1000:.0f} kB"
    )
    files = understood()
    ours = cpu_ms(lambda: [read_report(one, zone="Europe/Zagreb") for one in files])
    print(f"{len(files)} small reports of all services: {ours / len(files):.2f} ms CPU each")


if __name__ == "__main__":
    main()
