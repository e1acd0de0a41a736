"""Who was invited and has not answered hears of a cancellation; who cannot come is named to the organiser."""

from datetime import timedelta

import pytest
from django.test import Client

from events.backstage.models import Letter
from events.kernel.actors import Role
from events.people import commands as people
from events.programme import commands as programme
from events.registration import commands as registration
from tests.events.registration.mail import at, letters, settle
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, later, make_event, make_world

pytestmark = pytest.mark.django_db
NOW = later(minutes=5)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    found = make_event(world)
    settle()
    return found


def cancel(world, event):
    by = world.actor(world.coordinator)
    programme.cancel(event.pk, reason="Snow.", by=by, at=NOW)
    settle(NOW)


def page(event, person, moment=NOW):
    with at(moment):
        return sign_in(Client(), person).get(f"/events/{event.slug}/").text


def test_who_was_invited_and_said_nothing_gets_one_short_mail(world, event):
    placed, gave_back, declined, silent = world.teachers[:4]
    for person in (placed, gave_back):
        registration.register(
            event.pk, person_id=person.pk, way="room", by=world.actor(person), at=NOW
        )
    registration.cancel(event.pk, person_id=gave_back.pk, by=world.actor(gave_back), at=NOW)
    registration.decline(event.pk, person_id=declined.pk, by=world.actor(declined), at=NOW)
    Letter.objects.filter(person=world.teachers[4], kind="invitation").update(state="refused")
    settle(NOW)
    cancel(world, event)
    [short] = letters(silent, "cancelled")
    assert "you need not answer" in short.text
    assert "Snow." in short.text
    assert not short.ics
    assert letters(placed, "cancelled")[0].ics
    told = [row.person_id for row in letters(kind="cancelled")]
    assert sorted(told) == sorted(
        [placed.pk, silent.pk, world.teachers[5].pk, world.coordinator.pk]
    )


def test_an_invitation_that_never_left_needs_no_cancellation(world):
    event = make_event(world)
    by = world.actor(world.coordinator)
    programme.cancel(event.pk, reason="A mistake.", by=by, at=AT + timedelta(seconds=5))
    settle(AT + timedelta(seconds=30))
    assert letters() == []


def test_who_cannot_come_is_named_to_those_who_run_the_event_alone(world, event):
    first, second, teacher = world.teachers[:3]
    for person in (first, second):
        registration.decline(event.pk, person_id=person.pk, by=world.actor(person), at=NOW)
    registration.register(event.pk, person_id=second.pk, way="room", by=world.actor(second), at=NOW)
    seen = page(event, world.coordinator)
    assert "Cannot come" in seen
    assert first.name in seen
    assert second.name not in seen
    assert "Cannot come" not in page(event, teacher)
    assert first.name not in page(event, teacher)


def test_who_keeps_a_school_of_the_event_finds_the_list_of_colleagues(world, event):
    keeper, teacher = world.teachers[:2]
    people.grant(
        person_id=keeper.pk, role=Role.SCHOOL_COORDINATOR, scope="school",
        scope_id=world.schools[0].pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    address = f'href="/events/{event.slug}/colleagues/"'
    assert address in page(event, keeper)
    assert address in page(event, world.coordinator)
    assert address not in page(event, teacher)
    assert address not in page(event, keeper, event.ends_at)
