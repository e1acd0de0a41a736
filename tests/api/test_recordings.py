"""Recordings through the API: found, read, begun, changed, taken down; one's own credit; files by tus."""

from datetime import timedelta

import pytest
import time_machine

from events.consents import commands as consents
from events.consents.queries import recording_of
from events.registration import commands as registration
from recordings.arrivals.models import Upload
from recordings.library import commands as library
from recordings.library.models import Recording
from tests.api.calls import Caller, token_for
from tests.attendance.certificates.test_crediting import covered
from tests.attendance.questions.test_questions import write
from tests.factories import world as factory
from tests.factories.recordings import make_recording, make_rendition

pytestmark = pytest.mark.django_db
LINK = "https://video.example.org/1"


@pytest.fixture
def event(world):
    return factory.make_event(world, kind="webinar", minutes=60, mode="online", recorded=True)


def titles(answer):
    return [one["title"] for one in answer.json()["items"]]


def begin(caller, event, **changes):
    body = {"part_id": event.parts.get().pk, "title": "Elsewhere", "language": "hr", "link": LINK}
    return caller.post("/recordings", body | changes)


def test_who_may_watch_finds_and_filters_and_drafts_are_for_who_looks_after_them(
    world, event, keeper, teacher
):
    make_recording(event, title="Long", minutes=70)
    make_recording(event, title="Short", minutes=10)
    make_recording(event, title="Draft", publish=False)
    stranger = Caller(factory.make_world("MK").teachers[0])
    assert titles(teacher.get("/recordings")) == ["Short", "Long"]
    assert titles(keeper.get("/recordings")) == ["Draft", "Short", "Long"]
    assert titles(keeper.get("/recordings?state=draft")) == ["Draft"]
    assert titles(teacher.get("/recordings?length=long&kind=webinar&language=en")) == ["Long"]
    assert titles(teacher.get("/recordings?language=hr")) == []
    assert titles(teacher.get(f"/recordings?event_id={event.pk}")) == ["Short", "Long"]
    for nobody in (stranger, Caller()):
        assert titles(nobody.get("/recordings")) == []
    assert titles(teacher.get(teacher.get("/recordings?limit=1").json()["next"])) == ["Long"]


def test_what_is_public_needs_no_token(event):
    row = make_recording(event, visibility="public")
    assert Caller().get(f"/recordings/{row.pk}").json()["title"] == row.title
    assert Caller().get(f"/recordings/{row.pk}/my-credit").status_code == 401


def test_hidden_answers_byte_for_byte_like_missing(event, teacher):
    draft = make_recording(event, publish=False)
    for deed in ("", "/my-credit", "/chapters", "/making", "/speakers", "/uploads", "/captions/en"):
        hidden = teacher.get(f"/recordings/{draft.pk}{deed}")
        assert hidden.status_code == 404
        assert hidden.content == teacher.get(f"/recordings/987654{deed}").content


def test_one_recording_says_sizes_and_bandwidths_and_its_keeper_how_it_stands(
    event, keeper, teacher
):
    row = make_recording(event)
    make_rendition(row, "240p")
    found = teacher.get(f"/recordings/{row.pk}").json()
    assert [(one["name"], one["stream_bytes"], one["bandwidth"]) for one in found["sizes"]] == [
        ("audio", 1000, 40_000), ("240p", 1000, 40_000),
    ]  # fmt: skip
    assert (found["seconds"], found["care"]) == (3600.0, None)
    care = keeper.get(f"/recordings/{row.pk}").json()["care"]
    assert (care["making"], care["pieces"][0]["source"]) == ("nothing", 0.0)
    assert care["pieces"][0]["at"] == event.starts_at.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize("number", [1, 6])
def test_a_list_costs_the_same_for_many(event, teacher, number, django_assert_max_num_queries):
    for _ in range(number):
        make_recording(event)
    teacher.get("/recordings")
    with django_assert_max_num_queries(16):
        teacher.get("/recordings")


def test_a_link_becomes_a_recording_that_others_watch_until_it_is_withdrawn(event, keeper, teacher):
    made = begin(keeper, event)
    here = made.json()["links"]["self"]
    assert (made.status_code, made.headers["Location"]) == (201, here)
    assert teacher.get(here).status_code == 404
    tag = keeper.get(here).headers["ETag"]
    assert keeper.patch(here, {"title": "Steps"}).status_code == 428
    done = keeper.patch(here, {"title": "Steps"}, **{"If-Match": tag})
    assert (done.json()["title"], done.json()["language"]) == ("Steps", "hr")
    assert keeper.patch(here, {"title": "x"}, **{"If-Match": tag}).status_code == 412
    assert teacher.post(f"{here}/publish").status_code == 404
    assert keeper.post(f"{here}/publish").json()["state"] == "published"
    assert teacher.get(here).json()["link"] == LINK
    assert teacher.post(f"{here}/withdraw").status_code == 403
    assert keeper.post(f"{here}/withdraw").json()["state"] == "withdrawn"
    assert teacher.get(here).status_code == 404


def test_a_program_leads_a_link_elsewhere_and_a_file_has_none(event, keeper):
    here = begin(keeper, event).json()["links"]["self"]

    def change(address, link):
        tag = keeper.get(address).headers["ETag"]
        return keeper.patch(address, {"link": link}, **{"If-Match": tag})

    assert change(here, "https://video.example.org/2").json()["link"].endswith("/2")
    assert change(here, "http://video.example.org/3").json()["errors"][0]["pointer"] == "/link"
    file = begin(keeper, event, link="").json()["links"]["self"]
    assert change(file, LINK).json()["code"] == "lies_here"
    assert keeper.get(here).json()["link"].endswith("/2")


def test_a_link_never_leaves_its_cluster(event, keeper):
    here = begin(keeper, event).json()["links"]["self"]
    assert keeper.post(f"{here}/publish").status_code == 200
    tag = {"If-Match": keeper.get(here).headers["ETag"]}
    refused = keeper.patch(here, {"visibility": "public"}, **tag)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/visibility")
    words = {"text": "WEBVTT\n\n00:01.000 --> 00:03.000\nWelcome\n"}
    refused = keeper.put(f"{here}/captions/en", words)
    assert (refused.status_code, refused.json()["code"]) == (409, "lies_elsewhere")
    Recording.objects.update(visibility="network")
    tag = {"If-Match": keeper.get(here).headers["ETag"]}
    assert keeper.patch(here, {"title": "Steps"}, **tag).json()["visibility"] == "cluster"
    assert Caller().get(here).status_code == 404


def test_a_recording_is_begun_once_for_its_key_and_by_the_rules_of_the_page(world, event, keeper):
    body = {"part_id": event.parts.get().pk, "title": "A", "language": "en", "link": LINK}
    answers = [keeper.post("/recordings", body, key="once") for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert Recording.objects.count() == 1
    wrong = begin(keeper, event, link="http://video.example.org/1")
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/link")
    assert begin(keeper, event, language="xx").json()["errors"][0]["pointer"] == "/language"
    visit = factory.make_event(world, kind="exchange-visit", mode="room")
    refused = begin(keeper, visit)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/parents_agreed")
    assert begin(keeper, visit, parents_agreed=True).status_code == 201
    assert Recording.objects.get(event=visit).parents_at is not None


def test_nothing_is_published_that_nobody_announced(world, keeper):
    event = factory.make_event(world, recorded=False)
    here = begin(keeper, event).json()["links"]["self"]
    refused = keeper.post(f"{here}/publish")
    assert (refused.status_code, refused.json()["code"]) == (409, "recording_not_announced")
    assert keeper.post(f"{here}/asked", {"note": "By mail"}).json() == {"done": True}
    assert keeper.post(f"{here}/publish").status_code == 200


def test_the_last_day_that_counts_is_set_told_and_taken_away(event, keeper, teacher):
    here = f"/recordings/{make_recording(event).pk}"
    assert teacher.get(here).json()["counts_until"] is None
    day = {"counts_until": "2027-01-31"}
    assert keeper.put(f"{here}/counts-until", day).json() == {"done": True}
    assert teacher.get(here).json()["counts_until"] == "2027-01-31"
    assert teacher.put(f"{here}/counts-until", day).status_code == 403
    over = keeper.put(f"{here}/counts-until", {"counts_until": "2020-01-01"})
    assert (over.status_code, over.json()["errors"][0]["pointer"]) == (422, "/counts_until")
    late = keeper.put(f"{here}/counts-until", {"counts_until": "2060-01-01"})
    assert (late.status_code, late.json()["errors"][0]["pointer"]) == (422, "/counts_until")
    assert "removed on" in late.content.decode()
    keeper.put(f"{here}/counts-until", {"counts_until": None})
    assert teacher.get(here).json()["counts_until"] is None


def test_a_recording_of_pupils_goes_up_once_somebody_said_that_parents_agreed(world, keeper):
    visit = factory.make_event(world, kind="exchange-visit", mode="room", recorded=True)
    row = make_recording(visit, publish=False)
    Recording.objects.filter(pk=row.pk).update(parents_at=None)
    here = f"/recordings/{row.pk}"
    refused = keeper.post(f"{here}/publish")
    assert (refused.status_code, keeper.get(here).json()["care"]["parents_agreed_at"]) == (
        409,
        None,
    )
    assert keeper.post(f"{here}/parents-agreed").json() == {"done": True}
    first = keeper.get(here).json()["care"]["parents_agreed_at"]
    assert first is not None
    assert keeper.post(f"{here}/publish").status_code == 200


def test_open_noes_are_listed_and_only_those_a_program_knows_are_settled(world, event, keeper):
    row = make_recording(event, publish=False)
    held, (first, second) = event.starts_at, world.teachers[1:3]
    for person in (first, second):
        registration.register(
            event.pk, person_id=person.pk, way="online", by=world.actor(person), at=factory.AT
        )
        for yes in (True, False):
            consents.answer(
                recording_of(event.pk), person_id=person.pk, yes=yes, where="page",
                by=factory.SYSTEM, at=held,
            )  # fmt: skip
    here = f"/recordings/{row.pk}"
    noes = keeper.get(here).json()["care"]["open_noes"]
    assert [(one["person_id"], one["name"], one["title"]) for one in noes] == [
        (first.pk, first.name, ""), (second.pk, second.name, ""),
    ]  # fmt: skip
    assert keeper.post(f"{here}/restore", {"note": "Watched it"}).status_code == 422
    body = {"note": "Watched it", "known": noes[0]["consent_id"]}
    assert keeper.post(f"{here}/restore", body).json() == {"done": True}
    assert keeper.get(here).json()["care"]["open_noes"] == noes[1:]
    assert keeper.post(f"{here}/publish").json()["code"] == "objections_open"


def test_my_credit_is_mine_in_seconds_and_minutes(world, event, teacher):
    row = make_recording(event)
    library.Recording.objects.filter(pk=row.pk).update(credit_until=factory.AT + timedelta(days=30))
    covered(row, world.teachers[0], [(0, 31), (33, 40)], factory.AT)
    with time_machine.travel(factory.AT + timedelta(days=1), tick=False):
        found = teacher.get(f"/recordings/{row.pk}/my-credit").json()
        other = Caller(world.teachers[1]).get(f"/recordings/{row.pk}/my-credit").json()
    assert found["played"] == [{"start": 0.0, "end": 1860.0}, {"start": 1980.0, "end": 2400.0}]
    assert found["minutes"] == {"counted": 38, "planned": 60, "needed": 48, "lacking": 10}
    assert (found["state"], found["speed_limit"], found["over"]) == ("short", 1.5, False)
    assert found["missing"] == {"start": 1860.0, "end": 1980.0}
    assert found["until"] is not None
    assert (other["played"], other["minutes"]["counted"]) == ([], 0)


def test_questions_are_offered_only_to_whom_they_earn_something_as_on_the_page(
    world, event, teacher, keeper
):
    row = make_recording(event)
    write(world, row, 8)
    here = f"/recordings/{row.pk}/my-credit"
    assert teacher.get(here).json()["questions"] == f"/recordings/{row.slug}/questions/"
    assert keeper.get(here).json()["questions"] == ""
    covered(row, world.teachers[0], [(0, 60)], factory.AT)
    assert (teacher.get(here).json()["state"], teacher.get(here).json()["questions"]) == (
        "enough", "",
    )  # fmt: skip


def test_the_address_for_a_file_takes_its_bytes_with_the_same_token(world, event, keeper):
    here = begin(keeper, event, link="").json()["links"]["self"]
    made = keeper.post(f"{here}/uploads", {"length": 4, "file_name": "talks.mp4"}).json()
    sent = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0",
            "Authorization": f"Bearer {token_for(world.coordinator)}"}  # fmt: skip
    path = made["url"].partition("://")[2].partition("/")[2]
    answer = keeper.client.patch(
        f"/{path}", b"film", content_type="application/offset+octet-stream", headers=sent
    )
    assert (answer.status_code, Upload.objects.get().state) == (204, "whole")
    assert keeper.get(made["links"]["self"]).json()["offset"] == 4
    refused = keeper.post(f"{here}/uploads", {"length": 10, "file_name": "notes.txt"})
    assert (refused.status_code, refused.json()["code"]) == (422, "wrong_file")
