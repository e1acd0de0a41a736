"""Attendance of Teams meetings: several reports, guests without address, and an upload beside it."""

import pytest

from attendance.presence import imports, naming, queries
from attendance.presence.models import ReportImport, SightingRow
from tests.events.registration.mail import letters
from tests.factories.world import join, make_person

pytestmark = pytest.mark.django_db
TEAMS_LIST = """Full Name,User Action,Timestamp
{name},Joined,"11/26/2026, 4:30:00 PM"
{name},Left,"11/26/2026, 5:30:00 PM"
"""


def minutes(stage):
    return {
        line.name: line.verdict.minutes_counted for line in queries.board(stage.event.pk, at=stage.now)
    }  # fmt: skip


def test_a_registered_address_is_counted_and_a_name_alone_is_not(teams):
    ana, ben, cleo = (make_person(name) for name in ("Ana Anić", "Ben Babić", "Cleo Cvek"))
    for person in (ana, ben, cleo):
        join(person, teams.world.schools[1])
    teams.register(ana, ben, cleo)
    teams.hold({
        "A. Phone": (ana.email, (0, 70), (75, 150)), ben.name: ("", (0, 150)),
        "Cleo": ("other@example.org", (0, 150)),
    })  # fmt: skip
    teams.after(minutes=11)
    assert minutes(teams) == {ana.name: 145, ben.name: 0, cleo.name: 0}
    assert naming.match_exact_names(teams.event.pk, by=teams.by, at=teams.now) == 1
    assert minutes(teams) == {ana.name: 145, ben.name: 150, cleo.name: 0}
    assert "1 person online could not be matched" in teams.board()


def test_several_sessions_are_one_person_and_one_report(teams):
    ana = teams.world.teachers[0]
    teams.register(ana)
    teams.hold({"Ana": (ana.email, (0, 60)), "Guest": ("", (0, 30))}, last=60)
    teams.hold({"Ana": (ana.email, (65, 150)), "Guest": ("", (70, 90))}, first=65)
    teams.after(minutes=11)
    report = ReportImport.objects.get()
    assert (report.people, minutes(teams)) == (2, {ana.name: 145})
    assert SightingRow.objects.filter(person=None).values("seen_key").distinct().count() == 1


def test_a_session_before_the_part_or_after_it_is_none_of_it(teams):
    teams.hold({"Ana": ("", (-90, -30))}, first=-90, last=-30)
    teams.hold({"Ben": ("", (151, 170))}, first=151, last=170)
    teams.after(minutes=11)
    assert (ReportImport.objects.count(), teams.row.people) == (0, 0)


def test_a_report_of_a_second_session_that_comes_late_is_not_missed(teams):
    ana = teams.world.teachers[0]
    teams.register(ana)
    teams.hold({"Ana": (ana.email, (0, 60))}, last=60)
    teams.after(minutes=11)
    assert teams.row.state == "waiting"
    teams.hold({"Ana": (ana.email, (60, 150))}, first=60)
    teams.after(hours=1, minutes=1)
    assert minutes(teams) == {ana.name: 150}
    teams.after(hours=6, minutes=1)
    assert teams.row.state == "done"


def upload(teams, content):
    """A person hands a report in and takes it over."""
    row = imports.hand_in(
        teams.event.pk, content=content, file_name="x.csv", by=teams.by, at=teams.now
    )
    imports.take_over(teams.event.pk, row.pk, by=teams.by, at=teams.now)
    naming.match_exact_names(teams.event.pk, by=teams.by, at=teams.now)


@pytest.mark.parametrize("first", ["upload", "fetch"])
def test_an_upload_and_what_was_fetched_count_once(teams, first):
    ana = teams.world.teachers[0]
    teams.register(ana)
    teams.hold({ana.name: (ana.email, (30, 120))})
    content = TEAMS_LIST.format(name=ana.name).encode()
    if first == "upload":
        teams.now = teams.part.ends_at
        teams.work(5)
        upload(teams, content)
        assert minutes(teams) == {ana.name: 60}
    teams.after(minutes=11)
    if first == "fetch":
        assert minutes(teams) == {ana.name: 90}
        upload(teams, content)
    assert minutes(teams) == {ana.name: 120}


def test_an_upload_is_the_way_out_of_the_risk(teams):
    ana = teams.world.teachers[0]
    teams.register(ana)
    teams.far.faults.switch_on("forbidden", "onlineMeetings", times=999)
    teams.after(minutes=11)
    assert "Attendance at risk." in teams.board()
    assert "Attendance that may be lost" in teams.page_at("/attendance/")
    upload(teams, TEAMS_LIST.format(name=ana.name).encode())
    assert "Attendance at risk." not in teams.board()
    assert "Attendance that may be lost" not in teams.page_at("/attendance/")
    teams.after(days=290)
    assert letters(kind="harvest_loss") == []
