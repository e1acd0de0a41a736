"""The wait page and the way into the meeting, over HTTP."""

import re
from datetime import timedelta

import pytest

from events.backstage.models import FactRow
from events.programme import commands as programme
from events.programme.models import Part
from events.registration import commands as registration
from events.registration import links
from events.registration.models import Registration
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db
MEETING = "https://meet.example.org/abc"


@pytest.fixture
def scene(client, time_machine):
    world = make_world()
    event = make_event(world, dial_in="+385 1 555 0100")
    return world, event, world.teachers[0]


def place(world, event, person, way="online"):
    registration.register(event.pk, person_id=person.pk, way=way, by=world.actor(person), at=AT)
    link = links.link_for(event_id=event.pk, person_id=person.pk, at=AT)
    return f"/j/{links.token_of(link)}/"


def text(answer):
    return " ".join(answer.content.decode().split())


def facts():
    return [(row.body["part_id"], row.body["person_id"]) for row in opened()]


def opened():
    return FactRow.objects.filter(kind="JoinOpened")


def test_before_the_time_the_page_waits_and_asks_again_by_itself(scene, client, time_machine):
    world, event, person = scene
    page = place(world, event, person)
    time_machine.move_to(event.starts_at - timedelta(minutes=11), tick=False)
    answer = client.get(page)
    assert (answer.status_code, answer.headers["Refresh"]) == (200, "30")
    body = text(answer)
    assert "This page opens the meeting at 16:20" in body
    assert "By phone, or with a code: +385 1 555 0100" in body
    assert "Sound only" in body
    assert MEETING not in body
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_first_request_shows_the_page_and_the_second_goes_on(scene, client, time_machine):
    world, event, person = scene
    page = place(world, event, person)
    time_machine.move_to(event.starts_at - timedelta(minutes=10), tick=False)
    for _ in range(3):
        answer = client.get(page)
        assert (answer.status_code, MEETING in text(answer)) == (200, False)
    assert opened().count() == 0
    onward = re.fullmatch(r"3; url=(.+)", answer.headers["Refresh"])[1]
    assert onward in text(answer)
    moved = client.get(onward)
    assert (moved.status_code, moved.headers["Location"]) == (302, MEETING)
    assert facts() == [(event.parts.get().pk, person.pk)]


def test_the_pass_of_another_link_or_of_yesterday_does_not_open(scene, client, time_machine):
    world, event, person = scene
    page, other = place(world, event, person), place(world, event, world.teachers[1])
    time_machine.move_to(event.starts_at, tick=False)
    onward = client.get(page).headers["Refresh"].partition("url=")[2]
    borrowed = client.get(f"{other}?{onward.partition('?')[2]}")
    assert borrowed.status_code == 200
    time_machine.move_to(event.starts_at + timedelta(minutes=6), tick=False)
    assert client.get(onward).status_code == 200
    assert client.get(f"{page}?go=https://evil.test/").status_code == 200
    assert opened().count() == 0


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://x.test/", "//evil.test", ""])
def test_only_a_web_address_is_ever_opened(scene, client, time_machine, address):
    world, event, person = scene
    page = place(world, event, person)
    Part.objects.filter(event=event).update(join_url=address)
    time_machine.move_to(event.starts_at, tick=False)
    answer = client.get(page)
    assert "There is no video link yet" in text(answer)
    assert "Refresh" not in answer.headers


def test_who_comes_in_person_is_told_the_room_and_switches_late(scene, client, time_machine):
    world, event, person = scene
    page = place(world, event, person, way="room")
    time_machine.move_to(event.starts_at + timedelta(minutes=40), tick=False)
    body = text(client.get(page))
    assert "You come in person" in body
    assert "School HR 0" in body
    assert MEETING not in body
    assert client.post(page, {"way": "online"}).headers["Location"] == page
    assert "The meeting opens" in text(client.get(page))
    assert Registration.objects.get(person=person).way == "online"
    client.post(page, {"way": "room"})
    assert Registration.objects.get(person=person).way == "room"


def test_switching_needs_a_place_and_a_way_that_is_offered(scene, client, time_machine):
    world, event, person = scene
    link = links.link_for(event_id=event.pk, person_id=person.pk, at=AT)
    page = f"/j/{links.token_of(link)}/"
    assert "You have no place yet" in text(client.get(page))
    assert client.post(page, {"way": "online"}).status_code == 422
    assert Registration.objects.count() == 0
    place(world, event, person)
    assert client.post(page, {"way": "roof"}).status_code == 422


def test_after_the_end_and_after_a_cancellation_nothing_opens(scene, client, time_machine):
    world, event, person = scene
    page = place(world, event, person)
    time_machine.move_to(event.ends_at, tick=False)
    assert "This event has ended" in text(client.get(page))
    assert client.post(page, {"way": "room"}).status_code == 409
    time_machine.move_to(event.starts_at, tick=False)
    programme.cancel(event.pk, reason="Snow", by=world.actor(world.coordinator), at=AT)
    body = text(client.get(page))
    assert "This event is cancelled" in body
    assert "Snow" in body
    assert opened().count() == 0


def test_waiting_and_room_only_events_say_so(scene, client):
    world, _, person = scene
    full = make_event(world, places={"room": 1, "online": None}, mode="room", join_url="")
    place(world, full, world.teachers[1], way="room")
    page = place(world, full, person, way="room")
    assert "You are on the waiting list" in text(client.get(page))
    assert client.post(page, {"way": "online"}).status_code == 422


def test_forged_links_are_missing_like_any_unknown_page(scene, client):
    world, event, person = scene
    page = place(world, event, person)
    forged = client.get(page[:-3] + "aa/")
    assert forged.status_code == 404
    assert forged.content == client.get("/j/1-x/").content


def test_the_way_in_from_a_shared_calendar_asks_who_it_is(scene, client):
    world, event, person = scene
    part = event.parts.get().pk
    asked = client.get(f"/go/{part}/")
    assert "Who is joining?" in text(asked)
    assert f"next=%2Fgo%2F{part}%2F" in text(asked)
    unknown = client.get("/go/999999/")
    assert unknown.status_code == 200
    assert text(unknown).replace("999999", str(part)) == text(asked)
    client.force_login(person)
    assert client.get(f"/go/{part}/").headers["Location"] == f"/events/{event.slug}/register/"
    page = place(world, event, person)
    assert client.get(f"/go/{part}/").headers["Location"] == page
    client.force_login(make_world("AL").coordinator)
    hidden = client.get(f"/go/{part}/")
    assert (hidden.status_code, hidden.content) == (404, client.get("/go/999999/").content)
