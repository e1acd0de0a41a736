"""What was played of a recording counts like having been there, once, and never beyond the rule."""

from datetime import timedelta

import pytest

from attendance.certificates import queries as certificates
from attendance.presence import commands, queries, watching
from attendance.presence.models import RuleVersion, SightingRow, VerdictRow
from events.backstage import jobs, sweep
from events.backstage.models import Letter
from events.programme import commands as programme
from events.registration import commands as registration
from recordings.library import commands as library
from recordings.watched.models import Watched
from tests.factories.recordings import MINUTE, make_recording
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    made = make_event(world, kind="webinar", minutes=60, mode="online")
    registration.register(
        made.pk, person_id=world.teachers[0].pk, way="online", by=world.actor(world.teachers[0]),
        at=AT,
    )  # fmt: skip
    return made


def play(recording, person, minutes, *, at):
    """As after beats: these minutes of the recording are covered, and it was told."""
    ranges = [[start * MINUTE, end * MINUTE] for start, end in minutes]
    Watched.objects.update_or_create(
        person=person, recording=recording,
        defaults={"ranges": ranges, "counted": ranges, "last_at": at},
    )  # fmt: skip
    watching.see_watched(recording.pk, person_id=person.pk, by=SYSTEM, at=at)


def close(world, event, *, at):
    programme.close(event.pk, by=world.actor(world.coordinator), at=at)
    work(at)


def work(at):
    for _ in range(3):
        sweep.drain(at=at)
        jobs.run_due(at=at)


def verdict(event, person, at):
    return queries.judge(event.pk, at=at, person_id=person.pk)[person.pk]


def in_force(event, person):
    return VerdictRow.objects.get(event_id=event.pk, person_id=person.pk, current=True)


def test_minutes_of_the_recording_and_live_ones_count_once_each(world, event):
    teacher, end = world.teachers[0], event.ends_at
    commands.correct(
        event.pk, person_id=teacher.pk, mode="online", starts_at=event.starts_at,
        ends_at=event.starts_at + timedelta(minutes=30), reason="Seen", at=end,
        by=world.actor(world.coordinator),
    )  # fmt: skip
    recording = make_recording(event, minutes=60)
    play(recording, teacher, [(20, 50)], at=end)
    found = verdict(event, teacher, end)
    assert (found.minutes_counted, found.minutes_online, found.minutes_recording) == (50, 30, 20)


def test_two_recordings_of_the_same_part_count_each_moment_once(world, event):
    teacher, at = world.teachers[0], event.ends_at
    play(make_recording(event, minutes=60), teacher, [(0, 20)], at=at)
    play(make_recording(event, minutes=60, title="From the room"), teacher, [(10, 30)], at=at)
    assert verdict(event, teacher, at).minutes_counted == 30


def test_a_recording_that_began_later_is_laid_on_the_right_minutes(world, event):
    teacher, at = world.teachers[0], event.ends_at
    recording = make_recording(event, minutes=60)
    start = int(event.starts_at.timestamp() * 1000)
    play(recording, teacher, [(0, 60)], at=at)
    library.set_pieces(
        recording.pk, pieces=[(0, start + 10 * MINUTE), (20 * MINUTE, start + 40 * MINUTE)],
        by=SYSTEM, at=at,
    )  # fmt: skip
    play(recording, teacher, [(0, 60)], at=at)
    found = verdict(event, teacher, at)
    assert found.minutes_counted == 40
    assert SightingRow.objects.filter(withdrawn_at__isnull=False).count() == 1


def test_nothing_counts_where_the_rule_says_nothing_of_recordings(world):
    event = make_event(world, kind="workshop", minutes=60, mode="room")
    play(make_recording(event), world.teachers[0], [(0, 60)], at=event.ends_at)
    assert not SightingRow.objects.exists()
    assert verdict(event, world.teachers[0], event.ends_at).minutes_counted == 0


def test_the_rule_says_how_much_and_how_fast(world, event):
    RuleVersion.objects.create(
        kind="webinar", version="own", valid_from=AT,
        body={"version": "own", "recording_weight": 50, "recording_max": 40, "watch_limit": 125},
    )  # fmt: skip
    play(make_recording(event), world.teachers[0], [(0, 60)], at=event.ends_at)
    assert verdict(event, world.teachers[0], event.ends_at).minutes_counted == 12
    assert watching.limit(event.pk, at=AT) == 125


def test_enough_after_the_closing_makes_a_verdict_and_a_certificate_of_that_day(
    world, event, time_machine
):
    teacher, closed = world.teachers[0], event.ends_at + timedelta(days=1)
    recording = make_recording(event)
    close(world, event, at=closed)
    assert in_force(event, teacher).status == "absent"
    later = closed + timedelta(days=20)
    play(recording, teacher, [(0, 40)], at=later)
    assert in_force(event, teacher).version == 1
    time_machine.move_to(later + timedelta(hours=1), tick=False)
    play(recording, teacher, [(0, 55)], at=later + timedelta(hours=1))
    work(later + timedelta(hours=1))
    row = in_force(event, teacher)
    assert (row.status, row.minutes_counted, row.minutes_recording) == ("present", 55, 55)
    paper = certificates.of_event(event.pk)[teacher.pk]
    assert paper.issued_at == paper.completed_at == later + timedelta(hours=1)
    assert certificates.record_of(paper).modes == ("recorded",)


def test_more_of_it_after_the_certificate_waits_a_day_unless_all_is_seen(world, event):
    teacher, at = world.teachers[0], event.ends_at
    recording = make_recording(event)
    close(world, event, at=at)
    play(recording, teacher, [(0, 52)], at=at)
    play(recording, teacher, [(0, 56)], at=at + timedelta(hours=1))
    assert in_force(event, teacher).minutes_counted == 52
    by = SYSTEM
    watching.settle_person(event.pk, person_id=teacher.pk, at_last=True, by=by, at=at)
    assert in_force(event, teacher).minutes_counted == 56
    play(recording, teacher, [(0, 60)], at=at + timedelta(hours=2))
    row = in_force(event, teacher)
    assert (row.minutes_counted, row.completed_at) == (60, at)


def test_somebody_who_only_looked_in_is_not_told_to_have_fallen_short(world, event):
    stranger, at = world.teachers[3], event.ends_at
    play(make_recording(event), stranger, [(0, 5)], at=at)
    close(world, event, at=at)
    assert not VerdictRow.objects.filter(person_id=stranger.pk).exists()
    assert not Letter.objects.filter(person_id=stranger.pk, kind="short").exists()


def test_new_verdicts_of_one_person_leave_the_others_alone(world, event):
    one, two = world.teachers[:2]
    at = event.ends_at
    recording = make_recording(event)
    close(world, event, at=at)
    play(recording, two, [(0, 52)], at=at)
    play(recording, two, [(0, 56)], at=at)
    play(recording, one, [(0, 60)], at=at)
    assert (in_force(event, one).minutes_counted, in_force(event, two).minutes_counted) == (60, 52)
