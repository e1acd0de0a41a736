"""The mail that asks an organiser for a look."""

from datetime import timedelta

import pytest

from attendance.presence.models import SightingRow
from events.backstage import sweep
from events.backstage.models import Letter
from events.people.models import Person
from events.programme import commands as programme
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    world = make_world()
    Person.objects.update(mail_state="fine")
    event = make_event(world)
    sweep.drain(at=event.ends_at)
    return world, event


def looks(event, hours):
    sweep.drain(at=event.ends_at + timedelta(hours=hours))
    return list(Letter.objects.filter(kind="look").order_by("pk"))


def test_the_organiser_is_asked_after_two_hours_and_after_two_days(scene):
    world, event = scene
    assert looks(event, 1) == []
    (first,) = looks(event, 2)
    assert first.to_address == world.coordinator.email
    assert f"/attendance/{event.pk}/" in first.text
    assert first.subject == "Close the attendance: Small steps"
    assert "0 registered, nobody needs a look." in first.text
    assert len(looks(event, 47)) == 1
    assert len(looks(event, 48)) == 2


def test_the_mail_asks_for_a_look_where_somebody_needs_one(scene):
    _world, event = scene
    SightingRow.objects.create(
        event=event, part=event.parts.get(), mode="online", evidence="measured", seen_key="x",
        seen_name="Somebody", starts_at=event.starts_at, ends_at=event.ends_at, source="report",
        recorded_at=event.ends_at,
    )  # fmt: skip
    (first,) = looks(event, 2)
    assert first.subject == "Attendance needs a look: Small steps"
    assert "0 registered, 1 needs a look." in first.text


def test_nobody_is_asked_about_a_closed_or_cancelled_event(scene):
    world, event = scene
    programme.close(event.pk, by=world.actor(world.coordinator), at=event.ends_at)
    assert looks(event, 49) == []
    other = make_event(world)
    programme.cancel(other.pk, reason="Snow", by=world.actor(world.coordinator), at=AT)
    assert looks(other, 49) == []
