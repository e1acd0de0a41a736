"""Beats over HTTP: merged once, bound by the time of the person, refused whole when wrong."""

import json
from datetime import timedelta

import pytest
import time_machine

from events.backstage.models import FactRow
from events.kernel.actors import ANONYMOUS, Actor
from recordings.library import commands as library
from recordings.watched import queries, sessions, tasks
from recordings.watched.models import WatchBeat, WatchClock, Watched, WatchSession
from tests.factories.recordings import make_recording
from tests.factories.world import AT, SYSTEM, make_event, make_world
from tests.recordings.watched.beating import Player, seconds

pytestmark = pytest.mark.django_db
START = AT + timedelta(days=30)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def recording(world):
    return make_recording(make_event(world), minutes=60)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield lambda **gone: traveller.shift(timedelta(**gone))


@pytest.fixture
def player(client, world, recording, clock):
    return Player(client, recording, world.teachers[0], START)


def told():
    return FactRow.objects.filter(kind="RecordingWatched").count()


def test_an_honest_hour_is_covered_and_told_every_five_minutes(player, recording, clock):
    for minute in range(1, 21):
        clock(seconds=30)
        answer = player.beat(wall=minute * 30, ranges=[(0, minute * 30)])
        assert answer.json() == {"covered_ms": minute * 30_000, "accepted_ms": 30_000}
    assert seconds(recording, player.person) == [(0, 600)]
    assert told() == 2


def test_a_pause_is_told_at_once_and_only_with_something_new(player, clock):
    clock(seconds=10)
    player.beat(wall=10, ranges=[(0, 10)], why="pause")
    player.beat(wall=10, ranges=[(0, 10)], why="hidden")
    assert told() == 1


def test_a_player_that_falls_silent_is_told_by_the_chore(player, clock):
    clock(seconds=30)
    player.beat(wall=30, ranges=[(0, 30)])
    tasks.tell_silent(at=START + timedelta(minutes=2))
    assert told() == 0
    tasks.tell_silent(at=START + timedelta(minutes=6))
    tasks.tell_silent(at=START + timedelta(minutes=12))
    assert told() == 1


def test_the_same_beat_twice_counts_once(player, recording, clock):
    clock(seconds=30)
    body = player.body(wall=30, ranges=[(0, 30)])
    for _ in range(3):
        assert player.send(body).status_code == 200
    clock(seconds=60)
    player.send(body | {"seq": 9})
    assert seconds(recording, player.person) == [(0, 30)]
    assert WatchBeat.objects.count() == 2


def test_ten_tabs_earn_what_one_earns(client, world, clock):
    recordings = [
        make_recording(make_event(world, title=f"Talk {number}"), title=f"Talk {number}")
        for number in range(10)
    ]
    tabs = [Player(client, one, world.teachers[0], START) for one in recordings]
    clock(seconds=40)
    for tab in tabs:
        tab.beat(wall=40, ranges=[(0, 40)])
    total = sum(row.covered_ms for row in Watched.objects.all())
    assert total == 40_000


def test_two_people_do_not_share_their_time(client, world, recording, clock):
    players = [Player(client, recording, person, START) for person in world.teachers[:2]]
    clock(seconds=30)
    for player in players:
        assert player.beat(wall=30, ranges=[(0, 30)]).json()["accepted_ms"] == 30_000


def test_offline_comes_late_and_counts(client, player, recording, world, clock):
    other = Player(client, recording, world.teachers[0], START)
    clock(minutes=30)
    for minute in range(1, 3):
        clock(seconds=30)
        other.beat(wall=minute * 30, ranges=[(0, minute * 30)])
    answer = player.beat(wall=1200, ranges=[(600, 1800)], late=True)
    assert answer.json()["accepted_ms"] == 1_200_000
    assert seconds(recording, player.person) == [(0, 60), (600, 1800)]


GARBLED = [
    ("{", 422), ("[]", 422), ('"x"', 422), ("{}", 422), ("[" * 5000, 422), ("x" * 20_000, 413),
]  # fmt: skip
WRONG = [
    ({"ranges": [[0, 99_999_999_999]]}, 422), ({"ranges": [[30, 10]]}, 422),
    ({"ranges": [[0, 40_000]]}, 422), ({"ranges": [[-5, 10]]}, 422),
    ({"ranges": [[0, 1]] * 501}, 422), ({"ranges": [[0.5, 1]]}, 422), ({"ranges": "all"}, 422),
    ({"wall_ms": -1}, 422), ({"wall_ms": 10**13}, 422), ({"wall_ms": "30"}, 422),
    ({"rate": 0}, 422), ({"rate": 1000}, 422), ({"seq": -1}, 422), ({"seq": True}, 422),
    ({"pos": 40_000}, 422), ({"more": 1}, 422), ({"sid": "x" * 40}, 403), ({"sid": ""}, 422),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status"), GARBLED)
def test_what_is_no_beat_is_refused(player, clock, text, status):
    clock(seconds=30)
    answer = player.client.post(player.opening.address, text, content_type="application/json")
    assert answer.status_code == status
    assert not Watched.objects.exists()


@pytest.mark.parametrize(("change", "status"), WRONG)
def test_a_wrong_beat_changes_nothing(player, clock, change, status):
    clock(seconds=30)
    assert player.send(player.body(wall=30, ranges=[(0, 30)]) | change).status_code == status
    assert [model.objects.count() for model in (Watched, WatchBeat, WatchSession, WatchClock)] == [
        0, 0, 0, 0,
    ]  # fmt: skip


def test_nan_is_no_speed(player, clock):
    text = json.dumps(player.body(wall=30, ranges=[(0, 30)])).replace('"rate": 1.0', '"rate": NaN')
    answer = player.client.post(player.opening.address, text, content_type="application/json")
    assert answer.status_code == 422


def test_a_session_ends_after_twelve_hours_and_holds_for_one_recording(player, world, clock):
    clock(hours=12)
    assert player.beat(wall=30, ranges=[(0, 30)]).status_code == 200
    other = make_recording(make_event(world, title="Another"), title="Another")
    body = player.body(wall=60, ranges=[(0, 60)])
    address = f"/watch/{other.pk}/beat"
    answer = player.client.post(address, json.dumps(body), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "session_over")
    clock(seconds=1)
    assert player.send(body).status_code == 403


def test_other_sites_are_refused(player, clock):
    body = player.body(wall=0, ranges=[])
    assert player.send(body, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert player.send(body, Origin="https://elsewhere.example.org").status_code == 403
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
    assert player.send(body, **own).status_code == 200


def test_too_many_beats_are_refused(player, clock):
    answers = [player.beat(wall=0, ranges=[]).status_code for _ in range(14)]
    assert answers == [200] * 12 + [429] * 2
    clock(seconds=60)
    assert player.beat(wall=0, ranges=[]).status_code == 200


def test_a_beat_of_an_older_revision_is_mapped_by_its_own_cuts(player, recording, clock):
    recording.cuts, recording.revision = [[60_000, 120_000]], 2
    recording.save()
    newer = Player(player.client, recording, player.person, START)
    clock(seconds=120)
    player.beat(wall=90, ranges=[(30, 120)])
    clock(seconds=60)
    newer.beat(wall=60, ranges=[(60, 120)])
    assert seconds(recording, player.person) == [(30, 180)]
    assert queries.position(recording, person_id=player.person.pk).pos_ms == 120_000


def test_a_file_that_is_longer_than_was_found_is_counted_up_to_the_length(player, recording, clock):
    clock(seconds=3602)
    answer = player.beat(wall=3602, ranges=[(0, 3601.5)], why="ended")
    assert answer.status_code == 200
    assert seconds(recording, player.person) == [(0, 3600)]


def test_visitors_and_links_get_no_session(recording, world):
    assert sessions.opening(recording, by=ANONYMOUS, at=START) is None
    recording.duration_ms = 0
    by = Actor(person_id=world.teachers[0].pk)
    assert sessions.opening(recording, by=by, at=START) is None


def test_a_deleted_recording_takes_no_beats(player, recording, clock):
    library.note_removed(recording.pk, by=SYSTEM, at=START)
    assert player.beat(wall=0, ranges=[]).status_code == 404


def test_beats_are_forgotten_after_a_month_and_what_they_cover_stays(player, recording, clock):
    clock(seconds=30)
    player.beat(wall=30, ranges=[(0, 30)])
    tasks.forget_beats(at=START + timedelta(days=29))
    assert WatchBeat.objects.count() == 1
    tasks.forget_beats(at=START + timedelta(days=31))
    assert (WatchBeat.objects.count(), WatchSession.objects.count()) == (0, 0)
    assert seconds(recording, player.person) == [(0, 30)]
