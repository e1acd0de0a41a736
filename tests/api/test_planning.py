"""Events planned and changed through the API, checked like the form of the pages."""

import pytest

from events.programme.models import Event
from events.programme.queries import parts_of
from tests.api.calls import Caller
from tests.factories import world as factory

pytestmark = pytest.mark.django_db


def wanted(world, **changes):
    return {
        "kind": "webinar", "title": "Small steps", "starts": "2026-11-26T16:30",
        "cluster_id": world.cluster.pk, **changes,
    }  # fmt: skip


def test_the_kind_fills_in_what_is_left_out(world):
    made = Caller(world.coordinator).post("/events", wanted(world))
    assert made.status_code == 201
    found = made.json()
    assert made.headers["Location"] == found["links"]["self"]
    assert (found["state"], found["parts"][0]["minutes"], found["parts"][0]["mode"]) == (
        "draft",
        60,
        "online",
    )


def test_a_plan_sent_twice_makes_one_event(world):
    caller = Caller(world.coordinator)
    first = caller.post("/events", wanted(world), key="one")
    again = caller.post("/events", wanted(world), key="one")
    assert first.content == again.content
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"starts": "2026-02-31T16:30"}, "/starts"),
        ({"starts": "2027-03-28T02:30"}, "/starts"),
        ({"zone": "Europe/Nowhere"}, "/zone"),
        ({"language": "xx"}, "/language"),
        ({"host_school_id": 999999}, "/host_school_id"),
        ({"join_url": "not a link"}, "/join_url"),
        ({"join_url": "https://zoom.us/s/84012345678?zak=a"}, "/join_url"),
        ({"registration_closes_on": "2026-12-24"}, "/registration_closes_on"),
    ],
)
def test_what_the_form_refuses_is_refused_and_named(world, changes, pointer):
    answer = Caller(world.coordinator).post("/events", wanted(world, **changes))
    assert answer.status_code == 422
    assert pointer in {one["pointer"] for one in answer.json()["errors"]}
    assert not Event.objects.exists()


def test_nobody_plans_elsewhere_and_learns_nothing(world):
    elsewhere = factory.make_world("AL")
    caller = Caller(world.coordinator)
    other = caller.post("/events", wanted(world, cluster_id=elsewhere.cluster.pk))
    none = caller.post("/events", wanted(world, cluster_id=999999))
    assert other.status_code == 403
    assert other.content == none.content


def test_a_change_keeps_what_is_left_out(world):
    event = factory.make_event(world, summary="As it was", places={"room": 12})
    caller = Caller(world.coordinator)
    tag = caller.get(f"/events/{event.pk}").headers["ETag"]
    done = caller.patch(f"/events/{event.pk}", {"title": "Bigger steps"}, **{"If-Match": tag})
    assert done.status_code == 200, done.content
    found = done.json()
    assert (found["title"], found["summary"]) == ("Bigger steps", "As it was")
    assert found["starts"]["wall"] == "2026-11-26T16:30"
    rooms = {
        one["way"]: one["capacity"] for one in caller.get(found["links"]["places"]).json()["items"]
    }
    assert rooms == {"room": 12, "online": None}
    late = caller.patch(f"/events/{event.pk}", {"title": "Late"}, **{"If-Match": tag})
    assert late.status_code == 412


def test_a_second_day_is_added_and_called_off(world):
    event = factory.make_event(world)
    caller = Caller(world.coordinator)
    day = {"starts": "2026-11-27T09:00", "minutes": 60, "mode": "online"}
    assert len(caller.post(f"/events/{event.pk}/parts", day).json()["parts"]) == 2
    part = parts_of(event.pk)[1]
    gone = caller.post(f"/events/{event.pk}/parts/{part.pk}/cancel", {"reason": "Snow."}).json()
    assert [one["cancelled_at"] is None for one in gone["parts"]] == [True, False]
