"""Where an event is, as mails say it."""

from dataclasses import replace

import pytest

from events.places.commands import set_venue
from events.planner import commands as planner
from events.programme import commands, queries
from events.registration import commands as registration
from events.registration import occasions
from tests.events.registration.mail import letters, settle
from tests.factories.world import AT, later, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def held_at(world, *, name, address=""):
    """An event in room 12 of a venue that belongs to the host school."""
    school = world.schools[0]
    venue = set_venue(school_id=school.pk, name=name, room="12", address=address, at=AT)
    return make_event(world, mode="room", venue_id=venue.pk)


def words(event):
    event = queries.event_for_work(event.pk)
    return occasions.place_words(event, queries.parts_of(event.pk)[0])


def test_a_room_of_the_host_school_comes_with_the_town(world):
    school = world.schools[0]
    event = held_at(world, name=school.name, address="Lime Road 4")
    settle()
    assert words(event) == f"{school.name}, 12, Lime Road 4, {school.place}"
    [letter] = letters(world.teachers[0], "invitation")
    assert f"Where: {words(event)}" in letter.text


def test_a_town_that_is_typed_is_not_said_twice(world):
    school = world.schools[0]
    address = f"Lime Road 4, {school.place.upper()}"
    event = held_at(world, name=school.name, address=address)
    assert words(event) == f"{school.name}, 12, {address}"


def test_the_town_of_the_school_is_not_claimed_for_another_house(world):
    assert words(held_at(world, name="Library", address="Quay 2")) == "Library, 12, Quay 2"


def test_an_edit_of_something_else_does_not_look_like_a_new_place(world):
    school = world.schools[0]
    event, teacher = held_at(world, name=school.name, address="Lime Road 4"), world.teachers[0]
    registration.register(
        event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=later(1)
    )
    settle(later(2))
    part = queries.parts_of(event.pk)[0]
    plan = commands.present_plan(queries.event_for_work(event.pk), part)
    again = replace(plan, summary="Bring a poem.")
    shown = planner.Place(*(getattr(part.venue, name) for name in ("name", "room", "address")))
    wish = planner.Wish(again, {"room": None}, shown)
    by = world.actor(world.coordinator)
    planner.change(event.pk, wish, publish=False, by=by, at=later(5))
    settle(later(6))
    assert queries.event_for_work(event.pk).summary == "Bring a poem."
    assert letters(kind="change") == []
    assert queries.parts_of(event.pk)[0].venue == part.venue
    assert part.venue.address == "Lime Road 4"
