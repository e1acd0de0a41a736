"""Recording, correcting and judging presence through the commands."""

from datetime import timedelta

import pytest

from attendance.presence import commands, queries
from attendance.presence.models import SightingRow, VerdictRow
from events.backstage import sweep
from events.backstage.models import FactRow
from events.kernel.errors import Missing, NotAllowed
from events.programme import commands as programme
from events.registration import commands as registration
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    world = make_world()
    event = make_event(world)
    for teacher in world.teachers[:3]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    return world, event, world.actor(world.coordinator)


def test_a_paper_list_credits_who_is_on_it(scene):
    world, event, by = scene
    after = event.ends_at + timedelta(hours=1)
    people = [teacher.pk for teacher in world.teachers[:2]]
    assert commands.attest(event.pk, person_ids=people, by=by, at=after) == 2
    programme.close(event.pk, by=by, at=after)
    sweep.drain(at=after)
    rows = VerdictRow.objects.filter(event_id=event.pk, current=True).order_by("person_id")
    assert [(row.status, row.minutes_counted, row.evidence) for row in rows] == [
        ("present", 150, "attested"), ("present", 150, "attested"), ("absent", 0, "measured"),
    ]  # fmt: skip


def test_nobody_signs_a_list_before_the_event_begins(scene):
    world, event, by = scene
    early = event.starts_at - timedelta(seconds=1)
    with pytest.raises(commands.NotStarted):
        commands.attest(event.pk, person_ids=[world.teachers[0].pk], by=by, at=early)
    assert SightingRow.objects.count() == 0


def test_a_door_check_in_presumes_the_end(scene):
    world, event, by = scene
    teacher = world.teachers[0]
    seen = event.starts_at - timedelta(minutes=5)
    for _ in range(2):
        commands.check_in(event.pk, person_id=teacher.pk, by=by, at=seen, seen_at=seen)
    verdict = queries.judge(event.pk, at=event.ends_at)[teacher.pk]
    assert (SightingRow.objects.count(), verdict.minutes_counted, verdict.evidence) == (
        1,
        150,
        "presumed",
    )


def test_a_correction_replaces_but_keeps_the_first_record(scene):
    world, event, by = scene
    teacher, after = world.teachers[0], event.ends_at
    commands.check_in(event.pk, person_id=teacher.pk, by=by, at=AT, seen_at=event.starts_at)
    commands.correct(
        event.pk,
        person_id=teacher.pk,
        mode="room",
        starts_at=event.starts_at,
        ends_at=event.starts_at + timedelta(minutes=30),
        reason="Left with the bus",
        by=by,
        at=after,
    )
    assert queries.judge(event.pk, at=after)[teacher.pk].minutes_counted == 30
    commands.drop_corrections(event.pk, person_id=teacher.pk, by=by, at=after)
    assert queries.judge(event.pk, at=after)[teacher.pk].minutes_counted == 150
    assert SightingRow.objects.count() == 2


def test_a_correction_needs_a_reason(scene):
    world, event, by = scene
    with pytest.raises(commands.ReasonMissing):
        commands.correct(
            event.pk,
            person_id=world.teachers[0].pk,
            mode="room",
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            reason=" ",
            by=by,
            at=event.ends_at,
        )


def test_a_correction_after_closing_makes_a_new_version(scene):
    world, event, by = scene
    after = event.ends_at
    commands.attest(event.pk, person_ids=[world.teachers[0].pk], by=by, at=after)
    programme.close(event.pk, by=by, at=after)
    sweep.drain(at=after)
    commands.correct(
        event.pk,
        person_id=world.teachers[1].pk,
        mode="room",
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        reason="Seen at table 3",
        by=by,
        at=after,
    )
    settled = FactRow.objects.filter(kind="PresenceSettled").order_by("id")
    assert [row.body["version"] for row in settled] == [1, 2]
    row = VerdictRow.objects.get(person=world.teachers[1], current=True)
    assert (row.version, row.status, row.evidence) == (2, "present", "corrected")


def test_settling_again_without_change_makes_no_version(scene):
    _, event, by = scene
    assert commands.settle(event.pk, by=by, at=event.ends_at) == 1
    assert commands.settle(event.pk, by=by, at=event.ends_at) == 1


def test_a_teacher_keeps_no_attendance_and_a_stranger_learns_nothing(scene):
    world, event, _ = scene
    teacher = world.teachers[0]
    with pytest.raises(NotAllowed):
        commands.attest(
            event.pk, person_ids=[teacher.pk], by=world.actor(teacher), at=event.ends_at
        )
    other = make_world("AL")
    with pytest.raises(Missing):
        commands.attest(
            event.pk, person_ids=[teacher.pk], by=other.actor(other.coordinator), at=event.ends_at
        )


def test_presence_is_for_people_of_the_event(scene):
    world, event, by = scene
    stranger, at = world.teachers[5].pk, event.ends_at
    with pytest.raises(commands.NotOnRoster):
        commands.attest(event.pk, person_ids=[stranger], by=by, at=at)
    with pytest.raises(commands.NotOnRoster):
        commands.check_in(event.pk, person_id=stranger, by=by, at=at, seen_at=at)


def test_nobody_leaves_before_they_came(scene):
    world, event, by = scene
    who, came = world.teachers[0].pk, event.starts_at + timedelta(minutes=10)
    commands.check_in(event.pk, person_id=who, by=by, at=came, seen_at=came)
    commands.check_out(event.pk, person_id=who, by=by, at=came, seen_at=event.starts_at)
    assert SightingRow.objects.get().ends_at is None
