"""A ministry's file of ten thousand lines: ours from the database, beside bare writers and COPY.

Run as `python -m bench.export [lines]`. The lines are frozen rows; certificates behind them are
rows without people's deeds, since only the writing is measured.
"""

import csv
import io
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.database import database

LINES = 10_000
GOALS = {"CSV": 0.3, "XLSX": 1.0}
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


def body(number):
    """One frozen line with text that needs quoting."""
    from attendance.exports import dictionary

    known = {
        "certificate_number": f"K{number:011}", "name": f"Čuđenka, Ćiril {number}",
        "school": "OŠ „Primjer“, Zagreb", "event_title": "TeachMeet: robots; and 'us'",
        "minutes_counted": 85, "minutes_planned": 90, "unit_minutes": 45, "hours": "1.50",
        "date": "2026-11-20", "mode": "room", "evidence": "attested", "state": "issued",
    }  # fmt: skip
    return {name: known.get(name, "") for name in dictionary.NAMES}


def made_batch(count):
    """A ready batch with so many lines."""
    from attendance.certificates.models import Certificate
    from attendance.exports.models import Batch, BatchLine
    from events.networks import commands as networks
    from tests.factories import world as factory
    from tests.proofs import crowd

    world = factory.make_world(teachers=0)
    people = crowd.people(count, name="bench", at=AT)
    event = factory.make_event(world)
    term = networks.add_term(
        country_id=world.country.pk, name="Term", starts_on=AT.date() - timedelta(days=60),
        ends_on=AT.date() + timedelta(days=60), by=factory.ADMIN, at=AT,
    )  # fmt: skip
    batch = Batch.objects.create(
        country=world.country, term=term, order=1, as_of=AT, by=world.coordinator, state="ready"
    )
    rows = Certificate.objects.bulk_create(
        (
            Certificate(
                number=f"K{number:011}", event=event, person=one, facts={}, digest="",
                verdict_version=1, issued_at=AT,
            )
            for number, one in enumerate(people)
        ),
        batch_size=2000,
    )  # fmt: skip
    BatchLine.objects.bulk_create(
        (
            BatchLine(batch=batch, certificate=row, ready=True, body=body(number))
            for number, row in enumerate(rows)
        ),
        batch_size=2000,
    )
    return batch


def ours(batch):
    """Seconds to read the frozen lines and write them in each form."""
    from attendance.exports import dictionary, files, queries

    def as_csv():
        return files.as_csv(dictionary.NAMES, queries.lines_of(batch)[0])

    def as_xlsx():
        return files.as_xlsx({"lines": (dictionary.NAMES, queries.lines_of(batch)[0])}, at=AT)

    return {"CSV": as_csv, "XLSX": as_xlsx}


def bare(lines):
    """The same values through the writers alone, without database or care for formulas."""
    import xlsxwriter

    def as_csv():
        out = io.StringIO()
        csv.writer(out).writerows(lines)
        return out.getvalue().encode()

    def as_xlsx():
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            for row, line in enumerate(lines):
                sheet.write_row(row, 0, line)
        return out.getvalue()

    return {"CSV": as_csv, "XLSX": as_xlsx}


def copy():
    """The lines as PostgreSQL itself would write them."""
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(
        "COPY (SELECT * FROM attendance_batchline) TO STDOUT WITH CSV"
    ) as rows:  # fmt: skip
        return b"".join(map(bytes, rows))


def seconds(work, runs=3):
    """The best of a few runs, in seconds, and the size in bytes."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        size = len(work())
        times.append(time.perf_counter() - began)
    return min(times), size


def main():
    """Make the lines, measure, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with database():
        batch = made_batch(count)
        lines = [list(body(number).values()) for number in range(count)]
        limits = bare(lines)
        for form, work in ours(batch).items():
            took, size = seconds(work)
            limit, _ = seconds(limits[form])
            print(
                f"export of {count} lines as {form}: {took:.2f} s (goal {GOALS[form]}), bare writer "
                f"{limit:.2f} s, ratio {took / limit:.1f}, {size / 1000:.0f} kB"
            )
        print(f"the same table by COPY alone: {seconds(copy)[0]:.3f} s")


if __name__ == "__main__":
    main()
