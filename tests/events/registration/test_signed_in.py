"""Registering from the event page, and the calendar file."""

import pytest
from icalendar import Calendar

from events.registration.models import Registration
from tests.events.registration.mail import at
from tests.factories.world import later, make_event, make_world

pytestmark = pytest.mark.django_db
NOW = later(minutes=5)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    return make_event(world, places={"room": 1, "online": None})


def sign_in(client, person):
    with at(NOW):
        client.force_login(person)


def post(client, event, way, nonce="n1", **more):
    with at(NOW):
        return client.post(
            f"/events/{event.slug}/register/", {"way": way, "_once": nonce, **more}, follow=True
        )


def test_two_taps(client, world, event):
    sign_in(client, world.teachers[0])
    assert "You are registered, in the room" in post(client, event, "room").text
    with at(NOW):
        page = client.get(f"/events/{event.slug}/register/?way=no")
    assert "Give your place back?" in page.text
    answer = post(client, event, "no", "n2")
    assert answer.status_code == 200
    assert Registration.objects.get().state == "cancelled"


def test_the_event_page_gives_the_place_back(client, world, event):
    sign_in(client, world.teachers[0])
    post(client, event, "room")
    with at(NOW):
        client.post(f"/events/{event.slug}/unregister/", {"_once": "n2"})
    assert Registration.objects.get().state == "cancelled"


def test_sending_the_form_twice_registers_once(client, world, event):
    sign_in(client, world.teachers[0])
    for _ in range(2):
        assert post(client, event, "online").redirect_chain[-1][0].endswith("/register/")
    assert Registration.objects.count() == 1


def test_a_full_way_is_refused_in_words(client, world, event):
    first, second = world.teachers[:2]
    sign_in(client, first)
    post(client, event, "room")
    sign_in(client, second)
    post(client, event, "online", "n2")
    answer = post(client, event, "room", "n3")
    assert answer.status_code == 409
    assert "You keep the place you have." in answer.text


def test_a_stranger_finds_nothing(client, event):
    other = make_world("AL")
    sign_in(client, other.teachers[0])
    with at(NOW):
        assert client.get(f"/events/{event.slug}/register/").status_code == 404
        assert client.get(f"/events/{event.slug}.ics").status_code == 404
    assert post(client, event, "room").status_code == 404
    assert not Registration.objects.exists()


def test_somebody_not_signed_in_comes_back_to_the_choice(client, world):
    event = make_event(world, audience="public")
    with at(NOW):
        answer = client.post(f"/events/{event.slug}/register/", {"way": "online"})
    assert answer.status_code == 302
    assert answer.url.endswith(f"?next=%2Fevents%2F{event.slug}%2Fregister%2F%3Fway%3Donline")


def test_nobody_is_sent_elsewhere(client, world, event):
    sign_in(client, world.teachers[0])
    with at(NOW):
        answer = client.post(
            f"/events/{event.slug}/register/", {"way": "room", "next": "//elsewhere.example/"}
        )
    assert answer.url == f"/events/{event.slug}/register/"


def test_the_file_has_no_people_and_follows_my_changes(client, world, event):
    sign_in(client, world.teachers[0])
    post(client, event, "room")
    post(client, event, "online", "n2")
    with at(NOW):
        answer = client.get(f"/events/{event.slug}.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [entry] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry["SEQUENCE"] == 1
    assert "ATTENDEE" not in entry
    assert entry["UID"] == event.parts.get().uid
