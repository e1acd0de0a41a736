"""Plan, publish, undo, change and cancel over HTTP."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine

from events.backstage.models import AuditEntry, FactRow
from events.kernel.actors import Role
from events.people import commands as people
from events.places.models import Venue
from events.programme.models import Event, Part, Slot
from events.registration import commands as registration
from events.registration.models import Pool
from tests.factories.world import AT, SYSTEM, join, make_event, make_person, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]


def typed(world, **changes):
    values = {
        "scope": f"cluster-{world.cluster.pk}",
        "kind": "teachmeet",
        "title": "Čitamo zajedno",
        "day": "2026-11-26",
        "start": "16:30",
        "minutes": "",
        "mode": "hybrid",
        "host": str(world.schools[0].pk),
        "join_url": "https://meet.example.org/abc",
        "audience": "cluster",
        "language": "hr",
        "zone": "Europe/Zagreb",
        "certificate": "on",
        "places_room": "40",
        "room": "room 12",
        "do": "publish",
    }
    return {**values, **changes}


def test_an_event_is_planned_and_published_in_one_request(desk, world):
    answer = desk.post("/plan/new/", typed(world))
    event = Event.objects.get()
    assert answer.url == f"/events/{event.slug}/"
    part = Part.objects.get()
    assert (event.state, event.title, event.language) == ("published", "Čitamo zajedno", "hr")
    assert (part.starts_wall, part.zone, part.minutes) == ("2026-11-26T16:30", "Europe/Zagreb", 150)
    assert (part.venue.name, part.venue.room) == ("School HR 0", "room 12")
    assert list(Pool.objects.order_by("-way").values_list("way", "capacity")) == [
        ("room", 40), ("online", None),
    ]  # fmt: skip
    assert list(FactRow.objects.values_list("kind", flat=True)) == ["EventPublished"]
    assert Slot.objects.count() == 10


def test_a_draft_invites_nobody(desk, world):
    desk.post("/plan/new/", typed(world, do="save"))
    assert Event.objects.get().state == "draft"
    assert not FactRow.objects.exists()


def test_a_suggested_time_can_be_taken_as_it_is(desk, world):
    page = desk.get("/plan/new/").text
    first = re.search(r'name="when" value="(2026[^"]+)"', page)[1]
    desk.post("/plan/new/", typed(world, day="", start="", when=first))
    assert Part.objects.get().starts_wall == first


def test_the_form_sent_twice_plans_once(desk, world):
    nonce = re.search(r'name="_once" value="([^"]+)"', desk.get("/plan/new/").text)[1]
    for _ in range(2):
        answer = desk.post("/plan/new/", typed(world, _once=nonce))
    assert answer.url == f"/events/{Event.objects.get().slug}/"


WRONG = [
    ({"title": "  "}, "Enter a title."),
    ({"day": "", "start": ""}, "Choose a suggested time, or type a date and a start."),
    ({"start": "noon"}, "Enter the start as hours and minutes, like 16:30."),
    ({"day": ""}, "Choose a date."),
    ({"day": "2027-03-28", "start": "2:30"}, "this time does not exist"),
    ({"when": "2026-12-01T16:30"}, "You chose a suggested time and typed another. Keep one."),
    ({"join_url": "javascript:alert(1)"}, "Paste the whole link, beginning with https."),
    ({"join_url": "https://zoom.example.org/s/123?zak=x"}, "whoever opens it becomes the host"),
    ({"join_url": "Join us on Thursday"}, "No link is found in this text."),
    ({"places_room": "many"}, "Places in the room: enter a whole number from 1 to 100000."),
    ({"minutes": "3"}, "Length in minutes: enter a whole number from 5 to 20160."),
    ({"kind": "no-such"}, "Choose one of the answers for “"),
    ({"host": "999999"}, "Choose one of the answers for “Host school”."),
    ({"audience": "everyone"}, "Choose one of the answers for “"),
    ({"closes": "2026-12-24"}, "Choose a day that is not after the event."),
    ({"day": "2026-11-01"}, "The start has passed. Choose a new time first."),
]


@pytest.mark.parametrize(("changes", "words"), WRONG)
def test_input_that_cannot_be_used_is_told_and_kept_and_nothing_is_half_done(
    desk, world, changes, words
):
    answer = desk.post("/plan/new/", typed(world, **changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert "There is a problem" in answer.text
    assert "<title>Error: " in answer.text
    assert "room 12" in answer.text
    assert not Event.objects.exists()
    assert not Venue.objects.exists()
    assert not FactRow.objects.exists()


WARNED = [
    ({"join_url": "http://meet.example.org/abc"}, "does not begin with https"),
    ({"join_url": "https://localhost/abc"}, "your own network"),
    ({"day": "2027-10-31", "start": "2:30"}, "this time comes twice"),
]


@pytest.mark.parametrize(("changes", "words"), WARNED)
def test_what_looks_wrong_is_asked_once(desk, world, changes, words):
    answer = desk.post("/plan/new/", typed(world, **changes))
    assert answer.status_code == 422
    assert words in answer.text
    seen = re.search(r'name="_seen" value="([^"]+)"', answer.text)[1]
    assert desk.post("/plan/new/", typed(world, **changes, _seen=seen)).status_code == 302


def test_the_box_counts_who_gets_a_mail_and_who_cannot(desk, world):
    silent = make_person("No Mail", email="")
    join(silent, world.schools[2])
    page = desk.get("/plan/new/").text
    # six teachers and the coordinator
    assert "7 teachers get an e-mail" in page
    assert "1 teacher has no working address" in page
    assert "School HR 2 1" in page


def test_defaults_are_remembered(desk, world):
    desk.post("/plan/new/", typed(world, mode="online", host=str(world.schools[0].pk)))
    page = desk.get("/plan/new/").text
    assert re.search(r'name="mode" value="online"[^>]* checked', page)
    assert f'value="{world.schools[0].pk}" selected' in page
    assert 'value="hr" selected' in page


def test_a_school_coordinator_plans_with_the_same_form_and_hosts(client, world):
    ana = make_person("Ana")
    join(ana, world.schools[3])
    people.grant(
        person_id=ana.pk, role=Role.SCHOOL_COORDINATOR, scope="school",
        scope_id=world.schools[3].pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    client.force_login(ana)
    assert f'value="{world.schools[3].pk}" selected' in client.get("/plan/new/").text
    answer = client.post("/plan/new/", typed(world, host=str(world.schools[3].pk)))
    assert answer.status_code == 302
    assert Event.objects.get().organiser == ana


def test_a_coordinator_of_two_clusters_chooses(desk, world):
    other = make_world("AL")
    people.grant(
        person_id=world.coordinator.pk, role=Role.CLUSTER_COORDINATOR, scope="cluster",
        scope_id=other.cluster.pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    page = desk.get(f"/plan/new/?scope=cluster-{other.cluster.pk}").text
    assert "Cluster AL" in page
    assert "School AL 0" in page
    assert "School HR 0" not in page


def test_a_national_coordinator_plans_for_the_whole_country(client, world):
    boss = make_person("Boss")
    people.grant(
        person_id=boss.pk, role=Role.NATIONAL_COORDINATOR, scope="country",
        scope_id=world.country.pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    client.force_login(boss)
    scope = f"country-{world.country.pk}"
    answer = client.post("/plan/new/", typed(world, scope=scope, audience="country"))
    assert answer.status_code == 302
    assert Event.objects.get().cluster is None
    refused = client.post("/plan/new/", typed(world, scope=scope, audience="cluster"))
    assert refused.status_code == 422


OUTSIDE = ["/plan/", "/plan/new/"]


@pytest.mark.parametrize("address", OUTSIDE)
def test_teachers_have_no_desk_and_strangers_sign_in_first(client, world, address):
    assert "next=" in client.get(address).url
    client.force_login(world.teachers[0])
    assert client.get(address).status_code == 403
    assert "/plan/" not in client.get("/").text


def test_nobody_plans_in_another_cluster(desk, world):
    other = make_world("AL")
    answer = desk.post("/plan/new/", typed(world, scope=f"cluster-{other.cluster.pk}"))
    assert answer.status_code == 403
    assert not Event.objects.exists()


DEEDS = ["edit", "order", "cancel", "publish", "unpublish"]


@pytest.mark.parametrize("deed", DEEDS)
def test_deeds_on_a_hidden_event_answer_like_on_a_missing_one(client, world, deed):
    event = make_event(world)
    other = make_world("AL")
    client.force_login(other.coordinator)
    before = AuditEntry.objects.count()
    hidden = client.post(f"/plan/{event.pk}/{deed}/")
    missing = client.post(f"/plan/{event.pk + 999}/{deed}/")
    assert hidden.status_code == 404
    assert hidden.content == missing.content
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("deed", DEEDS)
def test_a_teacher_of_the_cluster_may_not(client, world, deed):
    event = make_event(world)
    client.force_login(world.teachers[0])
    before = AuditEntry.objects.count()
    assert client.post(f"/plan/{event.pk}/{deed}/").status_code == 403
    assert AuditEntry.objects.count() == before


def test_publishing_can_be_undone_for_ten_seconds(desk, world):
    desk.post("/plan/new/", typed(world))
    event = Event.objects.get()
    with time_machine.travel(AT + timedelta(seconds=9), tick=False):
        assert ">Undo<" in desk.get(f"/events/{event.slug}/").text
        answer = desk.post(f"/plan/{event.pk}/unpublish/")
    assert answer.url == f"/plan/{event.pk}/edit/"
    event.refresh_from_db()
    assert event.state == "draft"


def test_after_ten_seconds_undo_says_that_the_mails_are_leaving(desk, world):
    desk.post("/plan/new/", typed(world))
    event = Event.objects.get()
    with time_machine.travel(AT + timedelta(seconds=10), tick=False):
        assert ">Undo<" not in desk.get(f"/events/{event.slug}/").text
        answer = desk.post(f"/plan/{event.pk}/unpublish/")
    assert answer.status_code == 409
    assert "The mails are on their way." in answer.text
    event.refresh_from_db()
    assert event.state == "published"


def registered(world, number, **changes):
    event = make_event(world, **changes)
    for teacher in world.teachers[:number]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    return event


def test_the_form_of_an_event_shows_it_as_it_is(desk, world):
    desk.post("/plan/new/", typed(world, closes="2026-11-25"))
    event = Event.objects.get()
    page = desk.get(f"/plan/{event.pk}/edit/").text
    for words in (
        'value="Čitamo zajedno"', 'value="2026-11-26"', 'value="16:30"', 'value="150"',
        'value="40"', 'value="room 12"', 'value="2026-11-25"',
    ):  # fmt: skip
        assert words in page
    assert event.registration_closes_at == datetime.fromisoformat("2026-11-26T00:00+01:00")


def test_a_change_that_people_are_told_of_is_shown_before_it_is_saved(desk, world):
    event = registered(world, 3)
    other = make_event(
        world, title="Other", starts=datetime(2026, 11, 27, 17, 0),
        join_url="https://meet.example.org/other",
    )  # fmt: skip
    teacher = world.teachers[0]
    registration.register(
        other.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    sent = typed(world, day="2026-11-27", minutes="150", do="save")
    shown = desk.post(f"/plan/{event.pk}/edit/", sent)
    assert shown.status_code == 200
    assert "3 registered people get one mail" in shown.text
    assert "1 of them is registered for another event" in shown.text
    assert "Friday 27 November 2026, 16:30–19:00" in shown.text
    assert Part.objects.get(event=event).starts_wall == "2026-11-26T16:30"
    answer = desk.post(f"/plan/{event.pk}/edit/", {**sent, "_confirmed": "1"})
    assert answer.status_code == 302
    assert Part.objects.get(event=event).starts_wall == "2026-11-27T16:30"
    assert FactRow.objects.filter(kind="EventChanged").count() == 1


def test_the_page_of_effects_carries_the_whole_form(desk, world):
    event = registered(world, 1)
    sent = typed(world, day="2026-11-27", summary="Two\nlines", do="save")
    page = desk.post(f"/plan/{event.pk}/edit/", sent).text
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    answer = desk.post(f"/plan/{event.pk}/edit/", {**carried, "_confirmed": "1"})
    assert answer.status_code == 302
    event.refresh_from_db()
    assert event.summary == "Two\nlines"
    back = desk.post(f"/plan/{event.pk}/edit/", {**carried, "_back": "1"})
    assert back.status_code == 200
    assert 'value="2026-11-27"' in back.text


def test_a_change_nobody_is_told_of_is_saved_at_once(desk, world):
    desk.post("/plan/new/", typed(world))
    event = Event.objects.get()
    teacher = world.teachers[0]
    registration.register(
        event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    sent = typed(world, minutes="150", summary="More words", do="save")
    assert desk.post(f"/plan/{event.pk}/edit/", sent).status_code == 302
    assert not FactRow.objects.filter(kind="EventChanged").exists()


def test_a_way_that_people_use_cannot_be_removed(desk, world):
    event = registered(world, 2)
    sent = typed(world, mode="online", minutes="150", do="save", _confirmed="1")
    answer = desk.post(f"/plan/{event.pk}/edit/", sent)
    assert answer.status_code == 422
    assert "2 people are registered for a way you remove." in answer.text
    assert Part.objects.get().mode == "hybrid"


def test_fewer_places_than_people_are_refused_whole(desk, world):
    event = registered(world, 2)
    sent = typed(
        world, title="New title", places_room="1", minutes="150", do="save", _confirmed="1"
    )
    answer = desk.post(f"/plan/{event.pk}/edit/", sent)
    assert answer.status_code == 422
    assert "2 people are registered." in answer.text
    event.refresh_from_db()
    assert event.title == "Small steps"


def test_cancelling_asks_why_and_says_who_is_told(desk, world):
    event = registered(world, 2)
    assert "2 registered people are told why" in desk.get(f"/plan/{event.pk}/cancel/").text
    refused = desk.post(f"/plan/{event.pk}/cancel/", {"reason": " "})
    assert refused.status_code == 422
    assert "Say in one line why" in refused.text
    answer = desk.post(f"/plan/{event.pk}/cancel/", {"reason": "Storm"})
    assert answer.url == f"/events/{event.slug}/"
    assert "Storm" in desk.get(answer.url).text


def test_a_draft_is_dropped_without_a_reason(desk, world):
    event = make_event(world, publish=False)
    desk.post(f"/plan/{event.pk}/cancel/", {})
    event.refresh_from_db()
    assert event.state == "cancelled"
    assert not FactRow.objects.exists()


def test_a_draft_is_published_from_its_page(desk, world):
    event = make_event(world, publish=False)
    page = desk.get(f"/events/{event.slug}/").text
    assert f'action="/plan/{event.pk}/publish/"' in page
    desk.post(f"/plan/{event.pk}/publish/")
    event.refresh_from_db()
    assert event.state == "published"


def test_the_message_for_the_group_has_title_time_and_link(desk, world, settings):
    settings.BASE_URL = "https://kolega.example.org"
    event = make_event(world)
    page = desk.get(f"/events/{event.slug}/").text
    text = re.search(r"<textarea[^>]*readonly>(.*?)</textarea>", page, re.DOTALL)[1]
    assert "TeachMeet: Small steps" in text
    assert "Thursday 26 November 2026, 16:30–19:00 (Zagreb time)" in text
    assert f"https://kolega.example.org/events/{event.slug}/" in text


def test_the_month_shows_events_on_their_own_day(desk, world):
    make_event(world)
    make_event(world, title="A draft", publish=False, starts=datetime(2026, 11, 30, 0, 30))
    page = desk.get("/plan/?month=2026-11").text
    cell = re.search(r'<td class=""><span class="d">26</span>(.*?)</td>', page)[1]
    assert "16:30 Small steps" in cell
    assert 'class="dr"' in re.search(r'<td class=""><span class="d">30</span>(.*?)</td>', page)[1]
    assert "December 2026" in desk.get("/plan/?month=2026-12").text


@pytest.mark.parametrize("month", ["x", "2026-13", "0000-01", "9999-12", "2026-", "²026-01"])
def test_a_month_that_does_not_exist_is_this_month(desk, world, month):
    assert "November 2026" in desk.get("/plan/", {"month": month}).text


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("view", ["month", "agenda"])
def test_the_planner_costs_the_same_for_one_and_three_events(
    desk, world, django_assert_num_queries, number, view
):
    for place in range(number):
        make_event(world, title=f"Event {place}", starts=datetime(2026, 11, 24 + place, 16, 0))
    desk.get(f"/plan/?view={view}")
    # one of them: who of the audience said yes to busy times
    with django_assert_num_queries(25):
        desk.get(f"/plan/?view={view}")


def test_the_agenda_counts_people_and_open_slots(desk, world):
    registered(world, 2)
    page = desk.get("/plan/?view=agenda").text
    assert "2 in the room, 0 online" in page
    assert "7 talk slots open" in page


def test_an_empty_desk_offers_the_first_event(desk, world):
    assert "Plan the first one" in desk.get("/plan/").text


def test_planning_later_events_suggests_the_same_weekday_and_time(desk, world):
    make_event(world, starts=datetime(2026, 11, 10, 15, 0), minutes=60)
    page = desk.get("/plan/new/").text
    assert 'value="2026-11-10T15:00"' in page or 'value="2026-11-17T15:00"' in page
    assert "Same weekday and time as the last one." in page


def test_the_day_of_a_clash_is_named(desk, world):
    make_event(world, kind="webinar", mode="online", minutes=60, title="AI at school",
               starts=datetime(2026, 11, 12, 17, 0))  # fmt: skip
    page = desk.get("/plan/new/").text
    assert "12 November clashes with “AI at school”." in page
    assert 'value="2026-11-12T16:30"' not in page


def test_the_box_counts_exactly_who_is_invited(desk, world):
    from events.registration import readers

    join(make_person("No Mail", email=""), world.schools[2])
    page = desk.get("/plan/new/").text
    desk.post("/plan/new/", typed(world))
    event = Event.objects.get()
    reached = readers.to_invite(event, at=AT).count()
    missed = sum(len(rows) for rows in readers.unreached(event, at=AT).values())
    assert f"{reached} teachers get an e-mail" in page
    assert f"{missed} teacher has no working address" in page


def test_a_way_that_was_removed_takes_nobody(desk, world):
    event = make_event(world, places={"room": 5, "online": 5}, audience="public")
    desk.post(f"/plan/{event.pk}/edit/", typed(world, mode="room", minutes="150", do="save"))
    teacher = world.teachers[0]
    with pytest.raises(registration.WayNotOffered):
        registration.register(
            event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
        )
    page = desk.get(f"/events/{event.slug}/").text
    assert 'value="room"' in page
    assert 'value="online"' not in page


def test_every_kind_says_how_long_it_usually_is(desk, world):
    page = desk.get("/plan/new/").text
    assert '<b class="md">TeachMeet</b><span class="hint">2\u202fh 30\u202fmin</span>' in page
    assert '<b class="md">Webinar</b><span class="hint">1\u202fh</span>' in page


def test_another_cluster_is_chosen_without_losing_what_was_typed(desk, world):
    other = make_world("AL")
    people.grant(
        person_id=world.coordinator.pk, role=Role.CLUSTER_COORDINATOR, scope="cluster",
        scope_id=other.cluster.pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    assert 'value="move"' in desk.get("/plan/new/").text
    here = typed(world, places_room="17", summary="Two sentences.", closes="2026-11-20")
    moved = {**here, "scope": f"cluster-{other.cluster.pk}", "do": "move"}
    page = desk.post("/plan/new/", moved)
    assert page.status_code == 200
    for kept in ("Čitamo zajedno", "Two sentences.", 'value="17"', 'value="2026-11-26"'):
        assert kept in page.text
    assert f'value="cluster-{other.cluster.pk}" selected' in page.text
    assert f'value="{other.schools[0].pk}"' in page.text
    assert f'value="{world.schools[0].pk}"' not in page.text
    assert "There is a problem" not in page.text
    assert not Event.objects.exists()
    wrong = desk.post("/plan/new/", {**moved, "do": "publish", "title": ""})
    assert wrong.status_code == 422
    assert f'value="cluster-{other.cluster.pk}" selected' in wrong.text


NO_LINK = "No video link yet: people get it when you add it."


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"join_url": ""}, True), ({"mode": "room", "join_url": ""}, False),
     ({"mode": "online"}, False), ({"do": "save", "join_url": "", "mode": "room"}, False)],
)  # fmt: skip
def test_publishing_without_a_link_is_never_silent(desk, world, changes, said):
    desk.post("/plan/new/", typed(world, **changes))
    page = desk.get(f"/events/{Event.objects.get().slug}/").text
    assert (NO_LINK in page) is said


def test_where_a_connection_makes_the_meeting_no_link_is_missed(desk, world, monkeypatch):
    made = "integrations.sync.rooms.accounts.accounts_of_event"
    monkeypatch.setattr(made, lambda *_, **__: {"meeting": object()})
    desk.post("/plan/new/", typed(world, mode="online", join_url=""))
    assert NO_LINK not in desk.get(f"/events/{Event.objects.get().slug}/").text
