"""Reports handed in, read, taken over and taken back over HTTP, with files of our own."""

import ast
import hashlib
import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from attendance.presence import imports, queries, report_words, wording
from attendance.presence import reports as parsers
from attendance.presence.models import ReportImport, RuleVersion, SightingRow
from events.people.models import Person
from events.registration import commands as registration
from events.registration.models import Registration
from tests.factories.world import AT, join, make_event, make_person, make_world

pytestmark = pytest.mark.django_db
PAYLOADS = Path(__file__).resolve().parents[2] / "payloads" / "reports"
TRUTHS = json.loads((PAYLOADS / "truths.json").read_text(encoding="utf-8"))
DAY = datetime(2026, 11, 24, 16, 0)


def exact_rule():
    """Every second counts as it stands, so minutes can be compared with the truths."""
    RuleVersion.objects.create(
        kind="", version="exact", valid_from=AT - timedelta(days=4000),
        body={"version": "exact", "min_pct": 80, "denominator": "scheduled", "bridge_gap_s": 0},
    )  # fmt: skip


@pytest.fixture
def scene(client, time_machine):
    world = make_world()
    exact_rule()
    event = make_event(world, starts=DAY, minutes=150, mode="online")
    time_machine.move_to(event.ends_at + timedelta(hours=1), tick=False)
    client.force_login(world.coordinator)
    return world, event, f"/attendance/{event.pk}/"


def enrol(world, event, name, email="", *, way="online"):
    person = make_person(name, email=email)
    join(person, world.schools[1])
    registration.register(event.pk, person_id=person.pk, way=way, by=world.actor(person), at=AT)
    return person


def upload(client, page, content, name="anything.bin"):
    return client.post(f"{page}reports/", {"file": SimpleUploadedFile(name, content)})


def take(client, page, content, **more):
    """Hand in and take over; gives the report's page."""
    place = upload(client, page, content).headers["Location"]
    client.post(place, more)
    return place


def text(answer):
    return " ".join(answer.content.decode().replace("\u202f", " ").split())


def payload(name):
    return (PAYLOADS / name).read_bytes()


def counted(event):
    """Seconds by the name seen, as the union of their rows."""
    found = {}
    for row in SightingRow.objects.filter(event=event, withdrawn_at=None):
        found.setdefault((row.seen_name, row.seen_key), []).append((row.starts_at, row.ends_at))
    return found


GOOD = sorted(
    name for name, truth in TRUTHS.items()
    if truth.get("people") and not truth.get("refused") and not truth.get("question")
)  # fmt: skip


def test_there_are_files_of_ours_to_try():
    assert len(GOOD) > 25


@pytest.mark.parametrize("name", GOOD)
def test_every_file_of_ours_gives_its_truths_through_the_pages(scene, client, name):
    world, event, page = scene
    truth = TRUTHS[name]
    answer = upload(client, page, payload(name), name=f"{hashlib.sha256(name.encode()).hexdigest()}.x")
    if answer.status_code == 302 and "presence" not in answer.headers["Location"]:
        place = answer.headers["Location"]
    while "A question about the report" in text(client.get(place)):
        row = ReportImport.objects.get()
        asked = imports.read(row, event.parts.get()).question
        client.post(place, {"question": asked.question, "answer": right_answer(asked, truth)})
    client.post(place, {})
    seen = SightingRow.objects.filter(event=event)
    assert {row.seen_name for row in seen} == {plain(one) for one in truth["people"]}
    report = imports.read(ReportImport.objects.get(), event.parts.get()).report
    seconds = {}
    for person in report.people:
        seconds.setdefault(person.name, 0)
        seconds[person.name] += round(person.seconds)
    expected = {one: values["seconds"] for one, values in truth["people"].items()}
    assert seconds == expected


def plain(name):
    return imports.clean(name)


def right_answer(asked, truth):
    if asked.question == "date_order":
        day = truth["started"][:10]
        return next(one.value for one in asked.options if one.sample == day)
    return asked.options[0].value
