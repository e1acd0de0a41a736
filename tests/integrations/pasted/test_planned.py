"""A pasted invitation on its way through the planner, the event's page and the API."""

import re
from datetime import timedelta

import pytest

from config.settings.meetings import HOST
from events.backstage import contributed
from events.programme.models import Event, Part
from integrations.pasted import panels, rooms
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db
INVITATION = """Microsoft Teams meeting
Join: https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fmeet%2F3912345678901%3Fp%3DAbC&data=05%7Cana
Meeting ID: 391 234 567 890 1
Passcode: Xy9Zk2
Dial in by phone
+385 1 555 0100,,123456789# Croatia, Zagreb
Phone conference ID: 123 456 789#"""
LINK = "https://teams.microsoft.com/meet/3912345678901?p=AbC"
LINE = "+385 1 555 0100 · 123 456 789# · ID 391 234 567 890 1 · PIN Xy9Zk2"


@pytest.fixture(autouse=True)
def _clock(time_machine):
    time_machine.move_to(AT, tick=False)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def desk(client, world):
    client.force_login(world.coordinator)
    return client


def typed(world, **changes):
    values = {
        "scope": f"cluster-{world.cluster.pk}", "kind": "teachmeet", "title": "Small steps",
        "day": "2026-11-26", "start": "16:30", "minutes": "90", "mode": "online", "host": "",
        "join_url": INVITATION, "audience": "cluster", "language": "en", "zone": "Europe/Zagreb",
        "do": "publish",
    }  # fmt: skip
    return {**values, **changes}


def kept():
    return Part.objects.values_list("join_url", "dial_in").get()


def test_a_whole_invitation_becomes_a_link_and_a_phone_line(desk, world):
    page = desk.post("/plan/new/", typed(world), follow=True).text
    assert kept() == (LINK, LINE)
    assert "Microsoft Teams meeting" in page
    assert LINE in page
    assert "safelinks" not in page


def test_a_phone_line_that_was_typed_stays(desk, world):
    desk.post("/plan/new/", typed(world, dial_in="+385 1 555 0199"))
    assert kept() == (LINK, "+385 1 555 0199")


def test_a_new_invitation_brings_its_own_phone_line(desk, world):
    desk.post("/plan/new/", typed(world))
    event = Event.objects.get()
    new = INVITATION.replace("3912345678901", "3990000000009").replace("0100", "0111")
    sent = typed(world, join_url=new, dial_in=LINE, do="save")
    assert desk.post(f"/plan/{event.pk}/edit/", sent).status_code == 302
    assert kept()[1] == LINE.replace("0100", "0111")


def test_a_new_link_beside_the_old_phone_line_is_asked_about(desk, world):
    desk.post("/plan/new/", typed(world))
    event = Event.objects.get()
    sent = typed(world, join_url="https://meet.google.com/abc-defg-hij", dial_in=LINE, do="save")
    answer = desk.post(f"/plan/{event.pk}/edit/", sent)
    assert (answer.status_code, "still that of the earlier link" in answer.text) == (422, True)
    assert kept() == (LINK, LINE)


def test_a_start_link_is_refused_and_nothing_is_kept(desk, world):
    start = "https://us02web.zoom.us/s/84012345678?zak=eyJ0"
    answer = desk.post("/plan/new/", typed(world, join_url=start))
    assert answer.status_code == 422
    assert "whoever opens it becomes the host" in answer.text
    assert not Event.objects.exists()


def test_a_part_refuses_a_start_link_and_takes_an_invitation(desk, world):
    event = make_event(world, publish=False)
    part = event.parts.get()
    sent = {"day": "2026-11-26", "start": "16:30", "minutes": "90", "mode": "online",
            "zone": "Europe/Zagreb", "join_url": "https://zoom.us/s/1?zak=a"}  # fmt: skip
    answer = desk.post(f"/plan/{event.pk}/parts/{part.pk}/", sent)
    assert "whoever opens it becomes the host" in answer.text
    sent["join_url"] = INVITATION
    assert desk.post(f"/plan/{event.pk}/parts/{part.pk}/", sent).status_code == 302
    assert kept() == (LINK, LINE)


def test_a_warning_is_asked_once_and_stands_on_the_event_s_page(desk, world):
    make_event(world, title="Before us", join_url=LINK)
    answer = desk.post("/plan/new/", typed(world))
    assert answer.status_code == 422
    assert "The same link is used at the same time by: Before us" in answer.text
    assert "Meeting ID: 391 234 567 890 1" in answer.text
    seen = re.search(r'name="_seen" value="([^"]+)"', answer.text)[1]
    page = desk.post("/plan/new/", typed(world, _seen=seen), follow=True).text
    assert "The same link is used at the same time by: Before us" in page


def test_what_was_published_with_a_doubt_is_asked_again_only_when_link_or_time_change(desk, world):
    make_event(world, title="Before us", join_url=LINK)
    event = make_event(world, join_url=LINK, mode="online", minutes=90)
    edit, sent = f"/plan/{event.pk}/edit/", typed(world, join_url=LINK, do="save")
    assert desk.post(edit, {**sent, "title": "Smaller steps"}).status_code == 302
    assert desk.post(edit, {**sent, "start": "17:00"}).status_code == 422
    assert desk.post(edit, {**sent, "join_url": INVITATION}).status_code == 422


def test_the_form_sent_twice_is_not_told_of_its_own_link(desk, world):
    nonce = re.search(r'name="_once" value="([^"]+)"', desk.get("/plan/new/").text)[1]
    first, second = (desk.post("/plan/new/", typed(world, _once=nonce)) for _ in range(2))
    assert first.url == second.url


def test_only_those_who_run_the_event_see_link_line_and_guide(client, world, time_machine):
    event = make_event(world, join_url=LINK, dial_in=LINE, audience="public")
    assert (LINK in client.get(f"/events/{event.slug}/").text) is False
    client.force_login(world.teachers[0])
    page = client.get(f"/events/{event.slug}/").text
    assert LINK not in page
    assert "123 456 789" not in page
    assert "Xy9Zk2" not in page
    client.force_login(world.coordinator)
    page = client.get(f"/events/{event.slug}/").text
    assert LINK in page
    assert "/help/reports/" not in page
    time_machine.move_to(event.starts_at - timedelta(hours=3), tick=False)
    client.force_login(world.coordinator)
    assert "/help/reports/teams/" in client.get(f"/events/{event.slug}/").text


def test_the_panel_is_for_those_who_run_the_event_and_costs_two_queries(
    world, django_assert_num_queries
):
    event = make_event(world, join_url=LINK)
    for person, shown in ((world.teachers[0], False), (world.coordinator, True)):
        actor = world.actor(person)
        with django_assert_num_queries(2 if shown else 1):
            made = panels.meeting(actor, {"event_id": event.pk}, at=AT)
        assert (made is not None) == shown


def test_nothing_is_doubted_about_a_link_of_ours(world, settings):
    start = next(iter(contributed.ways_in()))
    event = make_event(world, join_url=f"{settings.BASE_URL}{start}room/")
    by = world.actor(world.coordinator)
    (shown,) = panels.meeting(by, {"event_id": event.pk}, at=AT).values.meetings
    assert (shown.name, shown.doubts) == ("BigBlueButton room", ())
    assert shown.guide.code == "bigbluebutton"


def test_a_room_is_offered_only_where_the_installation_names_a_host(desk, world, settings):
    assert 'name="do" value="room"' not in desk.get("/plan/new/").text
    before = desk.post("/plan/new/", typed(world, do="room", join_url="")).text
    assert "https:///" not in before
    settings.KOLEGA_JITSI_HOST = "meet.example.org"
    assert "Make a room on meet.example.org" in desk.get("/plan/new/").text
    page = desk.post("/plan/new/", typed(world, do="room", join_url="", title="Čitamo 7")).text
    room = re.search(r"https://meet\.example\.org/Citamo7-[a-z0-9]{10}", page)[0]
    assert 'value="Čitamo 7"' in page
    assert not Event.objects.exists()
    desk.post("/plan/new/", typed(world, join_url=room))
    assert kept() == (room, "")


def test_a_room_can_be_made_for_an_event_that_is_there(desk, world, settings):
    settings.KOLEGA_JITSI_HOST = "meet.example.org"
    event = make_event(world, publish=False)
    page = desk.post(f"/plan/{event.pk}/edit/", typed(world, do="room")).text
    assert re.search(r"https://meet\.example\.org/SmallSteps-[a-z0-9]{10}<", page)
    event.refresh_from_db()
    assert event.parts.get().join_url == "https://meet.example.org/abc"


def test_no_two_rooms_are_alike(settings):
    settings.KOLEGA_JITSI_HOST = "meet.example.org"
    assert len({rooms.room("Небо") for _ in range(50)}) == 50
    assert rooms.room("空").startswith("https://meet.example.org/Kolega-")


@pytest.mark.parametrize(
    "host", ["https://meet.example.org", "meet.example.org/x", "meet", "a b.org"]
)
def test_the_host_for_rooms_is_a_host_name_alone(host):
    assert HOST.match("meet.example.org")
    assert HOST.match("meet.example.org:8443")
    assert not HOST.match(host)
