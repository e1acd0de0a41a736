"""The way from a join link into a room that is made when somebody enters."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache

from attendance.doors import joining
from events.backstage import due
from events.backstage.models import FactRow
from events.programme import commands as programme
from events.programme.facts import EventPublished
from events.programme.models import Part
from events.registration import commands as registration
from events.registration import links
from events.registration.models import Registration
from integrations.accounts import commands as accounts
from integrations.accounts.models import Account
from integrations.meet import entering, handlers, tickets, ways
from integrations.simulators.bigbluebutton.answers import Refused
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.serving import running
from integrations.sync import rooms
from integrations.sync.models import MeetingRoom
from tests.factories.sessions import sign_in
from tests.factories.world import AT, make_event, make_world, wish

pytestmark = pytest.mark.django_db
SECRET = "b" * 40


@pytest.fixture
def server(settings, time_machine):
    settings.KOLEGA_SIMULATORS = settings.KOLEGA_PRIVATE_SERVERS = True
    cache.clear()
    with running(BigBlueButton(SECRET)) as simulator:
        simulator.post.send = lambda notice: 200
        yield simulator


@pytest.fixture
def scene(server, time_machine):
    """An online event that meets at the server, with one teacher in; it begins now."""
    world = make_world()
    connect(world, server)
    event = make_event(world, join_url="", dial_in="+385 1 555 0100", title="Small steps & more")
    handlers.attach(EventPublished(event.pk), at=AT)
    teacher = world.teachers[0]
    registration.register(
        event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
    )
    time_machine.move_to(event.starts_at, tick=False)
    return world, event, teacher


def connect(world, server, **changes):
    known = {
        "provider": "bigbluebutton", "scope": "person", "scope_id": world.coordinator.pk,
        "name": "BBB", "options": {"address": server.url}, **changes,
    }  # fmt: skip
    by = world.actor(world.coordinator)
    return accounts.connect(wish=accounts.Wish(**known), secrets={"secret": SECRET}, by=by, at=AT)


def ticket(event, person):
    part = event.parts.get()
    return ways.onward(part_id=part.pk, person_id=person.pk, at=event.starts_at)


def values(answer):
    return {name: found[0] for name, found in parse_qs(urlsplit(answer.url).query).items()}


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_published_event_gets_an_address_of_ours_as_its_link(scene):
    _, event, _ = scene
    part = event.parts.get()
    assert part.join_url == ways.standing(part.pk)
    assert joining.leads_to_a_meeting(part.join_url)
    assert MeetingRoom.objects.count() == 0


def test_the_wait_page_leads_by_a_ticket_into_the_room(scene, client, server):
    _, event, teacher = scene
    link = links.link_for(event_id=event.pk, person_id=teacher.pk, at=AT)
    page = f"/j/{links.token_of(link)}/"
    onward = client.get(page).headers["Refresh"].partition("url=")[2]
    moved = client.get(onward)
    assert moved.url.startswith("/meet/")
    assert FactRow.objects.filter(kind="JoinOpened").count() == 1
    answer = client.get(moved.url)
    assert answer.status_code == 302
    assert answer.url.startswith(f"{server.url}/bigbluebutton/api/join?")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    found = values(answer)
    assert (found["role"], found["fullName"]) == ("VIEWER", teacher.name)
    assert found["userID"] == str(Registration.objects.get(person=teacher).pk)
    assert teacher.email not in answer.url


def test_who_runs_the_event_leads_in_it(scene, client):
    world, event, _ = scene
    assert values(client.get(ticket(event, world.coordinator)))["role"] == "MODERATOR"


def test_everybody_meets_in_one_room_that_tells_us_of_itself(scene, client, server):
    world, event, teacher = scene
    for person in (teacher, world.coordinator, teacher):
        client.get(ticket(event, person))
    (meeting,) = server.rooms.meetings.values()
    room = MeetingRoom.objects.get()
    assert meeting.key == room.key
    assert re.fullmatch(r"[0-9a-f]{32}", room.key)
    assert meeting.values["name"] == "Small steps & more"
    told = [meeting.metadata[name] for name in
            ("endcallbackurl", "analytics-callback-url", "bbb-recording-ready-url")]  # fmt: skip
    told += [hook.address for hook in server.hooks.hooks]
    assert len(set(told)) == 4
    for address in told:
        query = parse_qs(urlsplit(address).query)
        assert (query["meeting"], urlsplit(address).path[:21]) == (
            [room.key],
            "/hooks/bigbluebutton/",
        )
        assert SECRET not in address


@pytest.mark.parametrize(("announced", "record"), [(True, "true"), (False, "false")])
def test_a_room_can_be_recorded_where_that_was_announced(scene, client, server, announced, record):
    world, _, teacher = scene
    event = make_event(world, join_url="", title="Recorded", recorded=announced)
    registration.register(
        event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
    )
    assert client.get(ticket(event, teacher)).status_code == 302
    assert server.rooms.meetings[MeetingRoom.objects.get().key].values["record"] == record


def test_a_room_that_ends_between_two_calls_is_waited_for(scene, client, server, monkeypatch):
    """Its title changed, so its maker asks for it as it stands; meanwhile the last one left."""
    _, event, teacher = scene

    def ended(_values):
        raise Refused("idNotUnique")

    with monkeypatch.context() as between:
        between.setattr(server.rooms, "create", ended)
        answer = client.get(ticket(event, teacher))
    assert answer.status_code == 200
    assert "The meeting server does not answer yet" in text(answer)
    assert client.get(ticket(event, teacher)).status_code == 302


def test_a_room_stays_though_another_account_is_nearer_meanwhile(scene, client, server):
    world, event, teacher = scene
    client.get(ticket(event, teacher))
    Account.objects.update(scope="world", scope_id=0)
    connect(world, server)
    client.get(ticket(event, teacher))
    assert MeetingRoom.objects.count() == 1


@pytest.mark.parametrize("kind", ["server_error", "hang_up", "garbage", "rate_limit", "half"])
def test_a_server_that_does_not_answer_shows_the_wait_page(scene, client, server, kind):
    _, event, teacher = scene
    server.faults.switch_on(kind, times=9)
    answer = client.get(ticket(event, teacher))
    assert answer.status_code == 200
    assert "The meeting server does not answer yet" in text(answer)
    assert "By phone: +385 1 555 0100" in text(answer)
    again = re.fullmatch(r"5; url=(/meet/.+/)", answer.headers["Refresh"])[1]
    assert again in text(answer)
    server.faults.clear()
    cache.clear()
    assert client.get(again).status_code == 302


def test_a_person_waits_three_seconds_at_most(scene, client, server, monkeypatch):
    import time

    _, event, teacher = scene
    assert entering.SECONDS == 3.0
    monkeypatch.setattr(entering, "SECONDS", 0.5)
    server.faults.switch_on("slow", seconds=2.0)
    began = time.perf_counter()
    assert "does not answer yet" in text(client.get(ticket(event, teacher)))
    assert time.perf_counter() - began < 1.8


def test_a_server_that_is_away_is_left_alone_for_some_seconds(scene, client, server):
    _, event, teacher = scene
    server.faults.switch_on("server_error", times=9)
    for _ in range(5):
        client.get(ticket(event, teacher))
    assert len(server.diary) == 1


def test_a_slow_server_holds_up_no_more_than_a_few(scene, client, server, monkeypatch):
    _, event, teacher = scene
    monkeypatch.setattr(entering, "TURN_SECONDS", 0.01)
    for _ in range(entering.AT_ONCE):
        entering._turns.acquire()
    try:
        assert "does not answer yet" in text(client.get(ticket(event, teacher)))
    finally:
        entering._turns.release(entering.AT_ONCE)
    assert server.diary == []
    assert client.get(ticket(event, teacher)).status_code == 302


def test_a_wrong_secret_is_told_to_its_owner_and_the_page_keeps_trying(scene, client, server):
    _, event, teacher = scene
    server.secret = "x" * 9
    answer = client.get(ticket(event, teacher))
    assert "The meeting server does not let us in" in text(answer)
    assert answer.headers["Refresh"].startswith("60; url=/meet/")
    assert Account.objects.get().trouble == "secret_wrong"
    server.secret = SECRET
    assert client.get(ticket(event, teacher)).status_code == 302
    assert Account.objects.get().trouble == ""


def test_without_an_account_the_page_says_who_has_to_act(scene, client):
    world, event, teacher = scene
    accounts.switch_off(Account.objects.get().pk, by=world.actor(world.coordinator), at=AT)
    assert "The organiser has to set this right" in text(client.get(ticket(event, teacher)))


def test_a_ticket_is_good_for_two_minutes_one_person_and_one_part(scene, client, time_machine):
    _, event, teacher = scene
    way = ticket(event, teacher)
    time_machine.shift(timedelta(seconds=119))
    assert client.get(way).status_code == 302
    time_machine.shift(timedelta(seconds=2))
    answer = client.get(way)
    assert "This way in has run out" in text(answer)
    assert f"/go/{event.parts.get().pk}/" in text(answer)
    assert "Refresh" not in answer.headers
    assert set(re.findall(r"/meet/[^/]+/", text(answer))) <= {way}
    assert client.get(way.replace("/meet/", "/meet/x")).status_code == 404
    assert tickets.read(tickets.issue(part_id=1, person_id=2)) == tickets.Ticket(1, 2)


def test_who_gave_the_place_back_does_not_come_in(scene, client, server):
    world, event, teacher = scene
    way = ticket(event, teacher)
    registration.cancel(event.pk, person_id=teacher.pk, by=world.actor(teacher), at=AT)
    part = event.parts.get()
    assert client.get(way).url == f"/go/{part.pk}/"
    assert client.get(ticket(event, world.teachers[1])).url == f"/go/{part.pk}/"
    assert server.diary == []


def test_nobody_comes_in_when_it_is_over_or_cancelled(scene, client, time_machine):
    world, event, teacher = scene
    programme.cancel(event.pk, reason="Snow", by=world.actor(world.coordinator), at=AT)
    assert client.get(ticket(event, teacher)).url.startswith("/go/")
    programme_over = make_event(world, title="Another")
    time_machine.move_to(programme_over.ends_at, tick=False)
    assert client.get(ticket(programme_over, teacher)).url.startswith("/go/")


def test_the_link_itself_asks_who_it_is(scene, client):
    _, event, _ = scene
    part = event.parts.get()
    assert client.get(f"/meet/{part.pk}/").url == f"/go/{part.pk}/"


def test_a_link_that_a_person_pasted_stays_and_leads_there(scene, client):
    world, _, teacher = scene
    event = make_event(world, join_url="https://meet.example.org/own")
    handlers.attach(EventPublished(event.pk), at=AT)
    part = event.parts.get()
    assert part.join_url == "https://meet.example.org/own"
    link = links.link_for(event_id=event.pk, person_id=teacher.pk, at=AT)
    assert joining.go_on(link, part, at=AT) == "https://meet.example.org/own"


def test_the_link_of_another_part_leads_to_the_own_one(scene):
    """A pasted address of ours opens nothing that the event itself would not open."""
    world, event, teacher = scene
    other = make_event(world, join_url=event.parts.get().join_url)
    link = links.link_for(event_id=other.pk, person_id=teacher.pk, at=AT)
    way = joining.go_on(link, other.parts.get(), at=AT)
    assert tickets.read(way.split("/")[2]).part_id == other.parts.get().pk


@pytest.mark.parametrize("changes", [{"mode": "room"}, {"publish": False}])
def test_only_published_parts_with_an_online_side_get_a_link(scene, changes):
    world, _, _ = scene
    event = make_event(world, join_url="", **changes)
    handlers.attach(EventPublished(event.pk), at=AT)
    assert event.parts.get().join_url == ""


def test_a_server_connected_after_publishing_serves_too(server):
    world = make_world()
    event = make_event(world, join_url="")
    due.run_chores(at=AT)
    assert event.parts.get().join_url == ""
    connect(world, server)
    due.run_chores(at=AT + timedelta(hours=2))
    assert event.parts.get().join_url == ways.standing(event.parts.get().pk)


def test_events_whose_meetings_are_elsewhere_get_no_link_of_ours(server):
    world = make_world()
    event = make_event(world, join_url="")
    handlers.attach(EventPublished(event.pk), at=AT)
    assert Part.objects.get(event=event).join_url == ""
    connect(world, server, provider="google", options={}, calendar="c")
    handlers.attach(EventPublished(event.pk), at=AT)
    assert Part.objects.get(event=event).join_url == ""
    assert rooms.room_of(event.parts.get().pk, event_id=event.pk, at=AT) is None


def test_an_event_with_a_link_of_ours_is_edited_without_questions_about_it(scene, client):
    world, event, _ = scene
    sign_in(client, world.coordinator)
    part = event.parts.get()
    values = {
        "scope": f"cluster-{world.cluster.pk}", "kind": "teachmeet", "title": "Another title",
        "day": "2026-11-26", "start": "16:30", "minutes": "150", "mode": "hybrid",
        "host": world.schools[0].pk, "join_url": part.join_url, "dial_in": part.dial_in,
        "language": "en", "audience": "cluster", "zone": "Europe/Zagreb", "do": "save",
    }  # fmt: skip
    answer = client.post(f"/plan/{event.pk}/edit/", values)
    assert "does not begin with https" not in text(answer)
    seen = re.search(r'name="_seen" value="([^"]*)"', text(answer))[1]
    client.post(f"/plan/{event.pk}/edit/", {**values, "_seen": seen, "_confirmed": "1"})
    event.refresh_from_db()
    assert (event.parts.get().join_url, event.title) == (part.join_url, "Another title")


def test_every_part_has_a_room_of_its_own(scene):
    world, event, _ = scene
    other = make_event(world, join_url="", title="Other")
    made = [rooms.room_of(one.parts.get().pk, event_id=one.pk, at=AT) for one in (event, other)]
    assert made[0].key != made[1].key
    assert rooms.room_at(made[0].key, account_id=made[0].account_id) == made[0]
    assert rooms.room_at(made[0].key, account_id=0) is None
    assert len(rooms.rooms_of([made[0].part_id, made[1].part_id])) == 2
    assert wish(world).join_url
