"""What is told before an event is saved or published: a start that has passed, places, the link."""

import re
from datetime import datetime

import pytest
import time_machine

from events.planner import commands, series
from events.planner.commands import Wish
from events.programme import order, queries
from events.programme.models import Event, Part
from events.programme.recurrence import Repeat
from events.registration import commands as registration
from tests.events.planner.test_planning import typed
from tests.events.planner.test_series_pages import form_of, hidden
from tests.factories.world import AT, later, make_event, wish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
STARTS = datetime(2026, 11, 10, 16, 30)
PASSED = "The start has passed."


def planned(world, publish=True, **values):
    asked = Wish(wish(world, starts=STARTS, **values), {"room": 2, "online": None})
    return commands.plan(asked, publish=publish, by=world.actor(world.coordinator), at=AT)


def test_a_draft_in_the_past_is_saved_only_after_a_word(desk, world):
    answer = desk.post("/plan/new/", typed(world, day="2020-01-01", do="save"))
    assert (answer.status_code, Event.objects.count()) == (422, 0)
    assert PASSED in answer.text
    seen = hidden(answer.text)["_seen"]
    answer = desk.post("/plan/new/", typed(world, day="2020-01-01", do="save", _seen=seen))
    assert (answer.status_code, Event.objects.get().state) == (302, "draft")


def test_publishing_the_past_is_refused_at_the_date(desk, world):
    page = desk.post("/plan/new/", typed(world, day="2026-11-01")).text
    assert "#id_day" in page
    assert 'id="id_day_error"' in page


def test_publishing_a_draft_whose_start_has_passed_leads_to_its_date(client, world):
    event = planned(world, publish=False)
    with time_machine.travel(later(days=30), tick=False):
        client.force_login(world.coordinator)
        answer = client.post(f"/plan/{event.pk}/publish/", follow=True)
    assert answer.redirect_chain[0][0].startswith(f"/plan/{event.pk}/edit/")
    assert PASSED in answer.text
    assert 'href="#id_day"' in answer.text
    assert Event.objects.get().state == "draft"


def test_changed_places_are_listed_before_saving(desk, world):
    event = planned(world)
    teacher, part = world.teachers[0], Part.objects.get()
    registration.register(
        event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    values = form_of(desk, part) | {"do": "save", "certificate": "on", "start": "17:00"}
    same = desk.post(f"/plan/{event.pk}/edit/", values).text
    assert "Before you save" in same
    assert "Places in the room" not in same
    page = desk.post(f"/plan/{event.pk}/edit/", values | {"places_room": "1"}).text
    assert "Places in the room: from 2 to 1." in page
    page = desk.post(f"/plan/{event.pk}/edit/", values | {"places_room": ""}).text
    assert "Places in the room: from 2 to no limit." in page


@pytest.mark.parametrize(
    ("mode", "link", "missing"),
    [("online", "", True), ("hybrid", "", True), ("room", "", False),
     ("online", "https://meet.example.org/a", False)],
)  # fmt: skip
def test_a_missing_video_link_is_said_before_publishing(desk, world, mode, link, missing):
    event = planned(world, publish=False, mode=mode, join_url=link)
    for path in (f"/plan/{event.pk}/edit/", f"/events/{event.slug}/"):
        assert ("No video link yet" in desk.get(path).text) is missing, path


def test_lists_of_the_planner_name_their_months(desk, world):
    for month in (11, 12):
        make_event(world, title=f"In {month}", starts=datetime(2026, month, 20, 16, 0))
    page = desk.get("/plan/?view=agenda").text
    assert re.findall(r'<h3 class="wk">([^<]+)</h3>', page) == ["November 2026", "December 2026"]
    assert page.count('<ul class="agenda">') == 2


def test_a_preselected_choice_is_not_called_optional(desk, world):
    asked = Wish(wish(world, starts=STARTS), {"room": None, "online": None})
    by = world.actor(world.coordinator)
    series.plan(asked, repeat=Repeat("weekly", number=3), publish=True, by=by, at=AT)
    page = desk.get(f"/plan/{Part.objects.first().event_id}/edit/").text
    assert re.search(r"<legend>Which dates change\s*</legend>", page)


def test_strangers_are_told_to_sign_in_only_where_there_is_something(client, world):
    words = "Sign in to see the events of your network"
    assert words not in client.get("/").text
    planned(world)
    page = client.get("/").text
    assert words in page
    assert "Nothing planned yet" not in page


def test_time_after_the_last_slot_is_drawn_as_open(world):
    event = planned(world)
    [each] = order.programmes(queries.parts_of(event.pk), queries.running_orders(event.pk))
    assert each.slots[-1].until < each.strip_total
    assert each.strip[-1] == ("o", each.slots[-1].until, each.part.minutes)
