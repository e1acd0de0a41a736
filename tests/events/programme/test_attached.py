"""A meeting that a service made comes to the part; what a person pasted stays."""

from dataclasses import replace

import pytest

from events.backstage.models import AuditEntry
from events.kernel.actors import system
from events.programme import commands, queries
from tests.events.registration.mail import letters, settle
from tests.factories.world import later, make_event, make_world

pytestmark = pytest.mark.django_db
MADE, ANEW = "https://meet.example.org/made", "https://meet.example.org/anew"
PASTED = "https://video.example.org/pasted"
BY, NOW = system("calendar"), later(minutes=5)


@pytest.fixture
def world():
    return make_world()


def part_of(event):
    return queries.parts_of(event.pk)[0]


def attach(event, url, **more):
    return commands.attach_link(part_of(event).pk, join_url=url, by=BY, at=NOW, **more)


def test_an_empty_link_is_filled_and_only_the_former_one_replaced(world):
    event = make_event(world, mode="online", join_url="")
    assert attach(event, MADE, dial_in="+385 1 555")
    assert (part_of(event).join_url, part_of(event).dial_in) == (MADE, "+385 1 555")
    assert not attach(event, ANEW)
    assert attach(event, ANEW, former=MADE)
    assert part_of(event).join_url == ANEW
    assert AuditEntry.objects.filter(action="link_attached", system="calendar").count() == 2


def test_a_pasted_link_stays(world):
    event = make_event(world, mode="online", join_url="")
    attach(event, MADE)
    wish = replace(commands.present_plan(event, part_of(event)), join_url=PASTED)
    commands.change(event.pk, wish, by=world.actor(world.coordinator), at=NOW)
    assert not attach(event, ANEW, former=MADE)
    assert part_of(event).join_url == PASTED


def test_nobody_is_written_to_and_a_room_gets_no_link(world):
    event = make_event(world, mode="online", join_url="")
    settle(NOW)
    before = len(letters())
    sequence = part_of(event).sequence
    attach(event, MADE)
    settle(NOW)
    assert (len(letters()), part_of(event).sequence) == (before, sequence)
    assert not attach(make_event(world, mode="room", join_url=""), MADE)
