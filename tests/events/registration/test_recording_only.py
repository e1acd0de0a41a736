"""Recording only: no place, no pool, a mail when it is up, and back to a real place at any time."""

import json

import pytest
from django.test import Client

from attendance.presence import queries as presence
from attendance.presence import watching
from events.backstage.models import Letter
from events.kernel.errors import Missing, NotAllowed
from events.programme import commands as programme
from events.registration import (
    commands,
    desk,
    links,
    panels,
    personal,
    queries,
    readers,
    together,
    wishing,
)
from events.registration.commands import RegistrationOver
from events.registration.models import Pool, RecordingWish, Registration
from events.registration.wishing import NotRecorded
from recordings.library import queries as library
from recordings.watched.models import Watched
from tests.factories.recordings import MINUTE, make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    return make_event(
        world, kind="webinar", minutes=60, mode="hybrid", recorded=True,
        places={"room": 1, "online": None},
    )  # fmt: skip


def register(world, event, person, way="room"):
    by = world.actor(person)
    return commands.register(event.pk, person_id=person.pk, way=way, by=by, at=AT)


def ask(world, event, person, at=AT):
    return wishing.ask(event.pk, person_id=person.pk, by=world.actor(person), at=at)


def counters(event):
    return list(Pool.objects.filter(event=event).order_by("pk").values_list("taken", "waiting"))


def test_it_counts_in_no_pool_and_is_expected_nowhere(world, event):
    before = counters(event)
    ask(world, event, world.teachers[0])
    ask(world, event, world.teachers[0])
    assert counters(event) == before
    assert RecordingWish.objects.count() == 1
    assert queries.roster(event.pk) == []
    assert presence.judge(event.pk, at=event.ends_at) == {}
    assert presence.board(event.pk, at=event.ends_at) == []
    assert commands.recount(at=AT) == []


def test_a_place_is_given_back_to_who_waits_and_may_be_taken_again(world, event):
    first, second = world.teachers[:2]
    register(world, event, first)
    register(world, event, second)
    ask(world, event, first)
    assert queries.standing_of(event.pk, second.pk).state == "registered"
    assert queries.standing_of(event.pk, first.pk).state == "cancelled"
    register(world, event, first, "online")
    assert queries.standing_of(event.pk, first.pk).state == "registered"
    assert not queries.has_asked(event.pk, first.pk)
    commands.cancel(event.pk, person_id=first.pk, by=world.actor(first), at=AT)
    assert not queries.has_asked(event.pk, first.pk)
    register(world, event, first, "online")
    ask(world, event, first)
    assert queries.has_asked(event.pk, first.pk)
    assert not queries.holding(event.pk).filter(person=first).exists()


def test_colleagues_registered_together_no_longer_ask(world, event):
    person = world.teachers[0]
    ask(world, event, person)
    together.register_all(
        event.pk, person_ids=[person.pk], way="online", by=world.actor(world.coordinator), at=AT
    )
    assert not queries.has_asked(event.pk, person.pk)


def test_only_where_a_recording_is_announced_and_before_the_end(world, event):
    person = world.teachers[0]
    other = make_event(world, title="Unrecorded")
    with pytest.raises(NotRecorded):
        ask(world, other, person)
    with pytest.raises(RegistrationOver):
        ask(world, event, person, at=event.ends_at)
    with pytest.raises(NotAllowed):
        wishing.ask(event.pk, person_id=person.pk, by=world.actor(world.teachers[1]), at=AT)
    assert not RecordingWish.objects.exists()


def test_it_is_taken_back_by_oneself_alone(world, event):
    person = world.teachers[0]
    ask(world, event, person)
    with pytest.raises(NotAllowed):
        wishing.forgo(event.pk, person_id=person.pk, by=world.actor(world.teachers[1]), at=AT)
    wishing.forgo(event.pk, person_id=person.pk, by=world.actor(person), at=AT)
    assert not queries.has_asked(event.pk, person.pk)
    with pytest.raises(Missing):
        wishing.forgo(event.pk, person_id=person.pk, by=world.actor(person), at=AT)


def test_no_invitation_and_no_list_of_the_unreached_names_who_asked(world, event):
    person = world.teachers[0]
    assert person in readers.to_invite(event, at=AT)
    ask(world, event, person)
    assert person not in readers.to_invite(event, at=AT)


def test_who_asked_hears_that_the_event_is_called_off(world, event):
    person = world.teachers[0]
    ask(world, event, person)
    programme.cancel(event.pk, reason="Snow", by=world.actor(world.coordinator), at=AT)
    assert list(readers.invited_only(event, "event-cancelled:")) == [person]


def test_watching_counts_for_who_asked_alone(world, event):
    person, at = world.teachers[0], event.ends_at
    ask(world, event, person)
    recording = make_recording(event)
    Watched.objects.create(
        person=person, recording=recording, ranges=[[0, 50 * MINUTE]],
        counted=[[0, 50 * MINUTE]], last_at=at,
    )  # fmt: skip
    watching.see_watched(recording.pk, person_id=person.pk, by=SYSTEM, at=at)
    found = presence.judge(event.pk, at=at)[person.pk]
    assert (found.minutes_counted, str(found.status)) == (50, "present")


def test_who_asked_may_watch(world, event):
    sibling = make_world("SI", teachers=1).teachers[0]
    recording = make_recording(event)
    actor = world.actor(sibling)
    assert not library.visible_to(actor, at=event.ends_at).exists()
    RecordingWish.objects.create(event=event, person=sibling, asked_at=AT)
    assert library.visible_to(actor, at=event.ends_at).get() == recording
    assert library.seen(recording.slug, by=actor, at=event.ends_at) == recording


def test_the_desk_names_them_apart_and_others_read_a_number(world, event):
    first, second = world.teachers[:2]
    register(world, event, first)
    ask(world, event, second)
    ids, keeper = {"event_id": event.pk}, world.actor(world.coordinator)
    assert desk.recording_only(keeper, ids, at=AT).values.names == (second.name,)
    assert desk.recording_only(world.actor(first), ids, at=AT) is None
    assert desk.cannot_come(keeper, ids, at=AT) is None
    shown = panels.who_comes(world.actor(first), ids, at=AT).values
    assert (sum(one.people for one in shown.schools), shown.watching) == (1, 1)


def test_the_page_asks_once_and_leads_back_to_a_place(world, event):
    person = world.teachers[0]
    client, page = sign_in(Client(), person), f"/events/{event.slug}/register/"
    assert "?way=recording" in client.get(page).content.decode()
    assert "Watch the recording instead?" in client.get(f"{page}?way=recording").content.decode()
    client.post(page, {"way": "recording"})
    assert "You asked for the recording" in client.get(page).content.decode()
    client.post(page, {"way": "online"})
    assert queries.standing_of(event.pk, person.pk).way == "online"
    client.post(page, {"way": "recording"})
    assert "You asked for the recording" in client.get(page).content.decode()
    client.post(page, {"way": "no"})
    assert not queries.has_asked(event.pk, person.pk)
    event_page = client.get(f"/events/{event.slug}/").content.decode()
    assert "tell me when the recording is up" in event_page


def test_the_personal_link_does_the_same(world, event):
    person = world.teachers[0]
    link = links.link_for(event_id=event.pk, person_id=person.pk, at=AT)
    page = f"/r/{links.token_of(link)}/"
    assert "?way=recording" in Client().get(page).content.decode()
    Client().post(page, {"way": "recording"})
    assert queries.has_asked(event.pk, person.pk)
    assert "You asked for the recording" in Client().get(page).content.decode()
    Client().post(page, {"way": "no"})
    assert not queries.has_asked(event.pk, person.pk)
    assert list(queries.declined(event.pk)) == [person]


def test_nothing_is_offered_where_nothing_is_recorded(world):
    event = make_event(world, title="Unrecorded")
    client = sign_in(Client(), world.teachers[0])
    for page in (f"/events/{event.slug}/register/", f"/events/{event.slug}/"):
        assert "recording is up" not in client.get(page).content.decode()
    assert client.post(f"/events/{event.slug}/register/", {"way": "recording"}).status_code == 409


def test_the_person_can_take_it_along(world, event):
    ask(world, event, world.teachers[0])
    (row,) = personal.of_person(world.teachers[0].pk)
    assert (row["way"], row["title"]) == ("recording", event.title)
    assert not Registration.objects.exists()
    assert not Letter.objects.filter(kind="receipt").exists()
    assert json.dumps(row, default=str)
