"""Published and real reports, imported through the pages into events of their days."""

import random
from datetime import date

import pytest

from attendance.presence.models import ReportImport, SightingRow
from events.registration import commands as registration
from tests.attendance.presence import shared, test_imports
from tests.attendance.presence.test_reports_of_the_world import HEROES
from tests.factories.world import AT, join, later, make_person, make_world

pytestmark = [pytest.mark.django_db, shared.needs_samples]

# Folder and file, first day, days, people, and seconds by address or by name as its truth states.
FILES = [
    ("teams/teams_list_2020_en_headers_utf16.csv", date(2020, 12, 11), 1, 5, {
        "Mustermann Max": 2115, "Musterfrau Franziska": 669, "Huber Uwe": 2742,
        "Müller Franz": 1172, "Müller Hans": 1537,
    }),
    ("teams/teams_report_en_dmy_2022_utf16.csv", date(2022, 11, 14), 1, 7, {
        "JANSSENS JAN (EXT)": 1166, "Johnny Walker": 1160, "De Compostela, Santiago": 890,
    }),
    ("teams/teams_report_pl_2025_utf16.csv", date(2025, 3, 10), 1, 7, {
        "uczestnik jakis1": 8288, "zuczestnik jakis 2": 8114, "auczestnik jakis4": 7036,
    }),
    ("teams/teams_report_fr_2021_utf16.csv", date(2021, 4, 13), 1, 6, {
        "exemple1": 9840, "exemple3": 8724, "exemple5": 9616,
    }),
    ("teams/teams_report_ptbr_4sections_utf16.csv", date(2026, 3, 17), 1, 26, {
        "Lee Horizon": 3868, "Dakota Comet": 3393, "André Marble": 308, "Blake Quasar": 4360,
    }),
    ("zoom/zoom_participants_noheader.csv", date(2021, 11, 19), 1, 27, HEROES),
    ("zoom/zoom_participants_meetingheader_commas.csv", date(2021, 11, 19), 1, 27, HEROES),
    ("zoom/zoom_it_meeting_header.csv", date(2025, 7, 8), 1, 4, {
        "Mario Rossi": 14400, "Giovanni Bianchi": 13800, "Maria Verdi": 14400, "Luca Neri": 12900,
    }),
    ("zoom/zoom_it_usage_multi_meeting.csv", date(2025, 9, 19), 3, 3, {
        "giorgio.s": 40800, "maria.verdi": 42600, "mario.rossi": 43200,
    }),
    ("zoom/zoom_webinar_attendee_report.csv", date(2026, 5, 12), 1, 4, {
        "Alice": 5100, "Bob": 6000,
    }),
    ("webex/webex_event_formula_utf16.csv", date(2021, 6, 14), 1, 4, {
        "host": 12239, "user1": 12027, "user3": 11809,
    }),
    ("meet/meet_attendance_iso.csv", None, 1, 3, {
        "Alice Martin": 12600, "Bob Dupont": 10500, "Claire Morel": 12600,
    }),
    ("bbb/bbb_events_sample.xml", date(2018, 8, 16), 1, 2, {}),
    ("bbb/bbb_learning_dashboard.json", None, 1, 2, {}),
]  # fmt: skip
SLACK = 1


def fits(row, mark):
    """A truth names somebody by the beginning of the address or by a part of the name."""
    return (row.seen_email or "").casefold().startswith(mark.casefold()) or mark.casefold() in (
        row.seen_name.casefold()
    )


def test_every_published_file_gives_its_truths_through_the_pages(client, time_machine):
    world = make_world(teachers=0)
    test_imports.exact_rule()
    time_machine.move_to(later(days=60), tick=False)
    client.force_login(world.coordinator)
    for path, day, days, people, truth in random.Random(11).sample(FILES, len(FILES)):  # noqa: S311  an order, no secret
        content = (shared.FOLDER / path).read_bytes()
        event = test_imports.on_day(world, day or first_day(content), days=days)
        page = f"/attendance/{event.pk}/"
        test_imports.take(client, page, content)
        assert (path, ReportImport.objects.get(event=event).people) == (path, people)
        assert SightingRow.objects.filter(event=event).exclude(person=None).count() == 0
        seen = test_imports.closed_seconds_by_key(event)
        assert len(seen) == people
        for mark, seconds in truth.items():
            found = [sum_ for row, sum_ in seen if fits(row, mark)]
            assert (path, mark, len(found)) == (path, mark, 1)
            assert (path, mark, abs(found[0] - seconds) <= SLACK) == (path, mark, True)
        named(client, world, event, page, seen)


def first_day(content):
    report = test_imports.parsers.read_report(content, zone="Europe/Zagreb")
    return min(stay.start for one in report.people for stay in one.intervals).date()


def named(client, world, event, page, seen):
    """Whoever is matched by hand has exactly the seen minutes on the board."""
    row, seconds = max(seen, key=lambda pair: pair[1])
    person = make_person("Ana Novak", email="")
    join(person, world.schools[1])
    registration.register(
        event.pk, person_id=person.pk, way="online", walk_in=True,
        by=world.actor(world.coordinator), at=AT,
    )  # fmt: skip
    client.post(f"{page}match/", {"row": row.pk, "person": person.pk})
    shown = test_imports.minutes_online(client, page)
    if SightingRow.objects.filter(event=event, seen_key=row.seen_key, ends_at=None).exists():
        return
    assert (row.seen_name, shown["Ana Novak"]) == (row.seen_name, int(seconds) // 60)
