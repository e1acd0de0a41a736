"""From a published event to people counted on the board, over the simulated Google."""

import pytest

from attendance.presence import commands as presence
from attendance.presence import imports, naming, personal, queries
from attendance.presence.models import RemotePerson, ReportImport, SightingRow
from integrations.accounts.models import Account
from tests.events.registration.mail import at as stands_at
from tests.events.registration.mail import letters

pytestmark = pytest.mark.django_db


def minutes(stage):
    return {
        line.name: line.verdict.minutes_counted for line in queries.board(stage.event.pk, at=stage.now)
    }  # fmt: skip


def name(stage, seen, person):
    row = SightingRow.objects.filter(seen_name=seen, withdrawn_at=None).first()
    naming.match(stage.event.pk, row.pk, person_id=person.pk, by=stage.by, at=stage.now)


def test_people_of_the_meeting_come_to_the_board_and_wait_to_be_named(meet):
    ana = meet.world.teachers[0]
    meet.register(ana)
    meet.hold({"Ana": ("7", (0, 60), (70, 150)), "Room 7": ("", (5, 150))})
    meet.after(minutes=1)
    assert ReportImport.objects.count() == 0
    meet.after(minutes=11)
    report = ReportImport.objects.get()
    assert (report.source, report.state, report.people, report.by) == ("google", "taken", 2, None)
    assert minutes(meet) == {ana.name: 0}
    assert "2 people online could not be matched" in meet.board()
    name(meet, "Ana", ana)
    assert minutes(meet) == {ana.name: 140}
    assert "Fetched from Google Meet" in meet.board()


def test_a_second_look_that_finds_the_same_changes_nothing_and_ends_it(meet):
    meet.hold({"Ana": ("7", (0, 150))})
    meet.after(minutes=11)
    assert meet.row.state == "waiting"
    before = list(SightingRow.objects.values())
    meet.after(hours=1, minutes=1)
    assert list(SightingRow.objects.values()) == before
    assert (ReportImport.objects.count(), meet.row.state, meet.row.next_at) == (1, "done", None)
    asked = [one for one in meet.far.diary if "participants" in one.path]
    meet.after(days=20)
    assert [one for one in meet.far.diary if "participants" in one.path] == asked


def test_a_record_that_goes_on_is_not_final(meet):
    meet.hold({"Ana": ("7", (0, 100))}, last=110)
    meet.hold({"Ben": ("8", (110, 140))}, first=110, last=None)
    meet.after(minutes=11)
    meet.after(hours=1, minutes=1)
    assert (meet.row.state, meet.row.people) == ("waiting", 1)
    record = next(one for one in meet.far.world.records.values() if "endTime" not in one.record)
    record.record["endTime"] = "2026-11-26T18:10:00Z"
    meet.after(hours=6, minutes=1)
    assert (meet.row.state, meet.row.people) == ("waiting", 2)
    meet.after(hours=24, minutes=1)
    assert meet.row.state == "done"


def test_a_later_fuller_version_replaces_the_former_and_keeps_the_names(meet):
    ana = meet.world.teachers[0]
    meet.register(ana)
    meet.hold({"A. at home": ("", (0, 60))}, last=60)
    meet.after(minutes=11)
    name(meet, "A. at home", ana)
    meet.hold({"A. at home": ("", (65, 150))}, first=65)
    meet.after(hours=1, minutes=1)
    assert ReportImport.objects.filter(withdrawn_at=None).count() == 1
    assert minutes(meet) == {ana.name: 145}


def test_a_session_that_the_service_forgot_meanwhile_still_counts(meet):
    ana = meet.world.teachers[0]
    meet.register(ana)
    record = meet.hold({"Ana": ("7", (0, 60))}, last=60)
    meet.after(minutes=11)
    name(meet, "Ana", ana)
    meet.hold({"Ana": ("7", (65, 150))}, first=65)
    del meet.far.world.records[record]
    meet.after(hours=1, minutes=1)
    assert minutes(meet) == {ana.name: 145}


def test_an_account_that_was_named_once_is_known_at_the_next_event(meet):
    ana, ben = meet.world.teachers[:2]
    meet.register(ana, ben)
    meet.hold({"Ana": ("7", (0, 150)), ben.name: ("", (0, 150))})
    meet.after(minutes=11)
    name(meet, "Ana", ana)
    meet.another_event()
    meet.register(ana, ben)
    meet.hold({"A. phone": ("7", (0, 150)), ben.name: ("", (0, 150))})
    meet.after(minutes=11)
    assert minutes(meet) == {ana.name: 150, ben.name: 0}


def test_a_setting_aside_forgets_the_account(meet):
    ana = meet.world.teachers[0]
    meet.register(ana)
    meet.hold({"Ana": ("7", (0, 150))})
    meet.after(minutes=11)
    name(meet, "Ana", ana)
    row = SightingRow.objects.get(withdrawn_at=None)
    assert personal.of_person(ana.pk)["video_accounts"][0]["account"] == "users/7"
    naming.forget(meet.event.pk, row.pk, by=meet.by, at=meet.now)
    assert not RemotePerson.objects.exists()


def test_a_closed_event_is_not_changed_its_organiser_is_asked(meet):
    ana = meet.world.teachers[0]
    meet.register(ana)
    meet.hold({"Ana": ("7", (0, 150))})
    meet.now = meet.part.ends_at
    meet.work(1)
    presence.settle(meet.event.pk, by=meet.by, at=meet.now)
    meet.after(minutes=11)
    assert (ReportImport.objects.get().state, SightingRow.objects.count()) == ("ready", 0)
    (letter,) = letters(meet.world.coordinator, "harvest_late")
    assert letter.subject == "A report came late: Small steps"
    meet.after(hours=1, minutes=1)
    assert (meet.row.state, ReportImport.objects.count()) == ("done", 1)


def test_a_report_that_somebody_took_back_does_not_come_back_by_itself(meet):
    meet.hold({"Ana": ("7", (0, 60))}, last=60)
    meet.after(minutes=11)
    imports.withdraw(meet.event.pk, ReportImport.objects.get().pk, by=meet.by, at=meet.now)
    meet.hold({"Ana": ("7", (65, 150))}, first=65)
    meet.after(hours=1, minutes=1)
    assert ReportImport.objects.get(withdrawn_at=None).state == "ready"
    assert not SightingRow.objects.filter(withdrawn_at=None).exists()


def test_a_service_that_refuses_is_asked_again_after_reconnecting(meet):
    meet.hold({"Ana": ("7", (0, 150))})
    Account.objects.update(state="reconnect", trouble="consent_revoked")
    meet.after(minutes=11)
    meet.after(hours=2)
    assert (meet.row.looks, meet.row.state) == (0, "waiting")
    assert "Attendance at risk." in meet.board()
    assert "The account needs new credentials." in meet.board()
    Account.objects.update(state="troubled")
    meet.after(hours=2, minutes=2)
    assert (meet.row.people, meet.row.last_error) == (1, "")
    assert Account.objects.get().state == "fine"


def test_a_refused_permission_is_said_on_the_board_and_breaks_no_calendar(meet):
    meet.hold({"Ana": ("7", (0, 150))})
    meet.far.faults.switch_on("forbidden", "/v2/", times=50)
    meet.after(minutes=11)
    assert (meet.row.failures, meet.row.state, Account.objects.get().state) == (
        1,
        "waiting",
        "fine",
    )
    assert "Attendance at risk." in meet.board()
    meet.far.faults.clear()
    meet.after(hours=1, minutes=1)
    assert meet.row.people == 1


def test_a_pause_that_was_asked_for_is_kept(meet):
    meet.hold({"Ana": ("7", (0, 150))})
    meet.far.faults.switch_on("rate_limit", "/v2/", times=50, after=300)
    meet.after(minutes=11)
    calls = len(meet.far.diary)
    meet.far.faults.clear()
    meet.work(200)
    assert len(meet.far.diary) == calls
    meet.work(200)
    assert meet.row.people == 1


def test_the_button_asks_at_once(meet):
    meet.after(minutes=11)
    meet.hold({"Ana": ("7", (0, 150))})
    assert "Waiting for Google Meet." in meet.board()
    with stands_at(meet.now):
        answer = meet.client.post(f"{meet.page}fetch/")
    assert answer.status_code == 302
    meet.work(1)
    assert meet.row.people == 1


def test_a_meeting_that_nobody_held_there_is_said_to_be_unknown(meet):
    for span in ({"minutes": 11}, {"hours": 2}, {"days": 1, "hours": 1}, {"days": 7, "hours": 1}):
        meet.after(**span)
    assert (meet.row.looks, meet.row.state) == (4, "nothing")
    assert "Google Meet knows of no meeting at that time." in meet.board()
    meet.after(days=29)
    assert letters(kind="harvest_loss") == []


def test_e_loss_is_told_once_before_it_happens(meet):
    meet.hold({"Ana": ("7", (0, 150))})
    meet.far.faults.switch_on("server_error", "/v2/", times=9999)
    meet.after(minutes=11)
    meet.after(days=22)
    assert letters(kind="harvest_loss") == []
    meet.after(days=22, hours=13)
    meet.after(days=25)
    (letter,) = letters(meet.world.coordinator, "harvest_loss")
    assert letter.subject == "Attendance at risk: Small steps"
    assert "/help/reports/meet/" in letter.html + letter.text
    assert "Attendance that may be lost" in meet.page_at("/attendance/")
    meet.after(days=30, minutes=1)
    assert meet.row.state == "lost"
    assert "has deleted what it knew of this meeting" in meet.board()
