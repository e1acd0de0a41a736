"""Whoever said no reads on the page of their answers what follows from it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from events.backstage import sweep
from events.consents import commands as consents
from events.consents.queries import recording_of
from events.people.models import Grant, Person
from events.registration import commands as registration
from recordings.library import queries
from recordings.library.objections import open_noes
from recordings.library.shortening import restore
from tests.factories.recordings import make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM

pytestmark = pytest.mark.django_db
DOWN = "The recording is taken down, and whoever runs the event is told by mail."
FIRST = "Before it is shown, you are cut out, or the organiser says why you are not in it."
NONE_YET = "There is no recording yet."
NOT_UP = "There is a recording, and it is not published."
OFF = "You are not in the recording: take part with camera and microphone off."
ALL = (DOWN, FIRST, NONE_YET, NOT_UP, OFF, "The recording is taken down.")


@pytest.fixture
def guest(world, event):
    person = world.teachers[3]
    registration.register(event.pk, person_id=person.pk, way="room", by=world.actor(person), at=AT)
    consents.answer(
        recording_of(event.pk), person_id=person.pk, yes=True, where="register", by=SYSTEM, at=AT
    )
    return person


@pytest.fixture
def held(event):
    """A minute after the event began."""
    return event.parts.get().starts_at + timedelta(minutes=1)


def read(event, person, said, *, at):
    """Which of the sentences the page has after an answer, and again when all work is done."""
    with time_machine.travel(at, tick=False):
        client, page = sign_in(Client(), person), f"/events/{event.slug}/recorded/"
        at_once = client.post(page, said, follow=True).text
        sweep.drain(at=at)
        later = client.get(page).text
    return [{one for one in ALL if one in text} for text in (at_once, later)]


def test_what_was_up_is_taken_down_and_the_organiser_is_told(event, guest, held):
    row = make_recording(event)
    assert read(event, guest, {"answer-0": "no"}, at=held) == [{DOWN, FIRST}] * 2
    assert queries.find(row.pk).state == "withdrawn"


def test_nobody_is_said_to_be_told_whom_no_mail_reaches(event, guest, held):
    make_recording(event)
    Grant.objects.all().delete()
    Person.objects.exclude(pk=guest.pk).update(email="")
    found = read(event, guest, {"answer-0": "no"}, at=held)
    assert found == [{"The recording is taken down.", FIRST}] * 2


def test_a_draft_stays_one_and_what_is_to_come_is_not_shown_before(event, guest, held):
    assert read(event, guest, {"answer-0": "no"}, at=held)[1] == {NONE_YET, FIRST}
    make_recording(event, publish=False)
    assert read(event, guest, {"answer-0": "no"}, at=held)[1] == {FIRST, NOT_UP}


def test_before_the_event_one_takes_part_without_a_picture(event, guest):
    assert read(event, guest, {"answer-0": "no"}, at=AT) == [{OFF}] * 2


def test_a_no_to_ones_talk_is_followed_before_the_event_too(event, speakers):
    found = read(event, speakers[0], {"answer-1": "no"}, at=AT)
    assert found[1] == {FIRST, NONE_YET}


def test_after_a_yes_nothing_of_it_stands_there(event, guest, held):
    make_recording(event)
    assert read(event, guest, {"answer-0": "yes"}, at=held) == [set(), set()]


def test_what_was_looked_after_is_not_said_to_be_down(event, guest, held):
    row = make_recording(event)
    read(event, guest, {"answer-0": "no"}, at=held)
    known = max(one.consent_id for one in open_noes(row))
    restore(row.pk, note="Sat behind the camera", known=known, by=SYSTEM, at=held)
    assert read(event, guest, {}, at=held)[1] == set()
