"""Notices of BigBlueButton and Zoom: checked, kept once, and read later."""

import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import requests

from events.backstage import due
from integrations.accounts import commands as accounts
from integrations.accounts import noticing
from integrations.ports import Room, Visitor
from integrations.providers.bigbluebutton import callbacks
from integrations.providers.bigbluebutton.connect import connect
from integrations.providers.zoom import signing
from integrations.simulators.bigbluebutton.hand import Hand
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.serving import running
from integrations.webhooks import commands, queries
from integrations.webhooks.models import Receipt
from tests.factories.world import AT, make_event, make_world
from tests.integrations.webhooks.making import account, facts, receipts, room

pytestmark = pytest.mark.django_db
SECRET = "b" * 40
ABOUT = ("ended", "report", "recording", "happened")


class Scene:
    """A room of an event, its server, and our doors to which the server's notices go."""

    def __init__(self, client, server):
        self.client, self.server, self.hand = client, server, Hand(server)
        self.world = make_world()
        self.account = account(self.world, "bigbluebutton")
        self.room = room(make_event(self.world))
        self.answers, self.sent = [], []
        server.post.send = lambda notice: self.sent.append(notice) or 200

    @property
    def key(self):
        return self.room.key

    def address(self, about):
        made = callbacks.mark(about, self.key, secret=SECRET)
        return noticing.address(self.account, about=about, meeting=self.key, mark=made)

    def arrive(self):
        """What the server sent comes to our doors, in the order in which it was sent."""
        while self.sent:
            self.take(self.sent.pop(0))

    def report(self):
        self.hand.report(self.key)
        self.arrive()

    def take(self, notice):
        path = notice.address.partition("//")[2].partition("/")[2]
        told = dict(notice.headers)
        kind = told.pop("Content-Type", "text/plain")
        self.answers.append((notice.kind, self.client.generic(
            notice.method, f"/{path}", notice.body, content_type=kind, headers=told
        ).status_code))  # fmt: skip

    def meet(self, minutes=60):
        options = {"address": self.server.url, "private": "yes"}
        there = connect(options, {"secret": SECRET}, calendar="", subject="")
        wish = Room(self.key, "Webinar", recorded=True, notices={a: self.address(a) for a in ABOUT})
        address = there.rooms.way_in(wish, Visitor("41", "Ana", leads=True), at=AT, within=5)
        requests.get(address, allow_redirects=False, timeout=5)
        self.server.clock.move(minutes=minutes)
        self.hand.end(self.key)
        self.arrive()


@pytest.fixture
def scene(client, time_machine):
    time_machine.move_to(AT + timedelta(hours=1), tick=False)
    with running(BigBlueButton(SECRET)) as server:
        server.clock.hold(AT)
        yield Scene(client, server)


def test_everything_a_server_tells_is_taken(scene):
    scene.meet()
    scene.report()
    scene.hand.publish(scene.key)
    scene.arrive()
    assert scene.answers == [
        ("event", 200), ("event", 200), ("event", 200), ("ended", 200), ("report", 200),
        ("recording", 200),
    ]  # fmt: skip
    assert [fact["kind"] for fact in facts("MeetingNoticeCame")] == [
        "happened", "ended", "report", "recording",
    ]  # fmt: skip
    assert {fact["key"] for fact in facts("MeetingNoticeCame")} == {scene.key}


def test_e_a_report_delivered_twice_counts_once(scene):
    scene.server.post.fate("report", "doubled")
    scene.meet()
    scene.report()
    assert scene.answers[-2:] == [("report", 200), ("report", 202)]
    assert receipts().count(("report", scene.key)) == 1


def test_e_a_report_about_a_room_that_is_none_of_ours_is_not_sent_again(scene):
    scene.meet()
    scene.room.delete()
    scene.report()
    assert scene.answers[-1] == ("report", 410)


@pytest.mark.parametrize("lost", ["report", "event", ""])
def test_minutes_are_known_by_the_report_or_without_it(scene, lost):
    for _ in range(3 if lost else 0):
        scene.server.post.fate(lost, "lost")
    scene.meet(minutes=45)
    scene.report()
    (sitting,) = queries.sittings_told(scene.account.pk, scene.key)
    (person,) = sitting.people
    assert (person.ours, person.host) == ("41", True)
    assert list(person.spans) == [(AT, AT + timedelta(minutes=45))]


def test_an_end_told_twice_wakes_up_once_and_a_later_one_again(scene):
    scene.server.post.fate("ended", "doubled")
    scene.meet()
    assert [one for one in scene.answers if one[0] == "ended"] == [("ended", 200), ("ended", 202)]


@pytest.mark.parametrize("about", ABOUT)
def test_what_is_forged_is_refused(scene, about):
    address = scene.address(about).partition("//")[2].partition("/")[2]
    method = "GET" if about == "ended" else "POST"
    for forged in (address.replace("mark=", "mark=0"), address.replace(scene.key, "f" * 32)):
        assert scene.client.generic(method, f"/{forged}", b"x").status_code == 401
    if about != "ended":
        assert scene.client.generic(method, f"/{address}", b"{}").status_code == 401
    assert receipts() == []


def test_a_report_about_another_room_than_its_address_is_refused(scene):
    scene.meet()
    scene.server.past[scene.key].key = "f" * 32
    scene.report()
    assert scene.answers[-1] == ("report", 400)


def test_a_door_that_nobody_has_is_thanked_and_an_other_method_refused(scene):
    assert scene.client.post("/hooks/bigbluebutton/1-none/?about=report").status_code == 200
    assert scene.client.get("/hooks/bigbluebutton/1-none/?about=report").status_code == 405
    assert scene.client.post("/hooks/bigbluebutton/1-none/?about=ended").status_code == 405
    accounts.switch_off(scene.account.pk, by=scene.world.actor(scene.world.coordinator), at=AT)
    ended = scene.address("ended").partition("//")[2].partition("/")[2]
    assert scene.client.get(f"/{ended}").status_code == 200
    assert receipts() == []


def test_a_report_may_be_larger_than_other_notices(scene):
    address = scene.address("report").partition("//")[2].partition("/")[2]
    assert scene.client.generic("POST", f"/{address}", b"x" * 300_000).status_code == 401
    assert scene.client.generic("POST", f"/{address}", b"x" * 4_300_000).status_code == 413


def test_secrets_that_cannot_be_opened_let_the_server_try_again(scene):
    type(scene.account).objects.filter(pk=scene.account.pk).update(sealed=b"spoilt")
    address = scene.address("ended").partition("//")[2].partition("/")[2]
    assert scene.client.get(f"/{address}").status_code == 503


def test_raw_bytes_go_after_thirty_days(scene):
    scene.meet()
    Receipt.objects.update(received_at=AT)
    assert commands.forget_old(at=AT + timedelta(days=30)) == 0
    assert commands.forget_old(at=AT + timedelta(days=30, seconds=1)) == 4
    assert receipts() == []


def test_the_chore_stands_in_the_wiring(scene):
    scene.meet()
    Receipt.objects.update(received_at=AT - timedelta(days=31))
    due.run_chores(at=AT)
    assert receipts() == []


ZOOM = {"webhook_secret": "z" * 22}


def knock(client, row, told, *, at, secret=ZOOM["webhook_secret"]):
    body, timestamp = json.dumps(told).encode(), str(int(at.timestamp()))
    made = signing.signature(body, timestamp=timestamp, secret=secret)
    return client.post(
        f"/hooks/zoom/{noticing.token_of(row.pk)}/", body, content_type="application/json",
        headers={"x-zm-signature": made, "x-zm-request-timestamp": timestamp},
    )  # fmt: skip


def test_zoom_is_heard_when_it_signs(client, time_machine):
    time_machine.move_to(AT, tick=False)
    row = account(make_world(), "zoom", **ZOOM)
    ended = {"event": "meeting.ended", "event_ts": 1, "payload": {"object": {"id": 7, "uuid": "u"}}}
    assert [knock(client, row, ended, at=AT).status_code for _ in range(2)] == [200, 202]
    assert [(fact["kind"], fact["key"]) for fact in facts("MeetingNoticeCame")] == [("ended", "7")]
    assert knock(client, row, ended, at=AT, secret="other").status_code == 401
    assert knock(client, row, ended, at=AT - timedelta(minutes=6)).status_code == 401
    assert knock(client, row, ["x"], at=AT).status_code == 400


def person_event(kind, session, minute, **more):
    moment = (AT + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z")
    name = "join_time" if kind == "joined" else "leave_time"
    who = {"participant_uuid": session, "user_name": "Ana", "email": "a@example.org", name: moment}
    thing = {"id": 7, "uuid": "u", "participant": {**who, **more}}
    return {
        "event": f"meeting.participant_{kind}",
        "event_ts": minute,
        "payload": {"object": thing},
    }


def test_minutes_are_known_by_what_zoom_tells_in_any_order(client, time_machine):
    time_machine.move_to(AT, tick=False)
    row = account(make_world(), "zoom", **ZOOM)
    over = {"id": "7", "uuid": "u", "end_time": (AT + timedelta(minutes=60)).isoformat()}
    told = [
        person_event("left", "p1", 20), person_event("joined", "p1", 0),
        {"event": "meeting.ended", "event_ts": 9, "payload": {"object": over}},
        person_event("joined", "p2", 30, customer_key="41"), person_event("joined", "p1", 0),
        person_event("left", "p3", 40),
    ]  # fmt: skip
    for one in told:
        knock(client, row, one, at=AT)
    (sitting,) = queries.sittings_told(row.pk, "7")
    assert sitting.ended_at == AT + timedelta(minutes=60)
    found = {one.ours: [(a - AT, b - AT) for a, b in one.spans] for one in sitting.people}
    minutes = timedelta(minutes=1)
    assert found == {"": [(0 * minutes, 20 * minutes)], "41": [(30 * minutes, 60 * minutes)]}
    assert len(facts("MeetingNoticeCame")) == 1


def test_zoom_asks_whether_we_hold_the_secret(client, time_machine):
    time_machine.move_to(AT, tick=False)
    row = account(make_world(), "zoom", **ZOOM)
    told = {"event": "endpoint.url_validation", "payload": {"plainToken": "p"}, "event_ts": 1}
    answer = knock(client, row, told, at=AT)
    assert answer.json() == signing.validation("p", secret="z" * 22)
    assert receipts() == []


def test_a_token_opens_one_account_of_one_provider():
    world = make_world()
    row = account(world, "zoom", **ZOOM)
    token = noticing.token_of(row.pk)
    assert noticing.account_at(token, provider="zoom") == row
    other = "y" if token.endswith("x") else "x"
    for wrong in (
        token[:-1] + other,
        f"{row.pk + 1}-{token.partition('-')[2]}",
        "",
        "x-y",
        "9" * 30,
    ):
        assert noticing.account_at(wrong, provider="zoom") is None
    assert noticing.account_at(token, provider="bigbluebutton") is None
    assert urlencode({"a": "ž b"}) in noticing.address(row, a="ž b")
