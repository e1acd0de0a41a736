"""Certificates follow the verdicts: issued, replaced, withdrawn, and never twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from attendance.certificates import commands, queries
from attendance.certificates.models import Certificate, Withheld
from attendance.presence import commands as presence
from attendance.recognition import commands as recognition
from attendance.recognition import queries as ledger
from attendance.recognition.models import Entry
from events.backstage import jobs, sweep
from events.kernel.errors import Missing, NotAllowed
from events.programme import commands as programme
from events.registration import commands as registration
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    return held()


def held(**plan):
    """An event that is closed; two of the three who are registered signed the list."""
    recognition.load_first_scheme()
    world = make_world()
    event = make_event(world, **plan)
    for teacher in world.teachers[:3]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    by, after = world.actor(world.coordinator), event.ends_at + timedelta(hours=1)
    presence.attest(
        event.pk, person_ids=[teacher.pk for teacher in world.teachers[:2]], by=by, at=after
    )
    programme.close(event.pk, by=by, at=after)
    work(after)
    return world, event, by, after


def work(at):
    sweep.drain(at=at)
    jobs.run_due(at=at)
    sweep.drain(at=at)


def correct(event, person, minutes, by, at):
    presence.correct(
        event.pk,
        person_id=person.pk,
        mode="room",
        starts_at=event.starts_at,
        ends_at=event.starts_at + timedelta(minutes=minutes),
        reason="Seen by the host",
        by=by,
        at=at,
    )
    work(at)


def in_force(event):
    rows = Certificate.objects.filter(event_id=event.pk).order_by("pk")
    return [(row.person_id, row.state, row.facts["minutes_counted"]) for row in rows]


def test_closing_issues_to_everybody_who_was_there(closed):
    world, event, _, _ = closed
    assert in_force(event) == [
        (world.teachers[0].pk, "issued", 150), (world.teachers[1].pk, "issued", 150),
    ]  # fmt: skip
    assert all(queries.intact(row) for row in Certificate.objects.all())


def test_an_event_that_issues_no_certificates_issues_none():
    _, event, by, after = held(certificate=False)
    assert commands.bring_in_step(event.pk, by=by, at=after) == 0
    assert not Certificate.objects.exists()


def test_working_again_issues_nothing_more(closed):
    _, event, by, after = closed
    assert commands.bring_in_step(event.pk, by=by, at=after) == 0
    assert Certificate.objects.count() == 2


def test_a_correction_replaces_the_certificate_and_turns_the_entry(closed):
    world, event, by, after = closed
    person = world.teachers[0]
    correct(event, person, 135, by, after + timedelta(days=1))
    old, new = Certificate.objects.filter(person=person).order_by("pk")
    assert (old.state, old.end_reason, old.successor) == ("superseded", "attendance_corrected", new)
    assert new.facts["minutes_counted"] == 135
    entries = Entry.objects.filter(person=person).order_by("pk")
    assert [(row.kind, row.hours) for row in entries] == [
        ("award", Decimal("2.50")), ("reversal", Decimal("-2.50")), ("award", Decimal("2.25")),
    ]  # fmt: skip
    assert [item.hours for item in ledger.balances(person.pk)] == [Decimal("2.25")]
    assert ledger.first_break(person.pk) is None


def test_a_correction_below_the_rule_withdraws(closed):
    world, event, by, after = closed
    person = world.teachers[0]
    correct(event, person, 30, by, after + timedelta(days=1))
    row = Certificate.objects.get(person=person)
    assert (row.state, row.end_reason) == ("revoked", "attendance_corrected")
    assert [item.hours for item in ledger.balances(person.pk)] == [Decimal(0)]


def test_entries_of_the_ledger_cannot_be_changed_or_deleted(closed):
    rows = Entry.objects.all()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(hours=Decimal(99))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.delete()
    assert Entry.objects.count() == 2


def test_an_entry_changed_behind_the_guard_is_found(closed):
    world, _, _, _ = closed
    person = world.teachers[0]
    row = Entry.objects.get(person=person)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Entry.objects.filter(pk=row.pk).update(hours=Decimal(99))
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    assert ledger.first_break(person.pk) == row.pk


def test_certificates_keep_the_name_they_were_issued_to(closed):
    world, _, _, _ = closed
    person = world.teachers[0]
    person.name = "Somebody Else"
    person.save()
    row = Certificate.objects.get(person=person)
    assert queries.record_of(row).holder_name == "Teacher HR 00"


def test_a_name_that_cannot_be_printed_is_withheld_with_the_reason(closed):
    world, event, by, after = closed
    person = world.teachers[2]
    person.name = "王小明"
    person.save()
    correct(event, person, 150, by, after)
    assert not Certificate.objects.filter(person=person).exists()
    assert Withheld.objects.get(person=person).code == "glyph_missing"


def test_revoking_takes_the_hours_back(closed):
    world, _, by, after = closed
    row = Certificate.objects.get(person=world.teachers[0])
    commands.revoke(row.number, reason="issued_in_error", note="", by=by, at=after)
    sweep.drain(at=after)
    assert [item.hours for item in ledger.balances(row.person_id)] == [Decimal(0)]


def test_what_is_no_longer_earned_is_not_issued_anew(closed):
    world, event, by, after = closed
    row = Certificate.objects.get(person=world.teachers[0])
    presence.correct(
        event.pk, person_id=row.person_id, mode="room", starts_at=event.starts_at,
        ends_at=event.starts_at + timedelta(minutes=30), reason="Left early", by=by, at=after,
    )  # fmt: skip
    with pytest.raises(Missing):
        commands.reissue(row.number, reason="name_corrected", note="", by=by, at=after)
    assert Certificate.objects.count() == 2


def test_only_those_who_run_the_event_withdraw(closed):
    world, _, _, after = closed
    row = Certificate.objects.get(person=world.teachers[0])
    with pytest.raises(NotAllowed):
        commands.revoke(
            row.number, reason="fraud", note="", by=world.actor(world.teachers[0]), at=after
        )
    with pytest.raises(Missing):
        commands.revoke(
            row.number, reason="fraud", note="", by=world.actor(world.teachers[1]), at=after
        )


@pytest.mark.parametrize("deed", [commands.revoke, commands.reissue])
def test_whoever_ends_a_certificate_names_one_of_the_known_reasons(closed, deed):
    world, _, by, after = closed
    row = Certificate.objects.get(person=world.teachers[0])
    with pytest.raises(commands.ReasonUnknown):
        deed(row.number, reason="because", note="", by=by, at=after)
    row.refresh_from_db()
    assert (row.state, Certificate.objects.count()) == ("issued", 2)


def test_a_corrected_name_makes_a_new_certificate(closed):
    world, _, by, after = closed
    person = world.teachers[0]
    row = Certificate.objects.get(person=person)
    person.name = "Ana Ćosić"
    person.save()
    new = commands.reissue(row.number, reason="name_corrected", note="", by=by, at=after)
    row.refresh_from_db()
    assert (row.state, row.successor_id, new.facts["holder_name"]) == (
        "superseded",
        new.pk,
        "Ana Ćosić",
    )
    sweep.drain(at=after)
    assert [item.hours for item in ledger.balances(person.pk)] == [Decimal("2.50")]
