"""What is played after the deadline counts for nothing, until the deadline is moved."""

from datetime import date, timedelta

import pytest
import time_machine

from attendance.presence.models import SightingRow
from events.backstage import sweep
from events.kernel import zones
from events.kernel.errors import NotAllowed
from events.programme import queries as programme
from events.templatetags.moments import plain_day
from recordings.library import deadline
from recordings.library.models import Recording
from recordings.watched.models import Watched
from tests.factories.recordings import make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event, make_world
from tests.recordings.watched.beating import Player

pytestmark = pytest.mark.django_db
START = AT + timedelta(days=30)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def recording(world):
    return make_recording(make_event(world, kind="webinar", minutes=60), minutes=60)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield lambda **gone: traveller.shift(timedelta(**gone))


@pytest.fixture
def player(client, world, recording, clock):
    return Player(client, recording, world.teachers[0], START)


def until(recording, instant):
    Recording.objects.filter(pk=recording.pk).update(credit_until=instant)


def counted():
    row = Watched.objects.get()
    return [[start // 1000, end // 1000] for start, end in row.counted]


def test_a_beat_counts_for_the_time_before_the_deadline_and_the_place_is_kept(
    player, recording, clock
):
    until(recording, START + timedelta(seconds=45))
    for turn in (1, 2):
        clock(seconds=30)
        player.beat(wall=30 * turn, ranges=[(0, 30 * turn)])
    assert (Watched.objects.get().ranges, counted()) == ([[0, 60_000]], [[0, 45]])
    clock(seconds=30)
    player.beat(wall=90, ranges=[(0, 90)])
    assert (Watched.objects.get().ranges, counted()) == ([[0, 90_000]], [[0, 45]])


def test_played_offline_before_the_deadline_counts_when_it_is_sent_after(player, recording, clock):
    until(recording, START + timedelta(minutes=20))
    clock(minutes=90)
    player.beat(wall=900, ranges=[(0, 900)], late=True)
    assert counted() == [[0, 900]]
    clock(minutes=10)
    player.beat(wall=1500, ranges=[(0, 1500)], late=True)
    assert counted() == [[0, 1200]]


def test_a_later_deadline_counts_what_was_played_before_it(player, recording, clock):
    until(recording, START + timedelta(seconds=30))
    clock(seconds=30)
    player.beat(wall=30, ranges=[(0, 30)])
    clock(seconds=30)
    player.beat(wall=60, ranges=[(0, 60)])
    clock(days=40)
    assert counted() == [[0, 30]]
    at = START + timedelta(days=40)
    deadline.count_until(recording.pk, until=at.date(), by=SYSTEM, at=at)
    sweep.drain(at=at)
    assert counted() == [[0, 60]]
    (row,) = SightingRow.objects.filter(withdrawn_at=None)
    assert row.ends_at - row.starts_at == timedelta(seconds=60)


def test_played_after_the_deadline_and_again_after_it_was_moved_counts_once(
    player, recording, clock, world
):
    until(recording, START)
    clock(seconds=30)
    player.beat(wall=30, ranges=[(0, 30)])
    Watched.objects.update(late=[])
    until(recording, None)
    clock(seconds=30)
    player.beat(wall=60, ranges=[(0, 30)])
    assert counted() == [[0, 30]]


def test_the_last_day_is_one_of_the_event_s_zone_and_never_past(recording, world):
    summer = date(2026, 12, 31)
    deadline.count_until(recording.pk, until=summer, by=SYSTEM, at=START)
    recording.refresh_from_db()
    zone = programme.outline(recording.event_id).zone
    assert zones.wall(recording.credit_until, zone).isoformat() == "2027-01-01T00:00:00"
    assert deadline.last_day(recording) == summer
    with pytest.raises(deadline.DayOver):
        deadline.count_until(recording.pk, until=date(2026, 1, 1), by=SYSTEM, at=START)
    with pytest.raises(NotAllowed):
        deadline.count_until(recording.pk, until=None, by=world.actor(world.teachers[0]), at=START)
    deadline.count_until(recording.pk, until=None, by=SYSTEM, at=START)
    recording.refresh_from_db()
    assert recording.credit_until is None


def test_the_form_says_until_when_and_viewers_read_it(client, world, recording):
    sign_in(client, world.coordinator)
    address = f"/recordings/{recording.slug}/manage/"
    body = {"title": recording.title, "language": "en", "visibility": "cluster"}
    Recording.objects.filter(pk=recording.pk).update(kept_until=date(2040, 1, 1))
    assert client.post(address, body | {"counts_until": "2020-01-01"}).status_code == 422
    assert client.post(address, body | {"counts_until": "2039-06-30"}).status_code == 302
    assert 'value="2039-06-30"' in client.get(address).content.decode()
    sign_in(client, world.teachers[0])
    page = client.get(f"/recordings/{recording.slug}/").content.decode()
    assert "It counts until the end of 30 June 2039." in page
    sign_in(client, world.coordinator)
    client.post(address, body | {"counts_until": "", "initial-counts_until": "2039-06-30"})
    recording.refresh_from_db()
    assert recording.credit_until is None


def test_no_day_after_the_one_on_which_it_is_removed_is_promised(client, world, recording):
    last = recording.kept_until
    with pytest.raises(deadline.RemovedBefore):
        deadline.count_until(recording.pk, until=last + timedelta(days=1), by=SYSTEM, at=START)
    deadline.count_until(recording.pk, until=last, by=SYSTEM, at=START)
    sign_in(client, world.coordinator)
    address = f"/recordings/{recording.slug}/manage/"
    body = {"title": recording.title, "language": "en", "visibility": "cluster"}
    late = client.post(address, body | {"counts_until": "2060-01-01"})
    assert late.status_code == 422
    assert f"The recording is removed on {plain_day(last)}." in late.text
    assert f'max="{last}"' in late.text


def test_a_title_saved_from_an_old_page_leaves_a_deadline_set_meanwhile(client, world, recording):
    sign_in(client, world.coordinator)
    address = f"/recordings/{recording.slug}/manage/"
    assert 'name="initial-counts_until"' in client.get(address).content.decode()
    summer, winter = date(2039, 6, 30), date(2039, 12, 31)
    Recording.objects.filter(pk=recording.pk).update(kept_until=date(2040, 1, 1))
    body = {"title": "Newer", "language": "en", "visibility": "cluster"}
    for shown, now in (("", summer), ("2039-06-30", winter), ("2039-12-31", None)):
        deadline.count_until(recording.pk, until=now, by=SYSTEM, at=START)
        old = {"counts_until": shown, "initial-counts_until": shown}
        assert client.post(address, body | old).status_code == 302
        recording.refresh_from_db()
        assert (recording.title, deadline.last_day(recording)) == ("Newer", now)
