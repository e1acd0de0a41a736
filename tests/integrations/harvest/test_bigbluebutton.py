"""A BigBlueButton room tells by itself; people are known by the number of their registration."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core.cache import cache

from attendance.presence import queries
from attendance.presence.models import ReportImport
from events.backstage import sweep
from events.registration import commands as registration
from integrations.accounts import commands as accounts
from integrations.harvest import tasks
from integrations.harvest.models import HarvestRow
from integrations.meet import ways
from integrations.simulators.bigbluebutton.hand import Hand
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.serving import running
from integrations.sync.models import MeetingRoom
from tests.events.registration.mail import at as stands_at
from tests.factories.world import AT, make_event, make_world
from tests.integrations.harvest.stages import text

pytestmark = pytest.mark.django_db
SECRET = "b" * 40


class Scene:
    """An online event whose room two people enter by their own way in."""

    def __init__(self, client, server):
        self.client, self.server, self.hand = client, server, Hand(server)
        self.sent = []
        server.post.send = lambda notice: self.sent.append(notice) or 200
        self.world = make_world()
        wish = accounts.Wish(
            provider="bigbluebutton", scope="person", scope_id=self.world.coordinator.pk,
            name="BBB", options={"address": server.url},
        )  # fmt: skip
        by = self.world.actor(self.world.coordinator)
        accounts.connect(wish=wish, secrets={"secret": SECRET}, by=by, at=AT)
        self.event = make_event(self.world, join_url="", mode="online")
        self.part = self.event.parts.get()
        self.ana, self.ben = self.world.teachers[:2]
        for person in (self.ana, self.ben):
            registration.register(
                self.event.pk, person_id=person.pk, way="online", by=self.world.actor(person), at=AT
            )
        self.server.clock.hold(self.part.starts_at)

    def enter(self, person):
        with stands_at(self.part.starts_at):
            path = ways.onward(part_id=self.part.pk, person_id=person.pk, at=self.part.starts_at)
            answer = self.client.get(path)
        assert parse_qs(urlsplit(answer.url).query)["fullName"] == [person.name]
        requests.get(answer.url, allow_redirects=False, timeout=5)

    @property
    def key(self):
        return MeetingRoom.objects.get().key

    def meet(self):
        self.enter(self.ana)
        self.enter(self.ben)
        self.server.clock.move(minutes=150)
        self.hand.end(self.key)

    def arrive(self, now):
        while self.sent:
            notice = self.sent.pop(0)
            path = notice.address.partition("//")[2].partition("/")[2]
            told = dict(notice.headers)
            kind = told.pop("Content-Type", "text/plain")
            with stands_at(now):
                self.client.generic(
                    notice.method, f"/{path}", notice.body, content_type=kind, headers=told
                )

    def after(self, **span):
        now = self.part.ends_at + timedelta(**span)
        with stands_at(now):
            sweep.drain(at=now)
            tasks.look_after(at=now)
            sweep.drain(at=now)
        return now

    def minutes(self):
        found = queries.board(self.event.pk, at=self.part.ends_at)
        return {line.name: line.verdict.minutes_counted for line in found}


@pytest.fixture
def scene(db, client, settings, time_machine):
    settings.KOLEGA_SIMULATORS = settings.KOLEGA_PRIVATE_SERVERS = True
    cache.clear()
    time_machine.move_to(AT, tick=False)
    with running(BigBlueButton(SECRET)) as server:
        yield Scene(client, server)


def test_people_count_by_the_number_we_gave_at_joining(scene):
    scene.meet()
    now = scene.after(minutes=1)
    scene.hand.report(scene.key)
    scene.arrive(now)
    scene.after(minutes=2)
    assert scene.minutes() == {scene.ana.name: 150, scene.ben.name: 150}
    scene.after(minutes=15)
    assert HarvestRow.objects.get().state == "done"
    assert ReportImport.objects.count() == 1


def test_what_hooks_told_counts_where_the_report_was_lost(scene):
    scene.meet()
    scene.arrive(scene.part.ends_at)
    scene.after(minutes=11)
    assert scene.minutes() == {scene.ana.name: 150, scene.ben.name: 150}


def test_a_server_that_told_nothing_is_said_to_be_a_risk(scene):
    scene.meet()
    scene.sent.clear()
    scene.after(minutes=11)
    now = scene.after(hours=1, minutes=1)
    assert HarvestRow.objects.get().last_error == "report_missing"
    with stands_at(now):
        scene.client.force_login(scene.world.coordinator)
        page = text(scene.client.get(f"/attendance/{scene.event.pk}/"))
    assert "The server sent no report of the meeting." in page
    assert "/help/reports/bigbluebutton/" in page


def test_a_room_that_nobody_entered_is_not_waited_for(scene):
    scene.after(minutes=11)
    assert HarvestRow.objects.count() == 0
