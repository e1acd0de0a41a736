"""Facts table E, limits and refusals: pauses are kept, and a person is asked once."""

from datetime import UTC, datetime, timedelta

import pytest
import vobject

from events.programme import series
from events.programme.series import Repeat
from integrations.accounts.models import Account
from integrations.simulators.messages import Answer
from integrations.simulators.serving import Simulator, running
from integrations.sync.models import Question
from tests.contracts.peers import radicale
from tests.events.registration.mail import letters
from tests.factories.world import wish

pytestmark = pytest.mark.django_db
MADE = {"google": "POST /calendar", "microsoft": "POST /v1.0/users"}
WRITES = ("POST", "PATCH", "DELETE", "PUT")


def weekly(stage, starts, number):
    plan = wish(stage.world, starts=starts, join_url="", mode="room")
    row = series.plan(plan, repeat=Repeat("weekly", number=number), by=stage.by, at=stage.now)
    series.publish(row.pk, by=stage.by, at=stage.now)
    stage.work(11)


def test_e_withdrawn_consent_stops_the_account_and_is_told_once(stage, google):
    """`invalid_grant`: no further try, one mail, a word on the page; events stay as they are."""
    own = {"refresh_token": "refresh", "client_id": "client", "client_secret": "client-secret"}
    stage.google(google, secret=own, meets=False)
    event = stage.event(mode="room")
    google.hand.forget_consent()
    stage.change(event, title="Larger steps")
    account = Account.objects.get()
    assert account.state == "reconnect"
    asked = len(google.diary)
    for _ in range(3):
        stage.read()
        stage.watch_accounts()
    assert len(google.diary) == asked
    assert len(letters(stage.world.coordinator, "connection-broken")) == 1
    assert "needs new credentials" in stage.page(f"/connections/{account.pk}/")
    event.refresh_from_db()
    assert (event.state, event.title) == ("published", "Larger steps")


def test_e_a_rate_limit_holds_the_calendar_for_as_long_as_it_says(stage, far):
    """A series is twelve entries, one call at a time: the first that is told to wait holds the rest."""
    stage.fars[far].faults.switch_on("rate_limit", MADE[far], after=77)
    weekly(stage, datetime(2026, 11, 24, 9, 0), 12)
    assert len(stage.asked(far, MADE[far])) == 1
    stage.work(70)
    assert len(stage.asked(far, MADE[far])) == 1
    stage.work(20)
    assert len(stage.standing()) == 12
    assert Account.objects.get().trouble == ""


def test_e_a_rate_limit_without_a_pause_is_not_hammered(stage, far):
    stage.fars[far].faults.switch_on("rate_limit_silent", MADE[far], times=3)
    stage.event(mode="room")
    first = len(stage.asked(far, MADE[far]))
    assert first <= 2
    for _ in range(4):
        stage.work(60)
    assert len(stage.standing()) == 1


def test_e_a_used_up_quota_waits_for_hours_and_is_no_rate_limit(stage, google):
    """ "Calendar usage limits exceeded" lasts for hours, and nobody has to repair anything."""
    stage.google(google, meets=False)
    google.faults.switch_on("rate_limit_silent", MADE["google"], code="quotaExceeded", times=1)
    stage.event(mode="room")
    stage.work(5 * 3600)
    assert len(stage.asked("google", MADE["google"])) == 1
    assert (Account.objects.get().trouble, letters(kind="connection-broken")) == ("", [])
    stage.work(2 * 3600)
    assert len(stage.standing()) == 1


def test_e_dates_of_a_series_keep_their_wall_clock(stage, far):
    """Over both last Sundays, with the missing hour on the way."""
    stage.fars[far].faults.switch_on("lost", MADE[far])
    weekly(stage, datetime(2027, 3, 21, 2, 30), 3)
    stage.work(60)
    stage.read()
    assert sorted(instants(stage, far)) == ["03-21 01:30", "03-28 01:30", "04-04 00:30"]
    if far == "google":
        walls = sorted(one["start"]["dateTime"] for one in stage.standing())
        assert walls[0].endswith("02:30:00+01:00")
        assert walls[2].endswith("02:30:00+02:00")
        assert {one["start"]["timeZone"] for one in stage.standing()} == {"Europe/Zagreb"}


def instants(stage, far):
    if far == "microsoft":
        found = [one.starts_at for one in stage.standing()]
    else:
        found = [datetime.fromisoformat(one["start"]["dateTime"]) for one in stage.standing()]
    return [one.astimezone(UTC).strftime("%m-%d %H:%M") for one in found]


def test_e_a_move_into_the_doubled_hour_is_asked_once(stage, far):
    """The second 02:30 of the last Sunday of October cannot be written on a wall clock."""
    stage.event(mode="room")
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    stage.fars[far].hand.move(stage.link().remote_id, second, second + timedelta(hours=3))
    stage.fars[far].hand.forget_cursors()
    stage.read()
    stage.answer("accept")
    stage.read()
    assert not Question.objects.filter(answered_at=None).exists()
    assert stage.link().state == "ok"


def test_e_a_file_carries_its_zone_with_its_rules(stage):
    """What other people's programs read: TZID, and a VTIMEZONE with rules and not with lists."""
    with radicale.server() as url, radicale.peer(url) as there:
        secret = {"user": radicale.caldav.USER, "password": radicale.caldav.PASSWORD}
        stage.connect("caldav", {"server": there.relay.url}, secret, calendar=there.path)
        there.fault("lost", where="PUT")
        event = stage.event(mode="room", starts=datetime(2026, 10, 30, 9, 0) + timedelta(days=30))
        stage.work(60)
        (name,) = there.names()
        text = there.stored(name)
    assert "DTSTART;TZID=Europe/Zagreb:" in text
    zone = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE")]
    assert zone.count("RRULE:FREQ=YEARLY") == 2
    assert "RDATE" not in zone
    read = vobject.readOne(text).vevent.dtstart.value
    assert read.astimezone(UTC) == stage.part(event).starts_at


class Thief(Simulator):
    """Somebody else's server that takes whatever comes."""

    def answer(self, request):
        return Answer.of({"value": [], "@odata.deltaLink": f"{self.url}/v1.0/next"})

    def refusal(self, fault):
        return Answer(500)


def test_e_an_attackers_link_is_not_followed(stage, microsoft):
    """Links of an answer count only when they lead to the configured host: a token goes nowhere else."""
    stage.microsoft(microsoft, meets=False)
    stage.event(mode="room")
    with running(Thief()) as thief:
        microsoft.world.switches.link_host = thief.url
        stage.read()
        stage.read()
        assert thief.diary == []
    assert Account.objects.get().trouble == "address_refused"


def test_e_no_redirect_carries_the_password_away(stage):
    """A CalDAV server that sends us on to another host gets nobody's password there."""

    class Sender(Simulator):
        def answer(self, request):
            return Answer(302, b"", {"Location": f"{self.target}/stolen"})

        def refusal(self, fault):
            return Answer(500)

    with running(Thief()) as thief, running(Sender()) as sender:
        sender.target = thief.url
        stage.connect(
            "caldav", {"server": sender.url}, {"user": "u", "password": "p"}, calendar="/u/c/"
        )
        stage.event(mode="room")
        stage.read()
        assert sender.diary
        assert thief.diary == []


def test_e_no_person_is_named_to_a_provider_or_in_a_log(stage, far, caplog):
    """People who take part are ours alone: not in entries, not in calls, not in what is logged."""
    caplog.set_level("DEBUG")
    stage.fars[far].faults.switch_on("server_error", MADE[far])
    stage.fars[far].faults.switch_on("garbage", "PATCH")
    event = stage.event()
    people = stage.world.teachers[:3]
    stage.register(event, *people)
    stage.change(event, title="Larger steps")
    stage.work(300)
    stage.cancel(event)
    known = [text for one in people for text in (one.name, one.email)]
    sent = [f"{one.line} {one.raw_query} {one.body.decode()}" for one in stage.fars[far].diary]
    assert len(sent) > 4
    assert not [text for text in known for said in sent if text in said]
    assert not [text for text in known if text in caplog.text]
    calendars = (stage.world.coordinator.email, stage.world.coordinator.name)
    assert not [text for text in calendars if text in caplog.text]
