"""Facts table E, Zoom: what is signed are the bytes; reports where there are some, else notices."""

import json
from datetime import timedelta

import pytest

from attendance.presence import naming, queries
from attendance.presence.models import ReportImport
from integrations.accounts import noticing
from integrations.accounts.models import Account
from integrations.harvest.models import HarvestRow, HeldRecording
from integrations.simulators.serving import running
from integrations.simulators.zoom.hand import Hand
from integrations.simulators.zoom.server import Zoom
from integrations.simulators.zoom.world import ACCOUNT, CLIENT, Guest
from integrations.webhooks.models import Receipt
from tests.events.registration.mail import at as stands_at
from tests.factories.world import join, make_person

pytestmark = pytest.mark.django_db
TOKEN = "z" * 22
NUMBER = "81234567890"


class Pasted:
    """An event with a pasted Zoom link, and an account that hears of its meetings."""

    def __init__(self, stage, far):
        self.stage, self.far = stage, far
        stage.fars["zoom"] = far
        far.world.clock = lambda: stage.now
        self.event = stage.event(join_url=f"https://zoom.us/j/{NUMBER}?pwd=x")
        self.part = stage.part(self.event)
        self.ana = stage.world.teachers[0]
        self.ben = make_person("Ben Babic")
        join(self.ben, stage.world.schools[1])
        stage.register(self.event, self.ana, self.ben)

    def connect(self, *, asks=True):
        app = {
            "account_id": ACCOUNT, "client_id": CLIENT, "client_secret": self.far.world.secret,
        }  # fmt: skip
        secret = {"webhook_secret": TOKEN, **(app if asks else {})}
        self.account = self.stage.connect("zoom", {"zoom_url": self.far.url}, secret)
        address = noticing.address(self.account)
        self.hand = Hand(self.far, address=address, token=TOKEN)
        return self

    def minute(self, number):
        return self.part.starts_at + timedelta(minutes=number)

    def span(self, first, last):
        return (self.minute(first), self.minute(last))

    def hold(self, *guests, first=0, last=150, **more):
        return self.hand.hold(
            NUMBER, guests, started=self.minute(first), ended=self.minute(last), **more
        )

    def deliver(self, **more):
        stage = self.stage
        stage.now = max(stage.now, self.part.ends_at)
        with stands_at(stage.now):
            stage.door.let_in(lambda: self.hand.deliver(stage.now, **more))
        found = stage.door.statuses
        stage.work(1)
        return found

    def after(self, **span):
        self.stage.after(self.part, **span)

    def minutes(self):
        found = queries.board(self.event.pk, at=self.stage.now)
        return {line.name: line.verdict.minutes_counted for line in found}

    def people(self):
        """Ana comes twice and waits before, Ben has a name alone."""
        ana = Guest("Ana", [self.span(5, 60), self.span(50, 145)], self.ana.email, "z-1",
                    waited=[self.span(0, 5)])  # fmt: skip
        return ana, Guest(self.ben.name, [self.span(0, 150)])


@pytest.fixture
def zoom(stage):
    with running(Zoom()) as far:
        yield Pasted(stage, far)
    assert far.broken == []


def test_e_the_signature_is_over_the_bytes_as_they_came(zoom):
    """A body written anew means the same and is refused; one that is old is refused as well."""
    zoom.connect(asks=False)
    zoom.hold(*zoom.people())
    kept = list(zoom.hand.notices)
    assert set(zoom.deliver()) == {200}
    received = Receipt.objects.count()
    zoom.hand.notices[:] = [kept[-1].replace(NUMBER.encode(), b"89999999999")]
    rewritten = zoom.deliver(rewritten=lambda body: json.dumps(json.loads(body)).encode())
    assert rewritten == [401]
    zoom.hand.notices[:] = kept[:1]
    with stands_at(zoom.stage.now + timedelta(minutes=6)):
        zoom.stage.door.let_in(lambda: zoom.hand.deliver(zoom.stage.now))
    assert zoom.stage.door.statuses == [401]
    assert Receipt.objects.count() == received


def test_e_a_doubled_notice_of_zoom_counts_once(zoom):
    zoom.connect(asks=False)
    zoom.hold(*zoom.people())
    zoom.hand.notices[:] = zoom.hand.notices * 2
    statuses = zoom.deliver()
    half = len(statuses) // 2
    assert statuses == [200] * half + [202] * half


def test_notices_alone_give_the_minutes_and_waiting_is_none(zoom):
    """In any order; overlapping joins count once; the event's own link says which meeting it is."""
    zoom.connect(asks=False)
    zoom.hold(*zoom.people())
    zoom.hand.notices.reverse()
    zoom.deliver()
    zoom.after(minutes=11)
    assert zoom.minutes() == {zoom.ana.name: 140, zoom.ben.name: 0}
    naming.match_exact_names(zoom.event.pk, by=zoom.stage.by, at=zoom.stage.now)
    assert zoom.minutes()[zoom.ben.name] == 150
    zoom.after(hours=1, minutes=1)
    assert HarvestRow.objects.get().state == "done"
    assert Receipt.objects.filter(kind="joined").count() == 3
    page = zoom.stage.page(f"/attendance/{zoom.event.pk}/")
    assert "Fetched from Zoom" in page


def test_two_sessions_of_one_meeting_are_united(zoom):
    zoom.connect(asks=False)
    for first, last in ((0, 60), (65, 150)):
        guest = Guest("Ana", [zoom.span(first, last)], zoom.ana.email, "z-1")
        zoom.hold(guest, first=first, last=last)
    zoom.hold(Guest("Ana", [zoom.span(-200, -100)], zoom.ana.email), first=-200, last=-100)
    zoom.deliver()
    zoom.after(minutes=11)
    assert zoom.minutes()[zoom.ana.name] == 145
    assert ReportImport.objects.count() == 1


def test_the_end_of_a_meeting_that_ran_on_is_a_look_at_once(zoom):
    zoom.connect(asks=False)
    zoom.after(minutes=1)
    zoom.hold(Guest("Ana", [zoom.span(0, 160)], zoom.ana.email), last=160)
    zoom.stage.now = zoom.minute(161)
    zoom.deliver()
    assert zoom.minutes()[zoom.ana.name] == 150


@pytest.mark.parametrize("uuid", ["", "/ab//cd==", "a/b+c=="])
def test_a_report_counts_where_there_is_one(zoom, uuid):
    """Zoom's own report over its pages, the ids of sessions encoded twice where they need it."""
    zoom.connect()
    zoom.far.world.largest_page = 2
    zoom.far.faults.switch_on("unauthorized", "participants")
    zoom.far.faults.switch_on("rate_limit", "instances", after=20)
    zoom.hold(*zoom.people(), uuid=uuid)
    zoom.after(minutes=11)
    zoom.stage.work(60)
    assert zoom.minutes()[zoom.ana.name] == 140
    paths = [one for one in zoom.far.diary if one.path.endswith("participants")]
    assert len(paths) == 3


def test_notices_stand_in_where_no_report_is_given(zoom):
    """An account that does not pay has no reports: what notices told counts, and nothing is at risk."""
    zoom.connect()
    zoom.far.faults.switch_on("forbidden", "participants", times=50)
    zoom.hold(*zoom.people())
    zoom.deliver()
    zoom.after(minutes=11)
    assert zoom.minutes()[zoom.ana.name] == 140
    assert Account.objects.get().trouble == ""


def test_a_missing_scope_is_said_on_the_board(zoom):
    zoom.connect()
    zoom.far.world.scopes.clear()
    zoom.hold(*zoom.people())
    zoom.hand.notices.clear()
    zoom.after(minutes=11)
    page = zoom.stage.page(f"/attendance/{zoom.event.pk}/")
    assert "The account lacks the permission to read attendance." in page


@pytest.mark.parametrize("asks", [False, True])
def test_a_recording_is_listed_by_notice_or_by_asking(zoom, asks):
    zoom.connect(asks=asks)
    held = zoom.hold(*zoom.people())
    zoom.hand.record(held)
    if asks:
        zoom.hand.notices.clear()
        zoom.after(minutes=16)
    else:
        zoom.after(minutes=1)
        zoom.deliver()
    found = HeldRecording.objects.get()
    assert (found.remote_id, found.state, found.size) == ("file-1", "ready", 1_000_000)
    page = zoom.stage.page(f"/attendance/{zoom.event.pk}/")
    assert "A recording lies at Zoom" in page


def test_a_token_never_goes_to_the_address_that_an_answer_names(zoom):
    with running(Zoom()) as thief:
        zoom.connect()
        zoom.far.world.api_url = thief.url
        zoom.hold(*zoom.people())
        zoom.after(minutes=11)
        assert thief.diary == []
    assert HarvestRow.objects.get().last_error == "address_refused"


def test_without_an_account_of_zoom_nothing_is_begun(zoom):
    zoom.after(minutes=11)
    assert HarvestRow.objects.count() == 0
