"""The list of events and the page of one event."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from events.programme import commands
from events.programme.models import Event
from events.registration import commands as registration
from events.registration.panels import row_states
from tests.factories.world import AT, SYSTEM, later, make_event, make_person, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


def queries_of(client, path):
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three_events(client, world, number):
    for place in range(number):
        make_event(world, title=f"Event {place}", audience="public")
    # counts by filter, kinds, countries, rows, pools, places in series
    assert queries_of(client, "/") == 6


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_a_teacher_costs_the_same_for_one_and_three_events(client, world, number):
    for place in range(number):
        event = make_event(world, title=f"Event {place}")
        teacher = world.teachers[0]
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    client.force_login(world.teachers[0])
    # session, person, grants, schools, clusters; the six above; own registrations; next event twice;
    # the cluster's schools and what they hosted; recordings begun and not finished
    assert queries_of(client, "/") == 17


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_an_event_costs_the_same_for_one_and_three_registered(client, world, number):
    event = make_event(world, audience="public")
    for teacher in world.teachers[:number]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    # event, part, slots, series, places, registered by school, schools of the cluster, recordings
    assert queries_of(client, f"/events/{event.slug}/") == 8


def test_events_stand_under_their_week(client, world):
    make_event(world, audience="public")
    page = client.get("/").text
    assert "In 3 weeks" in page
    assert "23–29 November" in page


def test_a_word_of_the_title_finds_an_event_without_its_accents(client, world):
    make_event(world, title="Čitamo zajedno", audience="public")
    make_event(world, title="Robotika", audience="public")
    page = client.get("/?q=citamo").text
    assert "Čitamo zajedno" in page
    assert "Robotika" not in page


def test_the_name_of_the_host_school_finds_an_event(client, world):
    make_event(world, title="First", audience="public")
    make_event(world, title="Second", audience="public", host_school_id=world.schools[3].pk)
    page = client.get("/?q=school+hr+3").text
    assert "Second" in page
    assert "First" not in page


def test_chips_count_what_the_other_filters_leave(client, world):
    make_event(world, title="A", audience="public")
    make_event(world, title="B", audience="public", kind="webinar", mode="online")
    make_event(world, title="C", audience="public", kind="webinar", mode="online", language="hr")
    page = client.get("/?language=en").text
    assert "All 2<" in page
    assert "Webinar 1<" in page
    assert "TeachMeet 1<" in page


def test_ways_to_join_filter_the_list(client, world):
    make_event(world, title="Mixed day", audience="public")
    make_event(world, title="Only online", audience="public", mode="online")
    make_event(world, title="Only in a room", audience="public", mode="room")
    page = client.get("/?way=online").text
    assert "Mixed day" in page
    assert "Only online" in page
    assert "Only in a room" not in page


def test_an_empty_list_says_so_with_five_hollow_dots(client, world):
    page = client.get("/").text
    assert "Nothing planned yet" in page
    assert page.count('class="v0"') == 5


def test_a_filter_that_leaves_nothing_is_named_and_can_be_dropped(client, world):
    make_event(world, audience="public")
    page = client.get("/?q=chess").text
    assert "You searched for “chess”." in page
    assert "Show all events" in page


def test_the_country_strip_appears_with_the_second_country(client, world):
    make_event(world, audience="public")
    assert 'class="lands"' not in client.get("/").text
    make_event(make_world("AL"), audience="public")
    assert "Country AL" in client.get("/").text
    assert client.get("/?country=AL").text.count('class="ev"') == 1


def test_pages_of_twenty(client, world):
    for number in range(21):
        make_event(world, title=f"Event {number:02}", audience="public")
    assert client.get("/").text.count('class="ev"') == 20
    assert client.get("/?page=2").text.count('class="ev"') == 1
    assert "Page 1 of 2" in client.get("/").text


def test_drafts_cancelled_and_ended_events_are_not_listed(client, world):
    by = world.actor(world.coordinator)
    make_event(world, title="A draft", audience="public", publish=False)
    cancelled = make_event(world, title="Cancelled one", audience="public")
    commands.cancel(cancelled.pk, reason="Storm", by=by, at=AT)
    ended = make_event(world, title="Ended one", audience="public")
    client.force_login(world.coordinator)
    with time_machine.travel(ended.ends_at, tick=False):
        page = client.get("/").text
        past = client.get("/?past=1").text
    assert 'class="ev"' not in page
    assert "Ended one" in past
    assert "A draft" not in past


def test_an_empty_installation_leads_to_the_first_run_page(client, settings):
    from django.http import HttpResponse
    from django.urls import include, path

    class Switched:
        urlpatterns = [
            path("", include("events.programme.urls")),
            path("setup/", lambda request: HttpResponse(), name="setup"),
        ]

    settings.ROOT_URLCONF = Switched
    assert client.get("/").url == "/setup/"
    make_person("Ana")
    assert client.get("/").status_code == 200


HIDDEN = ["", "print/"]


@pytest.mark.parametrize("page", HIDDEN)
def test_a_hidden_event_answers_exactly_like_a_missing_one(client, world, page):
    event = make_event(world)
    stranger = make_world("AL").teachers[0]
    for who in (None, stranger):
        client.logout()
        if who:
            client.force_login(who)
        hidden = client.get(f"/events/{event.slug}/{page}")
        missing = client.get(f"/events/no-such-thing/{page}")
        nowhere = client.get("/nowhere/at/all/")
        assert hidden.status_code == 404
        assert hidden.content == missing.content == nowhere.content
        assert dict(hidden.headers) == dict(missing.headers)


def test_a_draft_is_hidden_from_its_audience_and_shown_to_its_coordinator(client, world):
    event = make_event(world, publish=False)
    client.force_login(world.teachers[0])
    assert client.get(f"/events/{event.slug}/").status_code == 404
    client.force_login(world.coordinator)
    assert "This is a draft" in client.get(f"/events/{event.slug}/").text


def test_the_page_says_when_where_and_in_which_order(client, world):
    event = make_event(world, audience="public")
    page = client.get(f"/events/{event.slug}/").text
    for words in (
        "Thursday 26 November 2026, 16:30–19:00",
        "Zagreb time",
        "School HR 0",
        "Your own link comes by e-mail",
        "Open slot",
        "16:45",
    ):
        assert words in page
    assert "meet.example.org" not in page


def test_a_cancelled_event_says_why(client, world):
    event = make_event(world, audience="public")
    by = world.actor(world.coordinator)
    commands.cancel(event.pk, reason="The heating is broken", by=by, at=AT)
    page = client.get(f"/events/{event.slug}/").text
    assert "This event is cancelled" in page
    assert "The heating is broken" in page
    assert "<form" not in page[page.index('id="part"') : page.index("</aside>")]


def test_an_ended_event_says_so(client, world):
    event = make_event(world, audience="public", registration_closes_at=later(days=1))
    with time_machine.travel(event.ends_at, tick=False):
        page = client.get(f"/events/{event.slug}/").text
    assert "This event has ended" in page
    for promise in ("Registration has closed", "Your own link comes by e-mail", "Register before"):
        assert promise not in page


def test_who_had_a_place_at_an_ended_event_still_reads_of_it(client, world):
    event, teacher = make_event(world), world.teachers[0]
    registration.register(
        event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    with time_machine.travel(event.ends_at - timedelta(minutes=1), tick=False):
        client.force_login(teacher)
        assert "You are going" in client.get(f"/events/{event.slug}/").text
    with time_machine.travel(event.ends_at, tick=False):
        page = client.get(f"/events/{event.slug}/").text
    assert ("You had a place" in page, "You are going" in page) == (True, False)
    assert "Your attendance is settled when the organiser closes the event." in page
    assert '<a href="/me/">Your hours and certificates</a>' in page


def test_who_had_a_place_at_a_closed_event_is_led_to_hours_and_certificates(client, world):
    event, teacher = make_event(world), world.teachers[0]
    registration.register(event.pk, person_id=teacher.pk, way="room", by=SYSTEM, at=AT)
    Event.objects.filter(pk=event.pk).update(state="closed")
    with time_machine.travel(event.ends_at + timedelta(days=1), tick=False):
        assert "You had a place" not in client.get(f"/events/{event.slug}/").text
        client.force_login(teacher)
        page = client.get(f"/events/{event.slug}/").text
    assert "You had a place" in page
    assert "Your attendance is settled when" not in page
    assert '<a href="/me/">Your hours and certificates</a>' in page


@pytest.mark.parametrize(("way", "led"), [("online", True), ("room", False)])
def test_who_takes_part_online_is_led_in_from_the_page_of_the_event(client, world, way, led):
    event, teacher = make_event(world), world.teachers[0]
    door = f'href="/go/{event.parts.get().pk}/"'
    with time_machine.travel(event.starts_at, tick=False):
        client.force_login(teacher)
        assert door not in client.get(f"/events/{event.slug}/").text
        registration.register(event.pk, person_id=teacher.pk, way=way, by=SYSTEM, at=AT)
        assert (door in client.get(f"/events/{event.slug}/").text) == led
    with time_machine.travel(event.ends_at, tick=False):
        assert door not in client.get(f"/events/{event.slug}/").text


def test_who_waited_until_the_end_does_not_wait_any_more(client, world):
    event = make_event(world, places={"room": 1})
    for teacher in world.teachers[:2]:
        registration.register(event.pk, person_id=teacher.pk, way="room", by=SYSTEM, at=AT)
    with time_machine.travel(event.ends_at, tick=False):
        client.force_login(world.teachers[1])
        page = client.get(f"/events/{event.slug}/").text
    assert "You were on the waiting list" in page
    assert "as soon as a place is free" not in page
    assert "Your attendance is settled" not in page


def test_rows_of_ended_events_say_in_the_past_what_one_had(world):
    event = make_event(world, places={"room": 1})
    for teacher in world.teachers[:2]:
        registration.register(event.pk, person_id=teacher.pk, way="room", by=SYSTEM, at=AT)
    found = []
    for teacher in world.teachers[:2]:
        panel = row_states(world.actor(teacher), [event.pk], at=event.ends_at)[event.pk]
        found.append(render_to_string(panel.template, {"values": panel.values}))
    assert [re.sub("<[^>]+>", "", one).strip() for one in found] == [
        "You had a place", "You were on the waiting list",
    ]  # fmt: skip


def test_places_left_are_shown(client, world):
    event = make_event(world, audience="public", places={"room": 2})
    teacher = world.teachers[0]
    registration.register(
        event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    page = client.get(f"/events/{event.slug}/").text
    assert "1 of 2 places left" in page
    assert "0 registered, no limit" in page


def test_who_comes_is_told_by_school_without_names(client, world):
    event = make_event(world, audience="public")
    for teacher in world.teachers[:3]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    page = client.get(f"/events/{event.slug}/").text
    assert "School HR 1, Place 1 <b" in page
    assert "Teacher HR" not in page


def test_only_those_who_run_an_event_see_its_history(client, world):
    event = make_event(world)
    client.force_login(world.teachers[0])
    assert "Change history" not in client.get(f"/events/{event.slug}/").text
    client.force_login(world.coordinator)
    page = client.get(f"/events/{event.slug}/").text
    assert "Change history" in page
    assert "Published" in page
    assert "Coordinator HR" in page


def test_a_registered_teacher_sees_it_on_the_list_and_on_the_page(client, world):
    event = make_event(world)
    teacher = world.teachers[0]
    registration.register(
        event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    client.force_login(teacher)
    home = client.get("/").text
    assert "You are going" in home
    assert "Your next event" in home
    assert "You are going" in client.get(f"/events/{event.slug}/").text


def test_text_of_others_is_never_taken_as_markup(client, world):
    event = make_event(world, audience="public", title="<b>Bold</b>", summary="<script>x</script>")
    for address in ("/", f"/events/{event.slug}/", f"/events/{event.slug}/print/"):
        page = client.get(address).text
        assert "<b>Bold</b>" not in page
        assert "<script>x" not in page


def test_the_printed_programme_carries_the_address(client, world, settings):
    settings.BASE_URL = "https://kolega.example.org"
    event = make_event(world, audience="public")
    page = client.get(f"/events/{event.slug}/print/").text
    assert f"https://kolega.example.org/events/{event.slug}/" in page
    assert 'class="qrcode"' in page


def test_pages_are_read_only(client, world):
    event = make_event(world, audience="public")
    assert client.post("/").status_code == 405
    assert client.post(f"/events/{event.slug}/").status_code == 405


def test_registration_that_has_closed_is_told(client, world):
    event = make_event(world, registration_closes_at=later(days=1))
    client.force_login(world.teachers[0])
    assert "Registration has closed" not in client.get(f"/events/{event.slug}/").text
    with time_machine.travel(later(days=1), tick=False):
        client.force_login(world.teachers[0])
        assert "Registration has closed" in client.get(f"/events/{event.slug}/").text


def test_a_teacher_sees_the_own_cluster_beside_the_list(client, world):
    make_event(world)
    client.force_login(world.teachers[0])
    page = client.get("/").text
    assert "Cluster HR</a></h2>" in page
    assert "School HR 0 1</title>" in page


def test_lengths_are_told_in_hours_and_minutes(client, world):
    event = make_event(world, audience="public")
    for address in ("/", f"/events/{event.slug}/"):
        assert "2\u202fh 30\u202fmin" in client.get(address).text


@pytest.mark.parametrize(
    ("zone", "said"), [("", True), ("Europe/Zagreb", False), ("Europe/Lisbon", True)]
)
def test_times_in_the_list_name_their_zone_unless_the_readers_clock_is_the_same(
    client, world, zone, said
):
    make_event(world, audience="public")
    if zone:
        reader = world.teachers[0]
        reader.zone = zone
        reader.save()
        client.force_login(reader)
    rows = client.get("/").text.partition('class="agenda"')[2].partition("</ul>")[0]
    assert ("<span>Zagreb time</span>" in rows) is said
