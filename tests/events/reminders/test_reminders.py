"""Reminders leave on time, once, in the reader's language and zone, and only where wanted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from events.backstage import sweep
from events.backstage.models import Job, Timer
from events.people import commands as people
from events.programme import commands as programme
from events.registration import commands as registration
from events.reminders import commands, rules
from tests.events.registration.mail import at, letters, settle
from tests.factories.sessions import sign_in
from tests.factories.world import AT, make_event, make_world, wish

START = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
DAY_BEFORE = START - timedelta(days=1)
QUARTER = START - timedelta(minutes=15)


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def event(world):
    found = make_event(world)
    place(found, world.teachers[0], "room")
    place(found, world.teachers[1], "online")
    settle()
    return found


def place(event, person, way):
    registration.register(
        event.pk, person_id=person.pk, way=way, by=actor(person), at=AT + timedelta(seconds=1)
    )


def actor(person):
    from events.networks import queries

    return queries.actor_for(person, at=AT)


def reminded(person):
    return letters(person, "reminder")


def test_the_day_before_everybody_with_a_place_and_later_those_online(world, event):
    room, online = world.teachers[:2]
    settle(DAY_BEFORE - timedelta(seconds=1))
    assert letters(kind="reminder") == []
    settle(DAY_BEFORE)
    assert [row.person_id for row in letters(kind="reminder")] == [room.pk, online.pk]
    settle(QUARTER)
    assert len(reminded(room)) == 1
    first, second = reminded(online)
    assert first.subject.startswith("Reminder: Small steps")
    assert second.subject.startswith("Join online: Small steps")
    assert "/j/" in second.text
    assert "/j/" not in reminded(room)[0].text
    assert "/me/data/" in second.text


def test_nothing_is_sent_twice_however_often_the_work_is_done(world, event):
    settle(DAY_BEFORE)
    commands.keep_timers(event.pk, at=DAY_BEFORE - timedelta(minutes=1))
    settle(DAY_BEFORE + timedelta(minutes=1))
    assert Job.objects.filter(kind="remind").count() == 2
    assert len(letters(kind="reminder")) == 2


def test_a_moved_event_reminds_at_its_new_time_and_again_of_it(world, event):
    settle(DAY_BEFORE)
    moved = wish(world, starts=datetime(2026, 12, 3, 16, 30))
    programme.change(event.pk, moved, by=world.actor(world.coordinator), at=DAY_BEFORE)
    settle(DAY_BEFORE + timedelta(minutes=1))
    settle(QUARTER)
    assert len(letters(kind="reminder")) == 2
    settle(datetime(2026, 12, 2, 15, 30, tzinfo=UTC))
    assert len(letters(kind="reminder")) == 4


def test_a_cancelled_event_and_a_place_given_back_are_not_brought_to_mind(world, event):
    gone = world.teachers[0]
    registration.cancel(event.pk, person_id=gone.pk, by=actor(gone), at=AT + timedelta(minutes=1))
    settle(DAY_BEFORE)
    assert reminded(gone) == []
    programme.cancel(event.pk, reason="Snow", by=world.actor(world.coordinator), at=DAY_BEFORE)
    settle(DAY_BEFORE + timedelta(minutes=1))
    assert not Timer.objects.filter(key__startswith="remind:").exists()
    settle(QUARTER)
    assert len(letters(kind="reminder")) == 1


def test_a_reminder_that_comes_hours_late_stays_away(world, event):
    settle(START - timedelta(hours=1))
    assert letters(kind="reminder") == []
    settle(QUARTER)
    assert [row.person_id for row in letters(kind="reminder")] == [world.teachers[1].pk]


def test_what_was_published_before_reminders_existed_gets_its_timers(world, event):
    Timer.objects.filter(key__startswith="remind:").delete()
    with at(DAY_BEFORE - timedelta(hours=1)) as moment:
        commands.look_ahead(at=moment)
    settle(DAY_BEFORE)
    assert len(letters(kind="reminder")) == 2


def test_a_room_event_has_no_reminder_for_joining(world):
    event = make_event(world, mode="room")
    settle()
    keys = Timer.objects.filter(key__startswith="remind:").values_list("key", flat=True)
    assert [key.rpartition(":")[2] for key in keys] == ["day"]
    assert event.parts.count() == 1


def test_language_and_clock_of_the_reader(world, event):
    reader = world.teachers[1]
    people.change_details(
        person_id=reader.pk, name=reader.name, language="hr", zone="Europe/Lisbon",
        by=actor(reader), at=AT,
    )  # fmt: skip
    settle(DAY_BEFORE)
    [letter] = reminded(reader)
    assert letter.language == "hr"
    assert "15:30" in letter.text  # Lisbon
    assert "16:30" in letter.text  # Zagreb


def test_reminders_are_turned_off_on_the_page_of_my_details(world, event):
    person = world.teachers[0]
    with at(AT):
        client = sign_in(Client(), person)
        assert 'name="reminders"' in client.get("/me/data/").text
        details = {"name": person.name, "language": "en", "zone": ""}
        assert client.post("/me/data/", details).status_code == 302
    settle(DAY_BEFORE)
    assert reminded(person) == []
    assert len(letters(kind="reminder")) == 1


@pytest.mark.parametrize(
    ("wall", "due"),
    [
        ("2026-11-26T16:30", "2026-11-25T15:30"),
        ("2026-11-26T20:30", "2026-11-25T18:00"),
        ("2026-11-26T06:30", "2026-11-24T18:00"),
        ("2027-03-28T16:30", "2027-03-27T15:30"),  # clocks change in the night between
    ],
)
def test_the_day_before_by_the_wall_clock_and_never_at_night(wall, due):
    found = rules.due_at(rules.DAY, datetime.fromisoformat(wall), "Europe/Zagreb")
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_an_hour_without_the_sweep_costs_no_reminder(world, event):
    sweep.drain(at=DAY_BEFORE + timedelta(hours=1))
    settle(DAY_BEFORE + timedelta(hours=1))
    assert len(letters(kind="reminder")) == 2
