"""A list says when an event of several parts ends."""

from datetime import datetime

import pytest

from events.programme import commands, parts
from tests.events.registration.mail import at
from tests.factories.world import AT, later, make_event, make_world

pytestmark = pytest.mark.django_db


def test_the_list_says_until_when_an_event_of_two_days_goes(client):
    world = make_world()
    by = world.actor(world.coordinator)
    event = make_event(world, publish=False, mode="room", audience="public")
    wish = parts.PartWish(datetime(2026, 11, 27, 9, 0), "Europe/Zagreb", 120, "room")
    parts.add(event.pk, wish, by=by, at=AT)
    commands.publish(event.pk, by=by, at=AT)
    with at(later(minutes=1)):
        assert "until Fri 27 November" in client.get("/").text


def test_the_list_of_an_event_of_one_day_says_nothing_more(client):
    make_event(make_world(), audience="public")
    with at(later(minutes=1)):
        assert "until" not in client.get("/").text
