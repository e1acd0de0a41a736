"""Series over HTTP: planned with a look at the dates, changed and cancelled by scope."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine

from events.backstage.models import FactRow
from events.planner import series
from events.planner.commands import Place, Wish
from events.programme.models import Event, Part, Series
from events.programme.recurrence import Repeat
from events.registration import commands as registration
from tests.factories.world import AT, make_event, make_world, wish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
TUESDAY = datetime(2026, 11, 10, 16, 30)


@pytest.fixture
def planned(world):
    asked = Wish(
        wish(world, starts=TUESDAY, title="Tuesdays"),
        {"room": None, "online": None},
        Place("School HR 0"),
    )
    by = world.actor(world.coordinator)
    return series.plan(asked, repeat=Repeat("weekly", number=4), publish=True, by=by, at=AT)


def parts(row):
    return list(Part.objects.filter(event__series=row).order_by("recurrence_id"))


def typed(world, **changes):
    values = {
        "scope": f"cluster-{world.cluster.pk}", "kind": "teachmeet", "title": "Tuesdays",
        "day": "2027-03-14", "start": "02:30", "mode": "online", "audience": "cluster",
        "language": "hr", "zone": "Europe/Zagreb", "repeats": "weekly", "repeats_number": "4",
        "do": "publish",
    }  # fmt: skip
    return {**values, **changes}


def hidden(page):
    """What the page that asks once more carries."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def ticked(page):
    return re.findall(r'name="date" value="([^"]+)" checked', page)


def test_the_dates_are_looked_at_before_anything_is_saved(desk, world):
    make_event(world, title="Something else", starts=datetime(2027, 3, 21, 2, 0), minutes=90)
    before = Event.objects.count()
    answer = desk.post("/plan/new/", typed(world))
    page = answer.content.decode()
    assert (answer.status_code, Event.objects.count(), Series.objects.count()) == (200, before, 0)
    assert "At the same time: Something else" in page
    assert "this time does not exist" in page  # 28 March, 02:30
    assert ticked(page) == ["2027-03-14T02:30", "2027-03-21T02:30", "2027-04-04T02:30"]


def test_the_ticked_dates_are_planned_and_published(desk, world):
    page = desk.post("/plan/new/", typed(world, day="2026-11-10", start="16:30")).content.decode()
    kept = ticked(page)[:3]
    assert len(ticked(page)) == 4
    answer = desk.post("/plan/new/", {**hidden(page), "_confirmed": "1", "date": kept})
    row = Series.objects.get()
    assert [part.recurrence_id for part in parts(row)] == kept
    assert set(row.events.values_list("state", flat=True)) == {"published"}
    assert answer.url == f"/events/{parts(row)[0].event.slug}/"
    again = desk.post("/plan/new/", {**hidden(page), "_confirmed": "1", "date": kept})
    assert (again.url, Series.objects.count()) == (answer.url, 1)


def test_a_repetition_without_an_end_is_refused_in_the_form(desk, world):
    answer = desk.post("/plan/new/", typed(world, repeats_number="", day="2026-11-10"))
    assert answer.status_code == 422
    assert "Say until which day the event repeats" in answer.content.decode()
    both = desk.post("/plan/new/", typed(world, repeats_until="2027-01-01", day="2026-11-10"))
    assert "not both" in both.content.decode()
    assert not Event.objects.exists()


def test_undo_takes_the_whole_series_back(desk, planned):
    first = parts(planned)[0]
    page = desk.get(f"/events/{first.event.slug}/").content.decode()
    assert f"/plan/{first.event_id}/unpublish/" in page
    assert "Date 1 of 4" in page
    desk.post(f"/plan/{first.event_id}/unpublish/")
    assert set(Event.objects.values_list("state", flat=True)) == {"draft"}
    desk.post(f"/plan/{first.event_id}/publish/")
    assert set(Event.objects.values_list("state", flat=True)) == {"published"}


def form_of(desk, part):
    """The fields of the edit form as a browser would send them."""
    response = desk.get(f"/plan/{part.event_id}/edit/")
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values["start"] = f"{values['start']:%H:%M}"
    values["scope"] = response.context["scope"].key
    return {name: "" if value is None else str(value) for name, value in values.items()}


def test_effects_of_an_edit_of_the_following_dates_are_told_first(desk, world, planned):
    rows, teacher = parts(planned), world.teachers[0]
    for part in rows:
        registration.register(
            part.event_id, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    values = form_of(desk, rows[1])
    assert (values["reach"], values["repeats"], values["repeats_until"]) == (
        "this", "weekly", "2026-12-01",
    )  # fmt: skip
    values |= {"reach": "following", "start": "17:00", "do": "save", "certificate": "on"}
    before = list(Part.objects.order_by("pk").values()), FactRow.objects.count()
    page = desk.post(f"/plan/{rows[1].event_id}/edit/", values).content.decode()
    assert "3 dates change" in page
    assert "1 registered person gets one mail" in page
    assert (list(Part.objects.order_by("pk").values()), FactRow.objects.count()) == before
    answer = desk.post(f"/plan/{rows[1].event_id}/edit/", {**hidden(page), "_confirmed": "1"})
    assert answer.status_code == 302
    assert [part.starts_wall[-5:] for part in Part.objects.order_by("starts_at")] == [
        "16:30", "17:00", "17:00", "17:00",
    ]  # fmt: skip
    assert Series.objects.count() == 2


def test_an_edit_of_one_date_touches_no_other(desk, planned):
    rows = parts(planned)
    values = form_of(desk, rows[1]) | {"title": "Special", "do": "save", "certificate": "on"}
    desk.post(f"/plan/{rows[1].event_id}/edit/", values)
    assert sorted(Event.objects.values_list("title", flat=True)) == ["Special", *["Tuesdays"] * 3]
    assert Event.objects.get(title="Special").by_hand == ["title"]


def test_a_later_end_adds_dates_for_all(desk, planned):
    rows = parts(planned)
    values = form_of(desk, rows[0]) | {
        "reach": "all", "repeats_until": "2026-12-15", "do": "save", "certificate": "on",
    }  # fmt: skip
    page = desk.post(f"/plan/{rows[0].event_id}/edit/", values).content.decode()
    assert "2 dates are new" in page
    desk.post(f"/plan/{rows[0].event_id}/edit/", {**hidden(page), "_confirmed": "1"})
    assert parts(planned)[-1].wall.date() == date(2026, 12, 15)
    assert (len(parts(planned)), Series.objects.count()) == (6, 1)


def test_cancelling_from_one_date_on(desk, planned):
    rows = parts(planned)
    page = desk.get(f"/plan/{rows[2].event_id}/cancel/").content.decode()
    assert page.count('name="reach"') == 3
    answer = desk.post(f"/plan/{rows[2].event_id}/cancel/", {"reach": "following"})
    assert answer.status_code == 422
    desk.post(f"/plan/{rows[2].event_id}/cancel/", {"reach": "following", "reason": "Snow"})
    states = [part.event.state for part in parts(planned)]
    assert states == [*["published"] * 2, *["cancelled"] * 2]


def test_lists_say_which_dates_belong_together(desk, planned):
    for address in ("/", "/plan/", "/plan/?view=agenda"):
        assert desk.get(address).content.decode().count("One of 4 dates") == 4


@pytest.mark.parametrize("deed", ["edit", "cancel", "publish", "unpublish"])
def test_a_sibling_cluster_cannot_touch_a_series(client, planned, deed):
    other = make_world("AL")
    client.force_login(other.coordinator)
    before = list(Part.objects.order_by("pk").values()), list(Event.objects.order_by("pk").values())
    path = f"/plan/{parts(planned)[0].event_id}/{deed}/"
    for scope in ("this", "following", "all"):
        assert client.post(path, {"reach": scope, "reason": "x"}).status_code == 404
    after = list(Part.objects.order_by("pk").values()), list(Event.objects.order_by("pk").values())
    assert before == after


def test_a_date_that_has_begun_is_not_changed_with_the_others(desk, planned, world):
    rows = parts(planned)
    with time_machine.travel(AT + timedelta(days=10), tick=False):
        desk.force_login(world.coordinator)
        values = form_of(desk, rows[2]) | {
            "reach": "all", "start": "18:00", "do": "save", "certificate": "on",
        }  # fmt: skip
        page = desk.post(f"/plan/{rows[2].event_id}/edit/", values).content.decode()
        desk.post(f"/plan/{rows[2].event_id}/edit/", {**hidden(page), "_confirmed": "1"})
    assert [part.starts_wall[-5:] for part in parts(planned)] == ["16:30", *["18:00"] * 3]
