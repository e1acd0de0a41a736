"""How the API is called: tokens, scopes, keys, limits, and one shape for all refusals."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from events.interface import gate
from events.kernel.actors import Role
from events.people import commands as people
from events.people.models import ApiToken
from events.people.tokens import commands as tokens
from events.programme import queries as programme
from tests.api.calls import ROOT, Caller, token_for
from tests.factories import world as factory
from tests.factories.sessions import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel(factory.AT, tick=False) as travel:
        yield travel


@pytest.fixture
def world():
    return factory.make_world()


def said(answer) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    found = answer.json()
    assert found["status"] == answer.status_code
    assert {"type", "title", "detail", "code"} <= set(found)
    assert found["detail"]
    return answer.status_code, found["code"]


def test_a_token_is_kept_only_as_a_hash(world):
    token = token_for(world.coordinator)
    row = ApiToken.objects.get()
    assert token not in repr(vars(row))
    assert token.startswith(row.prefix)


def test_a_token_ends_by_time_and_by_hand(world, day):
    token = token_for(world.coordinator, days=1)
    caller = Caller(token=token)
    assert caller.get("/events").status_code == 200
    day.shift(timedelta(days=1))
    assert said(caller.get("/events")) == (401, "token_expired")
    other = Caller(world.coordinator)
    row = ApiToken.objects.latest("pk")
    tokens.revoke(token_id=row.pk, by=world.actor(world.coordinator), at=factory.AT)
    assert said(other.get("/events")) == (401, "token_revoked")
    assert said(Caller(token="kol_nothing").get("/events")) == (401, "token_wrong")


def test_a_token_of_somebody_who_left_is_worth_nothing(world):
    caller = Caller(world.coordinator)
    world.coordinator.is_active = False
    world.coordinator.save()
    assert said(caller.get("/events")) == (401, "token_revoked")


def test_the_use_of_a_token_is_noted(world):
    Caller(world.coordinator).get("/events")
    assert ApiToken.objects.get().last_used_at == factory.AT


def test_a_token_does_what_its_scopes_say_and_no_more(world):
    event = factory.make_event(world, publish=False)
    caller = Caller(world.coordinator, "events:read")
    assert caller.get(f"/events/{event.pk}").status_code == 200
    assert said(caller.post(f"/events/{event.pk}/publish")) == (403, "scope_missing")
    assert programme.event_for_work(event.pk).state == "draft"


def test_a_wrong_token_beside_a_session_is_not_forgiven(world):
    client = sign_in(Client(), world.coordinator)
    answer = client.get(f"{ROOT}/events", headers={"Authorization": "Bearer kol_nothing"})
    assert said(answer) == (401, "token_wrong")


def test_a_token_made_without_the_second_step_carries_no_guarded_role(world):
    people.grant(person_id=world.coordinator.pk, role=Role.ADMINISTRATOR, scope="world",
                 by=factory.SYSTEM, at=factory.AT)  # fmt: skip
    awake = world.actor(world.coordinator)
    asleep = awake.without(frozenset({Role.ADMINISTRATOR}))
    draft = factory.make_event(factory.make_world("AL"), publish=False)
    made = {}
    for name, by in (("awake", awake), ("asleep", asleep)):
        _, made[name] = tokens.make(name=name, scopes=["events:read"], days=3, by=by, at=factory.AT)
    answers = {
        name: Caller(token=token).get(f"/events/{draft.pk}").status_code
        for name, token in made.items()
    }
    assert answers == {"awake": 200, "asleep": 404}


def test_a_session_reads_and_writes_only_with_its_csrf_token(world):
    event = factory.make_event(world, publish=False)
    client = sign_in(Client(enforce_csrf_checks=True), world.coordinator)
    assert client.get(f"{ROOT}/events/{event.pk}").json()["state"] == "draft"
    path, key = f"{ROOT}/events/{event.pk}/publish", {"Idempotency-Key": "one"}
    assert said(client.post(path, headers=key)) == (403, "csrf_wrong")
    client.get("/sign-in/")
    sent = {**key, "X-CSRFToken": client.cookies["csrf"].value}
    assert client.post(path, headers=sent).json()["state"] == "published"


def test_who_is_not_known_is_told_how_to_become_known(world):
    answer = Caller().post("/events/1/publish")
    assert said(answer) == (401, "sign_in_needed")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_deed_sent_again_gets_the_same_bytes(world):
    event = factory.make_event(world, publish=False)
    caller = Caller(world.coordinator)
    first = caller.post(f"/events/{event.pk}/publish", key="abc")
    again = caller.post(f"/events/{event.pk}/publish", key="abc")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_key_belongs_to_one_body_one_address_and_one_person(world):
    one, two = (factory.make_event(world) for _ in range(2))
    caller = Caller(world.coordinator)
    assert (
        caller.post(f"/events/{one.pk}/cancel", {"reason": "Snow."}, key="abc").status_code == 200
    )
    other_body = caller.post(f"/events/{one.pk}/cancel", {"reason": "Ice."}, key="abc")
    other_place = caller.post(f"/events/{two.pk}/cancel", {"reason": "Snow."}, key="abc")
    assert said(other_body) == said(other_place) == (422, "idempotency_key_reused")
    other_person = Caller(world.teachers[0]).post(f"/events/{one.pk}/cancel", {}, key="abc")
    assert said(other_person) == (403, "not_allowed")


def test_a_deed_without_a_usable_key_is_refused(world):
    event = factory.make_event(world, publish=False)
    caller = Caller(world.coordinator)
    assert said(caller.post(f"/events/{event.pk}/publish", key="none")) == (
        400,
        "idempotency_key_missing",
    )
    for wrong in ("a b", "x" * 65):
        assert said(caller.post(f"/events/{event.pk}/publish", key=wrong)) == (
            400,
            "idempotency_key_wrong",
        )


def test_a_refused_deed_can_be_sent_again_with_its_key(world, day):
    event = factory.make_event(world)
    caller = Caller(world.coordinator)
    assert said(caller.post(f"/events/{event.pk}/close", key="abc")) == (409, "not_ended")
    day.move_to(event.ends_at)
    assert caller.post(f"/events/{event.pk}/close", key="abc").json()["state"] == "closed"


def test_too_many_calls_are_told_when_to_come_back(world, monkeypatch):
    monkeypatch.setattr(gate, "READS", 3)
    caller = Caller(world.coordinator)
    codes = [caller.get("/events").status_code for _ in range(4)]
    last = caller.get("/events")
    assert codes == [200, 200, 200, 429]
    assert said(last) == (429, "too_often")
    assert 0 < int(last.headers["Retry-After"]) <= 60


ABUSES = [
    ("GET", "/events?nothing=1", None, 422, "parameter_unknown"),
    ("GET", "/events?q=a%00b", None, 422, "text_unusable"),
    ("GET", "/events?limit=0", None, 422, "fields_wrong"),
    ("GET", "/events?limit=99999999999999999999999", None, 422, "fields_wrong"),
    ("GET", "/events?starts_from=1700000000", None, 422, "fields_wrong"),
    ("GET", "/events?starts_from=9999-12-31T23:59:59-12:00", None, 422, "fields_wrong"),
    ("GET", "/events/0", None, 422, "fields_wrong"),
    ("GET", f"/events/{10**30}", None, 422, "fields_wrong"),
    ("GET", "/events/abc", None, 422, "fields_wrong"),
    ("GET", "/nothing/here", None, 404, "missing"),
    ("DELETE", "/events", None, 405, "method_not_offered"),
    ("POST", "/events/1/cancel", "{", 400, "body_unreadable"),
    ("POST", "/events/1/cancel", "[]", 422, "fields_wrong"),
    ("POST", "/events/1/cancel", "null", 422, "fields_wrong"),
    ("POST", "/events/1/cancel", {"reason": "a", "more": 1}, 422, "fields_wrong"),
    ("POST", "/events/1/cancel", {"reason": 7}, 422, "fields_wrong"),
    ("POST", "/events/1/cancel", {"reason": "a\0b"}, 422, "fields_wrong"),
    ("POST", "/events/1/cancel", {"reason": "x" * 301}, 422, "fields_wrong"),
    ("POST", "/events/1/cancel", '{"reason": "\\ud800"}', 422, "fields_wrong"),
    (
        "POST",
        "/events/1/cancel",
        '{"reason": ' + "[" * 5000 + "]" * 5000 + "}",
        400,
        "body_unreadable",
    ),
    ("POST", "/events/1/cancel", {"reason": "x" * 1_100_000}, 413, "body_too_large"),
]


def test_what_cannot_be_used_is_refused_in_words(world):
    caller = Caller(world.coordinator)
    told = [said(caller.call(method, path, body)) for method, path, body, _, _ in ABUSES]
    assert told == [(status, code) for _, _, _, status, code in ABUSES]


def test_a_body_of_another_type_is_refused(world):
    caller = Caller(world.coordinator)
    answer = caller.client.post(
        f"{ROOT}/events/1/cancel",
        {"reason": "a"},
        headers={"Authorization": f"Bearer {caller.token}", "Idempotency-Key": "a"},
    )
    assert said(answer) == (415, "content_type_not_taken")


def test_each_wrong_field_is_named(world):
    answer = Caller(world.coordinator).post("/events/1/cancel", {"reason": 7, "more": 1})
    told = {(one["pointer"], one["code"]) for one in answer.json()["errors"]}
    assert told == {("/reason", "string_type"), ("/more", "extra_forbidden")}


def test_a_fault_of_ours_is_told_without_its_inside(world, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("secret inside")

    monkeypatch.setattr(programme, "visible_to", broken)
    answer = Caller(world.coordinator).get("/events")
    assert said(answer) == (500, "fault")
    assert b"secret" not in answer.content
    assert answer.json()["reference"]


def croatian(world) -> Caller:
    world.coordinator.language = "hr"
    world.coordinator.save()
    return Caller(world.coordinator)


ONE_LANGUAGE = [
    ("GET", "/events/999", None),
    ("GET", "/nothing/here", None),
    ("DELETE", "/events", None),
    ("GET", "/events?nothing=1", None),
    ("POST", "/events/1/cancel", "{"),
    ("POST", "/events/1/cancel", {"reason": 7, "more": 1}),
    ("POST", "/events", {"kind": "webinar", "mode": "no", "starts": "x", "title": ""}),
]


def words(answer) -> list[str]:
    found = answer.json()
    return [found["title"], found["detail"], *(one["detail"] for one in found.get("errors", ()))]


@pytest.mark.parametrize("call", ONE_LANGUAGE, ids=str)
def test_every_word_of_a_refusal_is_in_the_language_of_the_person(world, call):
    caller, (method, path, body) = croatian(world), call
    for none in ({}, {"Accept-Language": "*"}):
        own = words(caller.call(method, path, body, **none))
        english = words(caller.call(method, path, body, **{"Accept-Language": "en"}))
        assert len(own) == len(english)
        assert [one for one in own if one in english and "2026-12-10" not in one] == []


def test_an_ended_token_is_told_so_in_the_language_of_its_person(world):
    caller = croatian(world)
    ApiToken.objects.update(revoked_at=factory.AT)
    english = words(caller.get("/events", **{"Accept-Language": "en"}))
    assert not set(words(caller.get("/events"))) & set(english)


def test_a_used_key_is_told_without_speaking_of_a_form(world):
    event = factory.make_event(world)
    caller = Caller(world.coordinator)
    caller.post(f"/events/{event.pk}/cancel", {"reason": "Snow."}, key="abc")
    told = caller.post(f"/events/{event.pk}/cancel", {"reason": "Ice."}, key="abc").json()
    assert "Idempotency-Key" in told["detail"]
    assert "form" not in told["detail"].split()


WALLS = [
    ("half past four", "wall_form", "Write the time as 2026-12-10T16:30."),
    ("2026-12-10 16:30", "wall_form", "Write the time as 2026-12-10T16:30."),
    ("2026-12-10T16:30Z", "wall_offset", "without an offset"),
    ("2026-12-10T16:30:00+01:00", "wall_offset", "without an offset"),
    ("1999-12-10T16:30", "year_out_of_range", "2000 to 2100"),
    ("2026-02-31T16:30", "wall_unknown", "calendar"),
]


@pytest.mark.parametrize(("starts", "code", "part"), WALLS)
def test_a_time_of_another_form_is_told_by_example(world, starts, code, part):
    body = {"kind": "webinar", "title": "A", "starts": starts, "cluster_id": world.cluster.pk}
    [wrong] = Caller(world.coordinator).post("/events", body).json()["errors"]
    assert (wrong["pointer"], wrong["code"]) == ("/starts", code)
    assert part in wrong["detail"]


def test_no_refusal_shows_a_pattern(world):
    caller = Caller(world.coordinator)
    [wrong] = caller.get("/certificates/A%20B").json()["errors"]
    assert wrong["detail"] == "Write this like 7K4P-QM2X-9TRD."
    body = {"question": "none", "value": "a"}
    [wrong] = caller.post("/events/1/reports/1/answer", body).json()["errors"]
    assert "^" not in wrong["detail"]


def test_refusals_speak_the_language_of_the_call_or_of_the_person(world):
    caller = croatian(world)
    told = {
        tongue: caller.get("/events/999", **({"Accept-Language": tongue} if tongue else {})).json()
        for tongue in ("", "en", "sq")
    }
    assert len({found["detail"] for found in told.values()}) == 3
    assert {found["code"] for found in told.values()} == {"missing"}
