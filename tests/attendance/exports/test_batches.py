"""A ministry's file: frozen, explained, the same bytes for ever."""

import csv
import hashlib
import io
from datetime import date, timedelta

import openpyxl
import pytest

from attendance.certificates import commands as certificates
from attendance.certificates.models import Certificate
from attendance.exports import commands, files, queries
from attendance.exports.models import Batch
from attendance.presence import commands as presence
from attendance.recognition import commands as recognition
from events.backstage import jobs, sweep
from events.kernel import clock
from events.kernel.actors import Role
from events.kernel.errors import Missing
from events.networks import commands as networks
from events.people import commands as people
from events.programme import commands as programme
from events.registration import commands as registration
from tests.factories.world import AT, SYSTEM, make_event, make_person, make_world

pytestmark = pytest.mark.django_db


def work(at):
    for _ in range(3):
        sweep.drain(at=at)
        jobs.run_due(at=at)


@pytest.fixture
def scene(time_machine):
    recognition.load_first_scheme()
    world = make_world(language="hr")
    event = make_event(world)
    for teacher in world.teachers[:2]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    people.set_identifier(
        person_id=world.teachers[0].pk,
        scheme="hr.oib",
        country="HR",
        value="69435151530",
        by=SYSTEM,
        at=AT,
    )
    after = event.ends_at + timedelta(hours=1)
    time_machine.move_to(after)
    by = world.actor(world.coordinator)
    presence.attest(event.pk, person_ids=[t.pk for t in world.teachers[:2]], by=by, at=after)
    programme.close(event.pk, by=by, at=after)
    work(after)
    officer = make_person("Officer")
    people.grant(
        person_id=officer.pk,
        role=Role.MINISTRY_OFFICER,
        scope="country",
        scope_id=world.country.pk,
        by=SYSTEM,
        at=AT,
    )
    term = networks.add_term(
        country_id=world.country.pk,
        name="Autumn 2026",
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 12, 31),
        by=SYSTEM,
        at=AT,
    )
    return world, event, world.actor(officer), term, by


def freeze(term, officer, at):
    batch, _ = commands.freeze(term_id=term.pk, by=officer, at=at)
    work(at)
    batch.refresh_from_db()
    return batch


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_lines_without_identifier_go_to_a_second_file_with_their_owner(scene):
    world, event, officer, term, _ = scene
    batch = freeze(term, officer, clock.now())
    assert (batch.state, batch.ready_lines, batch.other_lines) == ("ready", 1, 1)
    contents = queries.contents_of(batch)
    (line,) = rows(contents["lines.csv"])
    number = Certificate.objects.get(person=world.teachers[0]).number
    assert line == {
        **line,
        "certificate_number": number,
        "certificate_state": "issued",
        "change": "new",
        "identifier_scheme": "hr.oib",
        "identifier": "69435151530",
        "name": "Teacher HR 00",
        "school_code": "HR-0",
        "event": event.slug,
        "kind": "teachmeet",
        "role": "participant",
        "mode": "in_person",
        "date": "2026-11-26",
        "minutes_counted": "150",
        "minutes_planned": "150",
        "hours": "2.50",
        "unit_minutes": "60",
        "evidence": "attested",
        "scheme": "hours",
        "scheme_version": "2026-1",
        "ended_at": "",
        "replaced_by": "",
    }
    (other,) = rows(contents["not-ready.csv"])
    assert (other["name"], other["missing"], other["owner"]) == (
        "Teacher HR 01",
        "identifier",
        "School HR 1",
    )


def test_the_same_batch_gives_the_same_bytes_after_corrections_and_revocations(scene):
    world, _, officer, term, by = scene
    first = freeze(term, officer, clock.now())
    before = queries.archive_of(first)
    row = Certificate.objects.get(person=world.teachers[0])
    later = clock.now() + timedelta(seconds=1)
    certificates.revoke(row.number, reason="issued_in_error", note="", by=by, at=later)
    world.teachers[0].name = "Renamed"
    world.teachers[0].save()
    assert queries.archive_of(Batch.objects.get(pk=first.pk)) == before
    assert hashlib.sha256(before).hexdigest() == first.sha256
    second = freeze(term, officer, later + timedelta(seconds=1))
    (line,) = rows(queries.contents_of(second)["lines.csv"])
    assert (line["certificate_state"], line["change"], line["end_reason"]) == (
        "revoked",
        "changed",
        "issued_in_error",
    )


def test_the_manifest_names_every_file_with_its_digest(scene):
    _, _, officer, term, _ = scene
    batch = freeze(term, officer, clock.now())
    contents = queries.contents_of(batch)
    assert {item["name"]: item["sha256"] for item in batch.manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in contents.items()
    }


def test_the_workbook_says_what_the_csv_says(scene):
    _, _, officer, term, _ = scene
    contents = queries.contents_of(freeze(term, officer, clock.now()))
    book = openpyxl.load_workbook(io.BytesIO(contents["lines.xlsx"]))
    header, line = [[cell.value for cell in row] for row in book["lines"].iter_rows()]
    (plain,) = rows(contents["lines.csv"])
    assert {name: str(value or "") for name, value in zip(header, line, strict=True)} | {
        "hours": "2.50"
    } == plain


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1+1"])
def test_no_cell_is_taken_for_a_formula(text):
    (line,) = rows(files.as_csv(("name",), [{"name": text}]))
    assert line["name"] == f"'{text}"


def test_another_country_cannot_freeze_or_open(scene):
    _world, _, officer, term, by = scene
    batch = freeze(term, officer, clock.now())
    with pytest.raises(Missing):
        commands.freeze(term_id=term.pk, by=by, at=AT)
    with pytest.raises(Missing):
        queries.seen(batch.pk, by=by)
