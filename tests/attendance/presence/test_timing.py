"""To say when a recording began makes what was already played count, from the day it was played."""

from datetime import timedelta

import pytest

from attendance.certificates import queries as certificates
from attendance.presence import commands, queries, watching
from attendance.presence.models import SightingRow, VerdictRow
from attendance.questions.models import Attempt
from events.backstage import jobs, sweep
from events.backstage.models import Work
from events.programme import commands as programme
from events.registration import commands as registration
from recordings.captions import chapters
from recordings.library import commands as library
from recordings.library.models import Recording
from recordings.watched.models import Watched
from tests.factories.recordings import MINUTE, make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


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


@pytest.fixture
def unplaced(event):
    made = make_recording(event, minutes=60)
    Recording.objects.filter(pk=made.pk).update(pieces=[])
    made.refresh_from_db()
    return made


def play(recording, person, minutes, *, at):
    ranges = [[start * MINUTE, end * MINUTE] for start, end in minutes]
    Watched.objects.update_or_create(
        person=person, recording=recording,
        defaults={"ranges": ranges, "counted": ranges, "last_at": at},
    )  # fmt: skip
    watching.see_watched(recording.pk, person_id=person.pk, by=SYSTEM, at=at)


def answered(recording, person, minutes):
    covers = [[start * MINUTE, end * MINUTE] for start, end in minutes]
    Attempt.objects.create(
        recording=recording, person=person, turn=1, seed="x", drawn=[], passed=True,
        covers=covers, begun_at=AT, done_at=AT,
    )  # fmt: skip


def work(at):
    for _ in range(3):
        sweep.drain(at=at)
        jobs.run_due(at=at)


def in_force(person):
    return VerdictRow.objects.get(person=person, current=True)


def sightings(person):
    rows = SightingRow.objects.filter(person=person, withdrawn_at=None).order_by("starts_at")
    return [(row.starts_at, row.ends_at, row.recorded_at) for row in rows]


def test_watched_first_and_placed_afterwards_makes_the_certificate(
    world, event, unplaced, time_machine, client
):
    teacher, closed = world.teachers[0], event.ends_at + DAY
    time_machine.move_to(closed, tick=False)
    programme.close(event.pk, by=world.actor(world.coordinator), at=closed)
    play(unplaced, teacher, [(0, 60)], at=closed)
    work(closed)
    assert not SightingRow.objects.exists()
    sign_in(client, world.coordinator)
    page = client.get(f"/recordings/{unplaced.slug}/chapters/").content.decode()
    assert "It began as planned" in page
    assert "planned start is taken" not in page
    answer = client.post(f"/recordings/{unplaced.slug}/chapters/agenda/", {"shift": "planned"})
    assert answer.status_code == 302
    later = closed + timedelta(minutes=1)
    time_machine.move_to(later, tick=False)
    work(later)
    assert (in_force(teacher).status, in_force(teacher).minutes_recording) == ("present", 60)
    assert teacher.pk in certificates.of_event(event.pk)


def test_each_viewer_is_judged_in_a_piece_of_work_of_its_own(world, event, unplaced):
    """Hundreds in one transaction would keep everybody else from the event for seconds."""
    for person in world.teachers[:3]:
        play(unplaced, person, [(0, 60)], at=AT)
    chapters.as_planned(unplaced.pk, by=SYSTEM, at=AT)
    work(AT + timedelta(minutes=1))
    each = Work.objects.filter(handler="attendance.presence.handlers.watched", state="done")
    assert each.count() == 3
    assert all(sightings(person) for person in world.teachers[:3])


def test_answered_questions_move_with_the_recording(world, event):
    teacher, recording = world.teachers[0], make_recording(event)
    answered(recording, teacher, [(0, 30)])
    start = event.starts_at
    chapters.shift(recording.pk, seconds=60, by=SYSTEM, at=AT)
    work(AT + timedelta(minutes=1))
    minute = timedelta(minutes=1)
    assert [one[:2] for one in sightings(teacher)] == [(start + minute, start + 31 * minute)]
    assert queries.judge(event.pk, at=AT, person_id=teacher.pk)[teacher.pk].minutes_counted == 30


def test_each_answerer_is_judged_in_a_piece_of_work_of_its_own(world, event):
    recording = make_recording(event)
    for person in world.teachers[:3]:
        answered(recording, person, [(0, 60)])
    chapters.shift(recording.pk, seconds=60, by=SYSTEM, at=AT)
    work(AT + timedelta(minutes=1))
    each = Work.objects.filter(handler="attendance.questions.handlers.moved", state="done")
    assert each.count() == 3
    assert all(sightings(person) for person in world.teachers[:3])


def test_a_day_later_attested_minutes_the_right_time_added_count_too(world, event, time_machine):
    teacher, recording, closed = world.teachers[0], make_recording(event), event.ends_at
    start = int(event.starts_at.timestamp() * 1000)
    answered(recording, teacher, [(0, 58)])
    library.set_pieces(recording.pk, pieces=[(0, start - 6 * MINUTE)], by=SYSTEM, at=AT)
    work(AT + timedelta(hours=1))
    programme.close(event.pk, by=world.actor(world.coordinator), at=closed)
    work(closed)
    assert in_force(teacher).minutes_counted == 52
    chapters.shift(recording.pk, seconds=360, by=SYSTEM, at=closed)
    work(closed + timedelta(minutes=1))
    assert in_force(teacher).minutes_counted == 52
    work(closed + 2 * DAY)
    assert in_force(teacher).minutes_counted == 58


def test_a_day_later_minutes_the_right_time_added_count_too(world, event, time_machine):
    teacher, recording, closed = world.teachers[0], make_recording(event), event.ends_at
    start = int(event.starts_at.timestamp() * 1000)
    library.set_pieces(recording.pk, pieces=[(0, start - 6 * MINUTE)], by=SYSTEM, at=AT)
    work(AT + timedelta(hours=1))
    programme.close(event.pk, by=world.actor(world.coordinator), at=closed)
    work(closed)
    play(recording, teacher, [(0, 58)], at=closed)
    assert in_force(teacher).minutes_counted == 52
    chapters.shift(recording.pk, seconds=360, by=SYSTEM, at=closed)
    work(closed + timedelta(minutes=1))
    assert in_force(teacher).minutes_counted == 52
    work(closed + 2 * DAY)
    assert (in_force(teacher).minutes_counted, in_force(teacher).completed_at) == (58, closed)


def test_rows_written_anew_keep_when_each_minute_was_played(world, event):
    teacher, recording = world.teachers[0], make_recording(event)
    early, late = event.ends_at, event.ends_at + 100 * DAY
    play(recording, teacher, [(20, 30)], at=early)
    play(recording, teacher, [(0, 30)], at=late)
    chapters.shift(recording.pk, seconds=1, by=SYSTEM, at=late + DAY)
    work(late + 2 * DAY)
    second, start = timedelta(seconds=1), event.starts_at
    assert sightings(teacher) == [
        (start + second, start + timedelta(minutes=20, seconds=1), late),
        (start + timedelta(minutes=20, seconds=1), start + timedelta(minutes=30, seconds=1), early),
    ]


def test_a_correction_makes_nothing_complete_on_an_earlier_day(world, event):
    teacher, recording, closed = world.teachers[0], make_recording(event), event.ends_at
    programme.close(event.pk, by=world.actor(world.coordinator), at=closed)
    work(closed)
    play(recording, teacher, [(30, 55)], at=closed)
    play(recording, teacher, [(5, 55)], at=closed + 90 * DAY)
    assert in_force(teacher).completed_at == closed + 90 * DAY
    commands.correct(
        event.pk, person_id=teacher.pk, mode="online", starts_at=event.starts_at,
        ends_at=event.starts_at + timedelta(minutes=30), reason="Seen", at=closed + 91 * DAY,
        by=world.actor(world.coordinator),
    )  # fmt: skip
    commands.settle(event.pk, by=SYSTEM, at=closed + 91 * DAY)
    found = in_force(teacher)
    assert (found.minutes_counted, found.completed_at) == (55, closed + 90 * DAY)
