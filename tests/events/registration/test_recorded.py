"""Whether one may be in a recording is asked when registering and when joining, and can change."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from events.backstage.models import FactRow
from events.consents import commands as answered
from events.consents import queries as consents
from events.programme import commands as programme
from events.programme.plans import present_plan
from events.programme.refusals import TooLateToAnnounce
from events.registration import commands as registration
from events.registration import links, recorded
from tests.factories.sessions import sign_in
from tests.factories.world import AT, later, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    return make_event(world, recorded=True)


@pytest.fixture
def teacher(world):
    return world.teachers[0]


def said(event, person):
    return consents.agrees(consents.recording_of(event.pk), person.pk)


@time_machine.travel(AT, tick=False)
def test_registering_asks_and_an_unticked_box_is_a_no(world, event, teacher):
    client = sign_in(Client(), teacher)
    page = f"/events/{event.slug}/register/"
    assert "This event is recorded." in client.get(page).content.decode()
    client.post(page, {"way": "online", "recorded_asked": "1", "recorded": "yes"})
    assert said(event, teacher) is True
    other = world.teachers[1]
    sign_in(Client(), other).post(page, {"way": "online", "recorded_asked": "1"})
    assert said(event, other) is False


@time_machine.travel(AT, tick=False)
def test_the_question_stands_once_however_one_registers(world, event, teacher):
    client, page = sign_in(Client(), teacher), f"/events/{event.slug}/register/"
    link = f"/r/{links.token_of(links.link_for(event_id=event.pk, person_id=teacher.pk, at=AT))}/"
    for address in (page, link, f"/events/{event.slug}/"):
        shown = client.get(address).content.decode()
        assert shown.count('name="recorded"') == 1, address
        assert ('value="room"' in shown, 'value="online"' in shown) == (True, True), address
    shown = client.get(f"{page}?way=online").content.decode()
    assert (shown.count('name="recorded"'), 'value="room"' in shown) == (1, False)
    assert 'name="recorded"' not in client.get(f"{link}?way=no").content.decode()
    client.post(page, {"way": "room", "recorded_asked": "1", "recorded": "yes"})
    assert said(event, teacher) is True


@time_machine.travel(AT, tick=False)
def test_a_form_without_the_question_answers_nothing(event, teacher):
    sign_in(Client(), teacher).post(f"/events/{event.slug}/register/", {"way": "online"})
    assert said(event, teacher) is None
    assert recorded.said(event, teacher.pk) == "ask"


@time_machine.travel(AT, tick=False)
def test_it_can_be_taken_back_and_each_talk_has_its_own_answer(world, event, teacher):
    from events.programme.models import Slot

    by = world.actor(world.coordinator)
    slot = Slot(form="talk", minutes=10, title="Mine", presenter=teacher)
    programme.set_running_order(event.parts.get().pk, [slot], by=by, at=AT)
    client = sign_in(Client(), teacher)
    page = f"/events/{event.slug}/recorded/"
    assert "Your talk: Mine" in client.get(page).content.decode()
    client.post(page, {"answer-0": "yes", "answer-1": "no"})
    assert said(event, teacher) is True
    assert consents.agrees(consents.recording_of(event.pk, "Mine"), teacher.pk) is False
    client.post(page, {"answer-0": "no"})
    assert said(event, teacher) is False
    stranger = sign_in(Client(), world.teachers[3])
    assert stranger.get(page).status_code == 404


@time_machine.travel(AT, tick=False)
def test_a_no_is_shown_and_not_ticked_so_that_another_answer_does_not_say_it_again(
    world, event, teacher
):
    client = sign_in(Client(), teacher)
    page = f"/events/{event.slug}/recorded/"
    registration.register(
        event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
    )
    client.post(page, {"answer-0": "no"})
    shown = client.get(page).content.decode()
    assert "Your answer: <b>No</b>" in shown
    assert "checked" not in shown


@pytest.mark.parametrize(
    ("yes", "words"),
    [
        (True, ("You agreed to be recorded.", "Change my answer")),
        (False, ("You said no to being recorded.", "Change my answer")),
        (None, ("You have not said whether you may be recorded.", "Answer")),
    ],
)
@time_machine.travel(AT, tick=False)
def test_the_page_of_the_event_says_ones_answer_and_leads_to_it(world, event, teacher, yes, words):
    client, page = sign_in(Client(), teacher), f"/events/{event.slug}/"
    where = f'href="{page}recorded/"'
    assert where not in client.get(page).text
    by = world.actor(teacher)
    registration.register(event.pk, person_id=teacher.pk, way="online", by=by, at=AT)
    if yes is not None:
        asked = consents.recording_of(event.pk)
        answered.answer(asked, person_id=teacher.pk, yes=yes, where="register", by=by, at=AT)
    shown = client.get(page).text
    assert f"{words[0]} <a {where}>{words[1]}</a>" in shown
    assert client.get(f"{page}recorded/").status_code == 200
    type(event).objects.update(recorded=False)
    assert where not in client.get(page).text


@time_machine.travel(AT, tick=False)
def test_an_answer_to_an_older_text_is_none(world, event, teacher):
    asked = consents.recording_of(event.pk)
    for yes, version, word in (
        (True, "2026-01", None),
        (False, "2026-01", False),
        (True, "", True),
    ):
        given = replace(asked, version=version or asked.version)
        answered.answer(
            given, person_id=teacher.pk, yes=yes, where="page", by=world.actor(teacher), at=AT
        )
        row = type(teacher).objects.annotate(word=consents.word_of_each(asked)).get(pk=teacher.pk)
        assert row.word is consents.agrees(asked, teacher.pk) is word


@pytest.mark.parametrize("after", ["closing", "the end"])
@pytest.mark.parametrize("door", ["page", "link"])
def test_it_is_taken_back_after_registration_has_closed(world, event, teacher, door, after):
    by = world.actor(teacher)
    registration.register(event.pk, person_id=teacher.pk, way="online", by=by, at=AT)
    asked = consents.recording_of(event.pk)
    answered.answer(asked, person_id=teacher.pk, yes=True, where="register", by=by, at=AT)
    link = links.link_for(event_id=event.pk, person_id=teacher.pk, at=AT)
    address = f"/events/{event.slug}/register/" if door == "page" else f"/r/{links.token_of(link)}/"
    now = event.ends_at + timedelta(hours=1)
    if after == "closing":
        type(event).objects.update(registration_closes_at=later(minutes=1))
        now = later(minutes=5)
    with time_machine.travel(now, tick=False):
        client = sign_in(Client(), teacher)
        gone = client.post(address, {"way": "online", "recorded_asked": "1"})
        assert gone.status_code == 302
        shown = client.get(address).content.decode()
    assert said(event, teacher) is False
    assert FactRow.objects.filter(kind="ConsentTakenBack").exists()
    if after == "the end":
        assert f'href="/events/{event.slug}/recorded/"' in shown


@time_machine.travel(AT, tick=False)
def test_an_answer_with_another_way_is_more_than_an_answer(world, event, teacher):
    by = world.actor(teacher)
    registration.register(event.pk, person_id=teacher.pk, way="online", by=by, at=AT)
    type(event).objects.update(registration_closes_at=AT)
    page = f"/events/{event.slug}/register/"
    refused = sign_in(Client(), teacher).post(page, {"way": "room", "recorded_asked": "1"})
    assert refused.status_code == 409
    assert said(event, teacher) is None


def join_page(event, teacher):
    start = event.parts.get().starts_at
    link = links.link_for(event_id=event.pk, person_id=teacher.pk, at=AT)
    return f"/j/{links.token_of(link)}/", start


def test_joining_asks_whoever_was_not_asked_before_and_goes_on_after_the_answer(
    world, event, teacher
):
    registration.register(
        event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
    )
    address, start = join_page(event, teacher)
    client = Client()
    with time_machine.travel(start, tick=False):
        asked = client.get(address)
        assert "Before you go in" in asked.content.decode()
        assert "Refresh" not in asked.headers
        client.post(address, {"recorded_asked": "1"})
        after = client.get(address)
        assert "Refresh" in after.headers
        assert "keep camera and microphone off" in after.content.decode()
    assert said(event, teacher) is False


def test_nothing_is_asked_where_nothing_is_recorded(world, teacher):
    event = make_event(world)
    registration.register(
        event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
    )
    address, start = join_page(event, teacher)
    with time_machine.travel(start, tick=False):
        assert "Refresh" in Client().get(address).headers


def test_a_recording_is_not_announced_once_the_event_has_begun(world):
    event = make_event(world)
    part = event.parts.get()
    wish = replace(present_plan(event, part), recorded=True)
    by = world.actor(world.coordinator)
    with pytest.raises(TooLateToAnnounce):
        programme.change(event.pk, wish, by=by, at=part.starts_at)
    programme.change(event.pk, wish, by=by, at=later(minutes=1))
    event.refresh_from_db()
    assert event.recorded
