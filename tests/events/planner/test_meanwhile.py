"""Two tabs with the form of one event: the older one overwrites nothing in silence."""

from datetime import datetime

import pytest

from events.planner import commands, series
from events.planner.commands import Wish
from events.programme import queries
from events.programme.models import Part
from events.programme.recurrence import Repeat
from events.registration import commands as registration
from events.registration.models import Pool
from tests.events.planner.test_series_pages import form_of, hidden
from tests.factories.world import AT, wish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
STARTS = datetime(2026, 11, 10, 16, 30)


@pytest.fixture
def part(world):
    asked = Wish(wish(world, starts=STARTS, title="Old"), {"room": 5, "online": None})
    event = commands.plan(asked, publish=True, by=world.actor(world.coordinator), at=AT)
    return Part.objects.get(event=event)


def tab(desk, part):
    """The form as a browser would send it, with what it carries unseen."""
    page = desk.get(f"/plan/{part.event_id}/edit/").text
    return {**form_of(desk, part), **hidden(page), "do": "save", "certificate": "on"}


def send(desk, part, values):
    return desk.post(f"/plan/{part.event_id}/edit/", values)


def test_the_older_tab_is_told_what_changed_and_saves_nothing(desk, world, part):
    one, two = tab(desk, part), tab(desk, part)
    assert send(desk, part, one | {"start": "18:00"}).status_code == 302
    answer = send(desk, part, two | {"title": "New"})
    assert answer.status_code == 422
    assert "Coordinator HR has changed this event meanwhile: time" in answer.text
    assert 'value="New"' in answer.text
    assert queries.event_for_work(part.event_id).title == "Old"
    assert Part.objects.get().starts_wall == "2026-11-10T18:00"


def test_who_has_read_it_may_save(desk, part):
    one, two = tab(desk, part), tab(desk, part)
    send(desk, part, one | {"start": "18:00"})
    page = send(desk, part, two | {"title": "New"}).text
    answer = send(desk, part, two | hidden(page) | {"title": "New", "start": "18:00"})
    assert answer.status_code == 302
    assert queries.event_for_work(part.event_id).title == "New"
    assert Part.objects.get().starts_wall == "2026-11-10T18:00"


def test_changed_places_are_noticed_too(desk, part):
    one, two = tab(desk, part), tab(desk, part)
    send(desk, part, one | {"places_room": "4"})
    answer = send(desk, part, two | {"title": "New"})
    assert answer.status_code == 422
    assert "Places set" in answer.text
    assert Pool.objects.get(way="room").capacity == 4


def test_the_same_form_sent_twice_is_no_conflict(desk, part):
    one = tab(desk, part) | {"start": "18:00"}
    assert [send(desk, part, one).status_code for _ in range(2)] == [302, 302]


def test_effects_are_not_told_from_an_old_state(desk, world, part):
    teacher = world.teachers[0]
    registration.register(
        part.event_id, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    one, two = tab(desk, part), tab(desk, part)
    asked = send(desk, part, one | {"start": "18:00"}).text
    assert "Before you save" in asked
    seen = send(desk, part, two | {"start": "19:00"}).text
    assert send(desk, part, {**hidden(asked), "_confirmed": "1"}).status_code == 302
    late = send(desk, part, {**hidden(seen), "_confirmed": "1"})
    assert (late.status_code, "meanwhile: time" in late.text) == (422, True)
    again = send(desk, part, two | {"title": "New"})
    assert (again.status_code, "meanwhile: time" in again.text) == (422, True)
    assert Part.objects.get().starts_wall == "2026-11-10T18:00"


@pytest.mark.parametrize("reach", ["this", "following", "all"])
def test_an_edit_of_a_series_is_noticed(desk, world, reach):
    asked = Wish(wish(world, starts=STARTS, title="Old"), {"room": 5, "online": None})
    by = world.actor(world.coordinator)
    row = series.plan(asked, repeat=Repeat("weekly", number=4), publish=True, by=by, at=AT)
    date = Part.objects.filter(event__series=row).order_by("recurrence_id")[1]
    one, two = tab(desk, date), tab(desk, date)
    page = send(desk, date, one | {"reach": "all", "start": "18:00"}).text
    send(desk, date, {**hidden(page), "_confirmed": "1"})
    answer = send(desk, date, two | {"reach": reach, "title": "New"})
    assert (answer.status_code, "meanwhile: time" in answer.text) == (422, True)
    assert set(Part.objects.values_list("event__title", flat=True)) == {"Old"}
    assert {part.starts_wall[-5:] for part in Part.objects.all()} == {"18:00"}
