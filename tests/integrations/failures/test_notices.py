"""Facts table E, notices: asked for in time, checked, once, and nothing but a wake-up."""

from datetime import timedelta

import pytest

from events.backstage.models import FactRow
from integrations.simulators.google.server import PERSON
from integrations.sync.models import Channel, Question
from integrations.webhooks.models import Receipt
from tests.events.registration.mail import at as stands_at
from tests.events.registration.mail import letters

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=3)
HALF = {"google": timedelta(days=3, hours=12), "microsoft": timedelta(minutes=2100)}
WATCH = {"google": "/watch", "microsoft": "POST /v1.0/subscriptions"}
LISTS = {"google": "GET /calendar/v3/calendars", "microsoft": "calendarView/delta"}


def running(stage, far):
    """The channels that still run over there."""
    world = stage.fars[far].world
    return list(world.watches if far == "google" else world.subscriptions)


def deliver(stage, far, **more):
    """What waits over there comes to our door; gives the statuses of our answers."""
    simulator = stage.fars[far]
    send = simulator.deliver if far == "google" else lambda: simulator.hand.deliver(**more)
    with stands_at(stage.now):
        stage.door.let_in(send)
    return stage.door.statuses


def woken():
    return FactRow.objects.filter(kind="NoticeCame").count()


@pytest.fixture
def event(stage, far):
    found = stage.event()
    stage.look_at_channels()
    deliver(stage, far)
    stage.read()
    return found


def moved(stage, far):
    starts = stage.link().seen_starts_at + HOURS
    stage.fars[far].hand.move(stage.link().remote_id, starts, starts + HOURS)


def test_e_renewed_before_it_runs_out(stage, far, event):
    """At half of its life, by a chore that also runs at every start; a try that fails is repeated."""
    asked = len(stage.asked(far, "/watch" if far == "google" else "PATCH /v1.0/subscriptions"))
    stage.now = Channel.objects.get().asked_at + HALF[far] - timedelta(minutes=5)
    stage.look_at_channels(0)
    word = "/watch" if far == "google" else "PATCH /v1.0/subscriptions"
    assert len(stage.asked(far, word)) == asked
    stage.fars[far].faults.switch_on("server_error", word)
    stage.look_at_channels(600)
    stage.work(3600)
    stage.look_at_channels(60)
    assert len(running(stage, far)) == 1
    live = Channel.objects.get(ended_at=None)
    assert live.expires_at > stage.now + HALF[far]


def test_e_the_old_channel_runs_until_the_new_one_is_saved(stage, google):
    stage.google(google)
    stage.event()
    stage.look_at_channels()
    (old,) = running(stage, "google")
    google.faults.switch_on("server_error", "/watch")
    stage.look_at_channels(HALF["google"].total_seconds() + 60)
    assert running(stage, "google") == [old]
    assert stage.asked("google", "/channels/stop") == []
    stage.work(3600)
    lines = [one.line for one in google.diary if "watch" in one.line or "stop" in one.line]
    assert lines[-2].endswith("/watch")
    assert lines[-1].endswith("/channels/stop")
    assert len(running(stage, "google")) == 1
    assert old not in running(stage, "google")


def test_e_messages_after_the_end_of_a_channel_are_thanked(stage, google):
    """They come over its old address, when a newer one has taken its place."""
    stage.google(google)
    stage.event()
    stage.look_at_channels()
    deliver(stage, "google")
    moved(stage, "google")
    late = list(google.world.notices)
    stage.look_at_channels(HALF["google"].total_seconds() + 60)
    google.world.notices[:] = late
    before, kept = woken(), Receipt.objects.count()
    assert deliver(stage, "google") == [200]
    assert (woken(), Receipt.objects.count()) == (before, kept)
    stage.now += timedelta(days=29)
    stage.look_at_channels(0)
    assert Channel.objects.filter(channel_id=late[0].headers["X-Goog-Channel-ID"]).exists()


def test_e_a_notice_of_google_has_no_body(stage, google):
    """Headers alone; the first one, `sync`, says of no change."""
    stage.google(google)
    stage.event()
    before = woken()
    stage.look_at_channels()
    made = woken()
    assert [one.headers["X-Goog-Resource-State"] for one in google.world.notices] == ["sync"]
    assert deliver(stage, "google") == [200]
    assert woken() == made
    moved(stage, "google")
    assert deliver(stage, "google") == [200]
    assert woken() == made + 1 > before
    stage.work(1)
    assert Question.objects.get().kind == "moved"


def test_e_a_doubled_notice_counts_once(stage, far, event):
    """The provider's own key of a message is kept once; sent again it is thanked and does nothing."""
    moved(stage, far)
    simulator = stage.fars[far]
    before = woken()
    if far == "google":
        simulator.world.notices[:] = simulator.world.notices * 3
        assert deliver(stage, far) == [200, 202, 202]
    else:
        assert deliver(stage, far, times_each=3) == [200, 202, 202]
    assert woken() == before + 1
    reads = len(stage.asked(far, LISTS[far]))
    stage.work(5)
    assert len(stage.asked(far, LISTS[far])) == reads + 1
    assert Question.objects.count() == 1


def test_e_a_notice_that_is_lost_is_missed_for_an_hour_at_most(stage, far, event):
    """Notices are a wake-up: calendars are read regularly whatever they do."""
    moved(stage, far)
    world = stage.fars[far].world
    world.notices.clear()
    stage.read(2400)
    assert Question.objects.get().kind == "moved"


def test_e_a_notice_about_what_we_removed_ourselves(stage, far, event):
    stage.cancel(event)
    removals = len(stage.asked(far, "DELETE"))
    statuses = deliver(stage, far)
    assert statuses
    assert set(statuses) == {200}
    stage.work(5)
    assert (stage.link().state, Question.objects.count(), letters(kind="calendar_question")) == (
        "removed", 0, [],
    )  # fmt: skip
    assert len(stage.asked(far, "DELETE")) == removals


def test_e_a_notice_about_a_removal_that_nobody_confirmed(stage, far, event):
    """Our removal got through and its answers did not; the notice of it comes in between."""
    stage.fars[far].faults.switch_on("lost", "DELETE", times=99)
    stage.cancel(event)
    for _ in range(4):
        stage.work(60)
    assert (stage.standing(), stage.link().state) == ([], "pending")
    reads = len(stage.asked(far, LISTS[far]))
    deliver(stage, far)
    stage.work(1)
    assert len(stage.asked(far, LISTS[far])) == reads + 1
    assert (Question.objects.count(), letters(kind="calendar_question")) == (0, [])
    stage.fars[far].faults.clear()
    stage.work(3600)
    assert (stage.link().state, Question.objects.count()) == ("removed", 0)


def test_e_validation_that_times_out_is_tried_again(stage, microsoft):
    """Graph asks our address while we wait for Graph; our answer needs no database."""
    account = stage.microsoft(microsoft)
    microsoft.world.switches.handshake_seconds = 0.3
    stage.event()
    stage.door.slow = 0.8
    stage.look_at_channels()
    assert running(stage, "microsoft") == []
    stage.door.slow = 0.0
    stage.work(300)
    assert len(running(stage, "microsoft")) == 1
    assert stage.door.questions >= 3
    account.refresh_from_db()
    assert account.trouble == ""


def test_e_a_forgotten_place_is_compared_and_never_taken_for_no_change(stage, far, event):
    """410 means: read everything again. What is absent now was removed, also where nothing tells of it."""
    simulator = stage.fars[far]
    remote_id = stage.link().remote_id
    simulator.hand.remove(remote_id)
    if far == "google":  # after a while Google names removed events no more
        simulator.world.books[PERSON].entries.pop(remote_id)
    simulator.hand.forget_cursors()
    stage.read()
    assert Question.objects.get().kind == "removed"


def test_e_a_place_forgotten_while_it_is_read_anew(stage, microsoft):
    """Graph's SyncStateNotFound in the middle of the new round as well: later, from the beginning."""
    stage.microsoft(microsoft)
    stage.event()
    stage.read()
    moved(stage, "microsoft")
    microsoft.hand.forget_cursors()
    microsoft.faults.switch_on("gone", "calendarView/delta", times=2)
    stage.read()
    assert Question.objects.count() == 0
    asked = len(stage.asked("microsoft", LISTS["microsoft"]))
    stage.work(10)  # it is waited for, and not tried again and again as an error would be
    assert len(stage.asked("microsoft", LISTS["microsoft"])) == asked
    stage.work(600)
    assert Question.objects.get().kind == "moved"


def test_e_a_calendar_that_is_silent_for_a_day_is_told(stage, far, event):
    """Stale in silence is what must not be: the page says when it last went, and the owner hears."""
    stage.fars[far].faults.switch_on("server_error", LISTS[far], times=9999)
    for _ in range(26):
        stage.read(3500)
    stage.watch_accounts()
    (letter,) = letters(stage.world.coordinator, "connection-broken")
    account = stage.link().account
    page = stage.page(f"/connections/{account.pk}/")
    assert "Nothing was heard from this calendar for a day." in page
    assert letter.subject
    stage.fars[far].faults.clear()
    stage.read()
    account.refresh_from_db()
    assert account.state == "fine"
