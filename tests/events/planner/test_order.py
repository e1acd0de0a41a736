"""The running order: buttons rearrange, only Save changes anything."""

import pytest
import time_machine

from events.programme.models import Part, Slot
from tests.factories.world import AT, join, make_event, make_person, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(client, world):
    client.force_login(world.coordinator)
    return make_event(world, kind="webinar", mode="online", minutes=60)


def sent(*slots, do):
    values = {"form-TOTAL_FORMS": len(slots), "form-INITIAL_FORMS": 0, "do": do}
    for number, slot in enumerate(slots):
        for name, value in {"form": "talk", "minutes": 7, **slot}.items():
            values[f"form-{number}-{name}"] = value
    return values


def titles(page):
    import re

    return re.findall(r'name="form-\d+-title" value="([^"]*)"', page)


A, B, C = {"title": "A"}, {"title": "B"}, {"title": "C"}


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("up-1", ["B", "A", "C"]),
        ("down-1", ["A", "C", "B"]),
        ("remove-0", ["B", "C"]),
        ("up-0", ["A", "B", "C"]),
        ("down-2", ["A", "B", "C"]),
        ("up-99", ["A", "B", "C"]),
        ("up-²", ["A", "B", "C"]),
        ("nonsense", ["A", "B", "C"]),
    ],
)
def test_buttons_rearrange_without_saving(client, event, do, order):
    answer = client.post(f"/plan/{event.pk}/order/", sent(A, B, C, do=do))
    assert answer.status_code == 200
    assert titles(answer.text) == order
    assert "Not saved yet" in answer.text
    assert not Slot.objects.exists()


def test_a_slot_is_added_at_the_end(client, event):
    answer = client.post(f"/plan/{event.pk}/order/", sent(A, do="add"))
    assert answer.text.count("-minutes") >= 2
    assert 'name="form-1-minutes" value="7"' in answer.text


def test_save_keeps_the_order_and_finds_the_presenter_without_accents(client, world, event):
    presenter = make_person("Željka Đurić")
    join(presenter, world.schools[1])
    slots = [{"title": "A", "presenter": "zeljka djuric"}, {"form": "break", "minutes": 15}]
    answer = client.post(f"/plan/{event.pk}/order/", sent(*slots, do="save"))
    assert answer.url == f"/events/{event.slug}/"
    rows = list(Slot.objects.values_list("order", "form", "minutes", "title", "presenter"))
    assert rows == [(1, "talk", 7, "A", presenter.pk), (2, "break", 15, "", None)]
    assert "Željka Đurić" in client.get(answer.url).text


def test_a_name_nobody_has_is_told_and_nothing_is_saved(client, event):
    answer = client.post(f"/plan/{event.pk}/order/", sent({"presenter": "Nobody X"}, do="save"))
    assert answer.status_code == 422
    assert "Nobody here is called Nobody X." in answer.text
    assert not Slot.objects.exists()


def test_people_of_one_name_are_told_apart_by_school(client, world, event):
    for number in (1, 2):
        join(make_person("Ana Horvat", email=f"ana{number}@example.org"), world.schools[number])
    page = client.get(f"/plan/{event.pk}/order/").text
    assert "Ana Horvat, School HR 1" in page
    assert "Ana Horvat, School HR 2" in page
    refused = client.post(f"/plan/{event.pk}/order/", sent({"presenter": "Ana Horvat"}, do="save"))
    assert refused.status_code == 422


def test_slots_longer_than_the_event_are_told(client, event):
    page = client.post(f"/plan/{event.pk}/order/", sent({"minutes": 90}, do="add")).text
    assert "note warn" in page
    assert Part.objects.get().minutes == 60
