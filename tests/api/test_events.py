"""Events through the API: found, read, paged, and what becomes of them."""

import pytest

from events.programme import queries as programme
from tests.api.calls import Caller
from tests.factories import world as factory

pytestmark = pytest.mark.django_db


def titles(answer) -> list[str]:
    return [item["title"] for item in answer.json()["items"]]


def test_a_list_follows_its_pages_and_what_comes_between_neither_doubles_nor_hides(world):
    for day in range(10, 15):
        factory.make_event(world, title=f"Day {day}", starts=factory.datetime(2026, 11, day, 16))
    caller = Caller(world.coordinator)
    first = caller.get("/events?limit=2")
    assert titles(first) == ["Day 10", "Day 11"]
    factory.make_event(world, title="Between", starts=factory.datetime(2026, 11, 9, 16))
    second = caller.get(first.json()["next"])
    assert titles(second) == ["Day 12", "Day 13"]
    third = caller.get(second.json()["next"])
    assert (titles(third), third.json()["next"]) == (["Day 14"], None)


def test_a_cursor_of_another_list_is_refused(world):
    for day in range(10, 13):
        factory.make_event(world, starts=factory.datetime(2026, 11, day, 16))
    caller = Caller(world.coordinator)
    following = caller.get("/events?limit=1").json()["next"]
    for wrong in (
        following.replace("limit=1", "limit=1&state=draft"),
        "/events?cursor=abc:def:ghi",
    ):
        answer = caller.get(wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor_wrong")


@pytest.mark.parametrize("number", [1, 6])
def test_a_list_costs_the_same_for_many_events(world, number, django_assert_max_num_queries):
    for day in range(number):
        factory.make_event(world, starts=factory.datetime(2026, 11, 10 + day, 16))
    caller = Caller(world.coordinator)
    caller.get("/events")
    with django_assert_max_num_queries(15):
        answer = caller.get("/events")
    assert len(answer.json()["items"]) == number


def test_times_are_told_as_utc_and_as_the_clock_on_the_wall(world):
    event = factory.make_event(world)
    found = Caller(world.coordinator).get(f"/events/{event.pk}").json()
    assert found["starts"] == {
        "utc": "2026-11-26T15:30:00Z",
        "wall": "2026-11-26T16:30",
        "zone": "Europe/Zagreb",
    }


def test_an_unchanged_event_is_not_sent_again(world):
    event = factory.make_event(world)
    caller = Caller(world.coordinator)
    tag = caller.get(f"/events/{event.pk}").headers["ETag"]
    again = caller.get(f"/events/{event.pk}", **{"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)


def test_the_link_to_the_meeting_is_for_those_who_run_the_event(world):
    event = factory.make_event(world, audience="public")
    read = [Caller(world.coordinator), Caller(world.teachers[0]), Caller()]
    links = [one.get(f"/events/{event.pk}").json()["parts"][0]["join_url"] for one in read]
    assert links == ["https://meet.example.org/abc", None, None]


def test_a_hidden_event_answers_byte_for_byte_like_a_missing_one(world):
    elsewhere = factory.make_world("AL")
    event = factory.make_event(elsewhere)
    caller = Caller(world.teachers[0])
    for method, path in (
        ("GET", ""),
        ("POST", "/publish"),
        ("POST", "/cancel"),
        ("GET", "/parts/1/running-order"),
    ):
        body = {} if path == "/cancel" else None
        hidden = caller.call(method, f"/events/{event.pk}{path}", body)
        missing = caller.call(method, f"/events/999999{path}", body)
        assert hidden.status_code == 404
        assert (hidden.content, hidden.headers.items()) == (
            missing.content,
            missing.headers.items(),
        )


def test_an_event_goes_its_way(world):
    event = factory.make_event(world, publish=False)
    caller = Caller(world.coordinator)
    states = [
        caller.post(f"/events/{event.pk}/{deed}", body).json()["state"]
        for deed, body in (
            ("publish", None),
            ("unpublish", None),
            ("publish", None),
            ("cancel", {"reason": "Snow."}),
        )
    ]
    assert states == ["published", "draft", "published", "cancelled"]
    late = caller.post(f"/events/{event.pk}/publish")
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")


def test_a_deed_based_on_an_old_state_is_refused(world):
    event = factory.make_event(world, publish=False)
    caller = Caller(world.coordinator)
    tag = caller.get(f"/events/{event.pk}").headers["ETag"]
    assert caller.post(f"/events/{event.pk}/publish", **{"If-Match": tag}).status_code == 200
    stale = caller.post(f"/events/{event.pk}/cancel", {"reason": "Snow."}, **{"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_meanwhile")
    assert programme.event_for_work(event.pk).state == "published"


def test_the_running_order_is_replaced_only_by_who_has_read_it(world):
    event = factory.make_event(world)
    part = programme.parts_of(event.pk)[0]
    path = f"/events/{event.pk}/parts/{part.pk}/running-order"
    wanted = {
        "items": [
            {
                "form": "talk",
                "minutes": 7,
                "title": "Small steps",
                "presenter_id": world.teachers[0].pk,
            }
        ]
    }
    caller = Caller(world.coordinator)
    assert caller.put(path, wanted).status_code == 428
    tag = caller.get(path).headers["ETag"]
    done = caller.put(path, wanted, **{"If-Match": tag})
    assert [one["presenter"]["name"] for one in done.json()["items"]] == [world.teachers[0].name]
    assert caller.put(path, wanted, **{"If-Match": tag}).status_code == 412
    assert done.headers["ETag"] == caller.get(path).headers["ETag"]


def test_only_people_of_the_audience_present(world):
    event = factory.make_event(world)
    part = programme.parts_of(event.pk)[0]
    path = f"/events/{event.pk}/parts/{part.pk}/running-order"
    caller = Caller(world.coordinator)
    tag = caller.get(path).headers["ETag"]
    stranger = factory.make_person("Somebody Else")
    for pk in (stranger.pk, 999999):
        wanted = {"items": [{"form": "talk", "minutes": 7, "presenter_id": pk}]}
        answer = caller.put(path, wanted, **{"If-Match": tag})
        assert (answer.status_code, answer.json()["code"]) == (422, "presenter_elsewhere")
