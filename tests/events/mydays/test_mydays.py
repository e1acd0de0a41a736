"""My events, and the calendar that programs subscribe to."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from events.mydays import commands
from events.mydays.models import FeedToken
from events.programme import commands as programme
from events.registration import commands as registration
from tests.events.registration.mail import at
from tests.factories.world import AT, later, make_event, make_world, wish

pytestmark = pytest.mark.django_db
NOW = later(minutes=5)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def teacher(world):
    return world.teachers[0]


def place(world, person, way="room", **changes):
    event = make_event(world, **changes)
    registration.register(event.pk, person_id=person.pk, way=way, by=world.actor(person), at=AT)
    return event


def address(world, person):
    return f"/calendar/{commands.renew_feed(by=world.actor(person), at=AT)}.ics"


def fetch(client, path, moment=NOW, **headers):
    with at(moment):
        return client.get(path, headers=headers)


def events(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_the_calendar_shows_my_places_and_nobody_else(client, world, teacher):
    event = place(world, teacher)
    make_event(world)
    answer = fetch(client, address(world, teacher))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [entry] = events(answer)
    assert entry["UID"] == event.parts.get().uid
    assert "ATTENDEE" not in entry
    assert "METHOD" not in Calendar.from_ical(answer.content)


def test_unchanged_calendars_are_not_sent_again(client, world, teacher):
    event = place(world, teacher)
    path = address(world, teacher)
    first = fetch(client, path)
    assert first.headers["Cache-Control"] == "private, max-age=900"
    assert first.headers["Last-Modified"] == "Mon, 02 Nov 2026 09:00:00 GMT"
    again = fetch(client, path, later(30), **{"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    by = world.actor(world.coordinator)
    programme.change(event.pk, wish(world, minutes=90), by=by, at=later(40))
    changed = fetch(client, path, later(45), **{"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert events(changed)[0]["SEQUENCE"] == 1


def test_cancelled_events_stay_as_cancelled_for_sixty_days(client, world, teacher):
    event = place(world, teacher, starts=wish(world).starts + timedelta(days=90))
    path = address(world, teacher)
    by = world.actor(world.coordinator)
    programme.cancel(event.pk, reason="Snow.", by=by, at=later(10))
    [entry] = events(fetch(client, path, later(days=59)))
    assert entry["STATUS"] == "CANCELLED"
    assert events(fetch(client, path, later(days=61))) == []


def test_a_place_given_back_is_cancelled_in_the_calendar(client, world, teacher):
    event = place(world, teacher)
    path = address(world, teacher)
    registration.cancel(event.pk, person_id=teacher.pk, by=world.actor(teacher), at=later(10))
    [entry] = events(fetch(client, path, later(20)))
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 1)


def test_the_window_is_ninety_days_back(client, world, teacher):
    event = place(world, teacher)
    path = address(world, teacher)
    assert len(events(fetch(client, path, event.starts_at + timedelta(days=90)))) == 1
    assert events(fetch(client, path, event.starts_at + timedelta(days=91))) == []


def test_waiting_is_not_an_appointment(client, world, teacher):
    event = make_event(world, places={"room": 0, "online": None})
    registration.register(
        event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    assert events(fetch(client, address(world, teacher))) == []


def test_an_ended_address_looks_like_a_missing_page(client, world, teacher):
    old = address(world, teacher)
    new = address(world, teacher)
    assert fetch(client, old).status_code == 404
    assert fetch(client, new).status_code == 200
    commands.revoke_feed(by=world.actor(teacher), at=AT)
    gone = fetch(client, new)
    assert gone.status_code == 404
    assert gone.content == client.get("/nowhere/").content


def test_the_token_itself_is_not_kept(world, teacher):
    token = commands.renew_feed(by=world.actor(teacher), at=AT)
    assert token not in str(list(FeedToken.objects.values()))


@pytest.mark.parametrize("count", [1, 6])
def test_a_long_calendar_asks_as_few_questions(
    client, world, teacher, count, django_assert_num_queries
):
    for _ in range(count):
        place(world, teacher)
    path = address(world, teacher)
    with django_assert_num_queries(3):
        assert len(events(fetch(client, path))) == count


def test_the_address_is_made_shown_once_and_ended(client, teacher):
    with at(NOW):
        client.force_login(teacher)
        page = client.post("/me/calendar/", {"do": "renew", "_once": "a"}, follow=True)
        path = page.text.split('value="http://127.0.0.1:8000')[1].split('"')[0]
        assert page.headers["Cache-Control"] == "private, no-store"
        assert client.get(path).status_code == 200
        assert path not in client.get("/me/calendar/").text
        assert client.post("/me/calendar/", {"do": "renew", "_once": "a"}).status_code == 302
        assert client.get(path).status_code == 200
        client.post("/me/calendar/", {"do": "revoke"})
        assert client.get(path).status_code == 404


def test_my_events_show_what_comes_and_what_was(client, world, teacher):
    event = place(world, teacher)
    with at(NOW):
        client.force_login(teacher)
        page = client.get("/me/events/").text
    assert f"/events/{event.slug}/register/?way=online" in page
    assert f"/events/{event.slug}/register/?way=no" in page
    with at(event.ends_at):
        client.force_login(teacher)
        page = client.get("/me/events/").text
    assert "You are not registered for anything yet." in page
    assert event.title in page
    assert "?way=no" not in page


@pytest.mark.parametrize("path", ["/me/events/", "/me/calendar/"])
def test_pages_of_mine_ask_to_sign_in(client, path):
    with at(NOW):
        answer = client.get(path)
    assert (answer.status_code, answer.url.partition("?")[2]) == (302, f"next={path.replace('/', '%2F')}")  # fmt: skip
