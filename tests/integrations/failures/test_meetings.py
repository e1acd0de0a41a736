"""Facts table E, meetings: reports and recordings that come late, twice, incomplete or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest
import requests

from attendance.presence import naming, queries
from attendance.presence.models import ReportImport
from events.backstage import jobs
from integrations.accounts import commands as accounts
from integrations.accounts.models import Account
from integrations.harvest.models import HarvestRow, HeldRecording
from integrations.meet import ways
from integrations.simulators.bigbluebutton.hand import Hand
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.bigbluebutton.things import Recording
from integrations.simulators.microsoft.hand import Guest
from integrations.simulators.serving import running
from integrations.sync.models import MeetingRoom
from tests.events.registration.mail import at as stands_at
from tests.factories.world import join, make_person

pytestmark = pytest.mark.django_db
SECRET = "b" * 40


class Room:
    """A room of a server of ours that two people entered; the server tells us over HTTP."""

    def __init__(self, stage, server):
        self.stage, self.server, self.hand = stage, server, Hand(server)
        stage.fars["bigbluebutton"] = server
        self.account = stage.connect("bigbluebutton", {"address": server.url}, {"secret": SECRET})
        self.event = stage.event()
        self.part = stage.part(self.event)
        self.people = stage.world.teachers[:2]
        stage.register(self.event, *self.people)
        server.clock.hold(self.part.starts_at)

    def enter(self, person):
        stage, at = self.stage, self.part.starts_at
        with stands_at(at):
            path = ways.onward(part_id=self.part.pk, person_id=person.pk, at=at)
            address = stage.client.get(path).url
            stage.door.let_in(
                lambda: requests.get(address, allow_redirects=False, timeout=5).status_code
            )

    def meet(self, *, recorded=False):
        for person in self.people:
            self.enter(person)
        self.key = MeetingRoom.objects.get().key
        if recorded:
            self.server.rooms.meetings[self.key].values["record"] = "true"
        self.server.clock.move(minutes=150)
        self.at_end(lambda: self.hand.end(self.key))

    def at_end(self, deed, **span):
        """The server does something after the end and tells us."""
        self.stage.now = self.part.ends_at + timedelta(**span)
        with stands_at(self.stage.now):
            self.stage.door.let_in(deed)
        found = self.stage.door.statuses
        self.stage.work(1)
        return found

    def after(self, **span):
        self.stage.after(self.part, **span)

    def minutes(self):
        found = queries.board(self.event.pk, at=self.stage.now)
        return {line.name: line.verdict.minutes_counted for line in found}


@pytest.fixture
def room(stage):
    with running(BigBlueButton(SECRET)) as server:
        yield Room(stage, server)


def test_e_a_report_that_comes_twice_counts_once(room):
    """200 for the first, 202 for the same again, 410 for a room that is none of ours."""
    room.meet()
    room.server.post.fate("report", "doubled")
    assert room.at_end(lambda: room.hand.report(room.key)) == [200, 202]
    room.after(minutes=11)
    assert set(room.minutes().values()) == {150}
    assert ReportImport.objects.count() == 1
    key = room.key
    MeetingRoom.objects.update(key="0" * 32)
    assert room.at_end(lambda: room.hand.report(key)) == [410]


def test_e_a_server_that_cannot_reach_us_is_seen(room):
    """Neither report nor hooks come: the board says so and what to do, and nobody waits in silence."""
    room.server.post.send = lambda _notice: 0
    room.meet()
    room.at_end(lambda: room.hand.report(room.key))
    room.after(hours=1, minutes=1)
    page = room.stage.page(f"/attendance/{room.event.pk}/")
    assert "Attendance at risk." in page
    assert "The server sent no report of the meeting." in page


def test_e_our_own_address_is_part_of_the_self_test(room, settings):
    """An address that no server out there can reach is said before the first meeting, not after it."""
    for address, went in (("http://127.0.0.1:8000", False), ("https://kolega.example.org", True)):
        settings.BASE_URL, settings.KOLEGA_SIMULATORS = address, False
        accounts.test(room.account.pk, by=room.stage.by, at=room.stage.now)
        while jobs.run_due(at=room.stage.now):
            room.stage.work(1)
        room.account.refresh_from_db()
        found = {line["what"]: line["went"] for line in room.account.findings}
        assert found["address"] is went
    assert Account.objects.get().trouble == ""


def test_e_a_recording_is_found_although_nobody_told_of_it(room):
    """Looked for at planned times, by meeting; hours later is early enough."""
    room.meet(recorded=True)
    room.server.post.fate("recording", "lost")
    for span in ({"minutes": 16}, {"hours": 1, "minutes": 1}):
        room.after(**span)
    assert HeldRecording.objects.get().state == "processing"
    assert "BigBlueButton is making a recording." in room.stage.page(
        f"/attendance/{room.event.pk}/"
    )
    room.at_end(lambda: room.hand.publish(room.key), hours=5)
    assert HeldRecording.objects.get().state == "processing"
    room.server.faults.switch_on("server_error", "getRecordings")
    room.after(hours=12, minutes=1)
    room.after(hours=13, minutes=10)
    assert HeldRecording.objects.get().state == "published"
    page = room.stage.page(f"/attendance/{room.event.pk}/")
    assert "A recording lies at BigBlueButton" in page
    assert f"{room.server.url}/playback/video/" in page
    for hours in (25, 49, 200):
        room.after(hours=hours)
    looks = len(asked_for_recordings(room))
    room.after(days=13)
    assert len(asked_for_recordings(room)) == looks <= 8


def test_e_a_recording_that_is_told_of_is_listed_at_once(room):
    room.meet(recorded=True)
    assert room.at_end(lambda: room.hand.publish(room.key), minutes=5) == [200]
    assert HeldRecording.objects.get().state == "published"


def asked_for_recordings(room):
    return room.stage.asked("bigbluebutton", "getRecordings")


def test_e_hundreds_of_recordings_are_never_asked_for_together(room):
    """By meeting and by page: a server with six hundred gives up on all of them."""
    room.meet(recorded=True)
    meeting = room.server.past[room.key]
    others = [replace(meeting, key=f"other-{number}") for number in range(600)]
    kept = room.server.archive.recordings
    kept += [Recording(one, "published") for one in others]
    kept += [
        Recording(replace(meeting, created=meeting.created + number), "published")
        for number in range(1, 151)
    ]
    room.after(minutes=16)
    found = asked_for_recordings(room)
    assert [one.query["offset"] for one in found] == ["0", "100"]
    assert {(one.query["meetingID"], one.query["limit"]) for one in found} == {(room.key, "100")}
    assert HeldRecording.objects.count() == 151


class Teams:
    """A Teams meeting of a published event, with somebody who has three ways of being known."""

    def __init__(self, stage, far):
        self.stage, self.far = stage, far
        self.account = stage.microsoft(far)
        self.event = stage.event()
        self.part = stage.part(self.event)
        self.ana = make_person("Ana Anić", email="ana@example.org")
        self.ben = make_person("Ben Babić", email="ben@example.org")
        for person in (self.ana, self.ben):
            join(person, stage.world.schools[1])
        stage.register(self.event, self.ana, self.ben)

    def hold(self, *guests, first=0, last=150):
        span = [self.part.starts_at + timedelta(minutes=one) for one in (first, last)]
        people = [Guest(name, [tuple(span)], email=email) for name, email in guests]
        self.far.hand.hold(self.stage.link().meeting_ref, *span, people)

    def minutes(self):
        found = queries.board(self.event.pk, at=self.stage.now)
        return {line.name: line.verdict.minutes_counted for line in found}


@pytest.fixture
def teams(stage, microsoft):
    return Teams(stage, microsoft)


def test_e_a_teams_report_without_addresses_counts_nobody_by_chance(teams):
    """By registered address; a name alone waits for a person who says whose it is."""
    teams.far.faults.switch_on("server_error", "attendanceReports")
    teams.hold(("A. Phone", teams.ana.email), (teams.ben.name, ""), ("Cleo", ""))
    teams.stage.after(teams.part, minutes=11)
    teams.stage.after(teams.part, minutes=25)
    assert teams.minutes() == {teams.ana.name: 150, teams.ben.name: 0}
    naming.match_exact_names(teams.event.pk, by=teams.stage.by, at=teams.stage.now)
    assert teams.minutes() == {teams.ana.name: 150, teams.ben.name: 150}


def test_e_a_missing_policy_of_teams_is_told_in_words(teams):
    teams.hold(("Ana", teams.ana.email))
    teams.far.world.switches.policy = False
    teams.stage.after(teams.part, minutes=11)
    page = teams.stage.page(f"/attendance/{teams.event.pk}/")
    assert "A policy at the service keeps this account from reading attendance." in page
    assert (HarvestRow.objects.get().last_error, Account.objects.get().state) == (
        "policy_missing",
        "fine",
    )
    teams.far.world.switches.policy = True
    teams.stage.after(teams.part, hours=1, minutes=1)
    assert teams.minutes()[teams.ana.name] == 150


def test_e_more_reports_and_people_than_one_page_holds(teams):
    """Twelve sessions of one meeting, each with its own report, over pages of two."""
    teams.far.world.switches.largest_page = 2
    for number in range(12):
        guests = [("Ana", teams.ana.email), ("B", ""), ("C", "")]
        teams.hold(*guests, first=number * 10, last=number * 10 + 5)
    teams.stage.after(teams.part, minutes=11)
    assert teams.minutes()[teams.ana.name] == 60
    assert ReportImport.objects.get().people == 3
