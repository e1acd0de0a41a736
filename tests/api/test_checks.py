"""The check of a number for programs: codes, ISO dates, minutes as numbers."""

import pytest

from attendance.certificates import commands, counted, numbers, statements
from attendance.certificates.models import Certificate
from tests.api.calls import ROOT
from tests.attendance.certificates.scenes import make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


def told(scene, client, number):
    return scene.get(client, f"{ROOT}/check/{number}")


def test_a_certificate_is_told_in_figures(client, scene):
    row = scene.certificate()
    found = told(scene, client, row.number).json()
    assert (found["kind"], found["state"], found["good"]) == ("certificate", "issued", True)
    assert (found["first"], found["last"], found["issued_on"]) == ("2026-11-26",) * 3
    assert found["minutes"] == [{"unit": row.facts["unit_minutes"], "counted": 150, "planned": 150}]


def test_a_number_is_read_as_forgivingly_as_on_the_page(client, scene):
    number = scene.certificate().number
    typed = number.replace("-", " ").lower()
    assert told(scene, client, typed).json()["number"] == number


def test_the_state_follows_the_certificate(client, scene):
    row = scene.certificate()
    commands.revoke(row.number, reason="issued_in_error", note="", by=scene.by, at=scene.after)
    found = told(scene, client, row.number).json()
    assert (found["state"], found["good"]) == ("revoked", False)


def test_a_damaged_record_tells_no_figures(client, scene):
    row = scene.certificate()
    Certificate.objects.filter(pk=row.pk).update(facts={**row.facts, "minutes_counted": 1})
    found = told(scene, client, row.number).json()
    assert (found["state"], found["minutes"], found["first"]) == ("damaged", [], None)


def test_a_statement_is_told_in_figures(client, scene):
    person, row = scene.world.teachers[0], scene.certificate()
    first = row.issued_at.date()
    made = statements.state(
        person_id=person.pk, first=first, last=first, by=scene.world.actor(person), at=scene.after
    )
    found = told(scene, client, made.number).json()
    assert (found["kind"], found["state"]) == ("statement", "issued")
    assert found["minutes"][0]["counted"] == 150
    assert found["minutes"][0]["planned"] is None
    commands.revoke(row.number, reason="issued_in_error", note="", by=scene.by, at=scene.after)
    assert told(scene, client, made.number).json()["state"] == "changed"


def test_a_mistyped_number_is_told_how(client, scene):
    number = scene.certificate().number
    other = ("2" if number[0] != "2" else "3") + number[1:]
    cases = {number[:-1]: "number_incomplete", "é" + number[1:]: "number_character",
             other: "number_check"}  # fmt: skip
    for typed, code in cases.items():
        answer = told(scene, client, typed)
        assert (answer.status_code, answer.json()["code"]) == (422, code), typed


def test_a_number_never_issued_is_missing(client, scene):
    never = told(scene, client, numbers.draw())
    assert (never.status_code, never.json()["code"]) == (404, "missing")


def test_mistyped_numbers_count_like_others(client, scene, monkeypatch):
    monkeypatch.setattr(counted, "EACH", 2)
    number = scene.certificate().number
    codes = [told(scene, client, one).status_code for one in ("ABC", number, number)]
    assert codes == [422, 200, 429]
