"""One state of an entry leaves once for each person, whatever was waiting when it came about."""

from dataclasses import replace
from datetime import datetime

import pytest

from events.programme import parts, queries
from events.registration import commands as registration
from tests.events.registration.mail import letters, settle
from tests.factories.world import later, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def register(world, event, teacher, at):
    by = world.actor(world.coordinator)
    registration.register(event.pk, person_id=teacher.pk, way="room", by=by, at=at)


def move(world, event, at):
    part = queries.parts_of(event.pk)[0]
    moved = replace(parts.present(part), starts=datetime(2026, 11, 27, 9, 0))
    parts.change(part.pk, moved, by=world.actor(world.coordinator), at=at)


def kinds_of(teacher):
    return [one.kind for one in letters(teacher) if one.ics_method]


def test_a_receipt_written_after_a_change_tells_of_it_and_nothing_else_does(world):
    """Found by random histories: two letters carried the same UID and SEQUENCE."""
    event = make_event(world, mode="room")
    early, late = world.teachers[:2]
    register(world, event, early, later(1))
    settle(later(2))
    register(world, event, late, later(3))
    move(world, event, later(4))
    settle(later(5))
    assert (kinds_of(early), kinds_of(late)) == (["receipt", "change"], ["receipt"])
    assert b"SEQUENCE:1" in bytes(letters(late, "receipt")[0].ics)


def test_a_receipt_drawn_while_the_change_was_carried_out_does_not_count_as_news(world):
    """The clock of the change was read first; the receipt still tells of the time before."""
    event = make_event(world, mode="room")
    teacher = world.teachers[0]
    register(world, event, teacher, later(3))
    settle(later(4))
    move(world, event, later(2))
    settle(later(5))
    assert kinds_of(teacher) == ["receipt", "change"]
    assert [b"SEQUENCE:1\r\n" in bytes(one.ics) for one in letters(teacher)] == [False, True]


def test_who_holds_a_receipt_is_told_of_the_next_change(world):
    event = make_event(world, mode="room")
    teacher = world.teachers[0]
    register(world, event, teacher, later(1))
    move(world, event, later(2))
    settle(later(3))
    part = queries.parts_of(event.pk)[0]
    again = replace(parts.present(part), minutes=60)
    parts.change(part.pk, again, by=world.actor(world.coordinator), at=later(4))
    settle(later(5))
    assert kinds_of(teacher) == ["receipt", "change"]
