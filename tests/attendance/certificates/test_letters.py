"""Mails about certificates: once each, in the reader's language, with links that work."""

from datetime import timedelta

import pytest

from attendance.certificates import commands, handlers
from attendance.certificates.facts import CertificateIssued
from attendance.certificates.models import Certificate
from attendance.presence import commands as presence
from attendance.recognition import commands as recognition
from events.backstage.models import Letter
from events.people.models import Person
from tests.attendance.certificates.scenes import Scene, close, make_scene, work
from tests.factories.world import make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


def mails(kind):
    return list(Letter.objects.filter(kind=kind).order_by("pk"))


def correct(scene, person, minutes, at):
    presence.correct(
        scene.event.pk, person_id=person.pk, mode="room", starts_at=scene.event.starts_at,
        ends_at=scene.event.starts_at + timedelta(minutes=minutes), reason="Seen by the host",
        by=scene.by, at=at,
    )  # fmt: skip
    work(at)


def test_everybody_who_earned_one_is_told_once(scene, settings):
    found = mails("certificate")
    assert [letter.to_address for letter in found] == [
        "teacher.hr.00@example.org", "teacher.hr.01@example.org",
    ]  # fmt: skip
    row = scene.certificate()
    assert found[0].subject == "Your certificate is ready: Small steps"
    for link in (f"{settings.BASE_URL}/v/{row.number}/", f"{settings.BASE_URL}/me/"):
        assert link in found[0].text
        assert link in found[0].html
    work(scene.after + timedelta(hours=1))
    assert len(mails("certificate")) == 2
    assert mails("short") == []


def test_mail_speaks_the_readers_language(scene):
    assert Letter.objects.filter(kind="certificate").first().language == "en"
    person = scene.world.teachers[2]
    Person.objects.filter(pk=person.pk).update(language="hr")
    correct(scene, person, 150, scene.after)
    assert mails("certificate")[-1].language == "hr"


def test_people_whom_no_mail_reaches_get_none(scene):
    person = scene.world.teachers[2]
    Person.objects.filter(pk=person.pk).update(email="")
    correct(scene, person, 150, scene.after)
    assert scene.certificate(2).person_id == person.pk
    assert Letter.objects.filter(kind="certificate", person_id=person.pk).count() == 0


def test_a_replacement_is_one_mail_with_the_reason_and_the_newer_number(scene):
    person = scene.world.teachers[0]
    former = scene.certificate()
    correct(scene, person, 135, scene.after + timedelta(days=1))
    newer = scene.certificate()
    found = [letter for letter in mails("certificate") if letter.person_id == person.pk]
    assert [letter.subject for letter in found] == [
        "Your certificate is ready: Small steps",
        "Your certificate was replaced: Small steps",
    ]
    assert "The attendance was corrected." in found[1].text
    assert former.number in found[1].text
    assert f"/v/{newer.number}/" in found[1].text


def test_a_withdrawal_says_why_and_keeps_the_note_to_itself(scene):
    row = scene.certificate()
    commands.revoke(
        row.number, reason="issued_in_error", note="Private", by=scene.by, at=scene.after
    )
    work(scene.after)
    last = mails("certificate")[-1]
    assert last.subject == "Your certificate was withdrawn: Small steps"
    assert "It was issued in error." in last.text
    assert "Private" not in last.text + last.html


def test_falling_short_is_told_once_per_verdict(scene):
    person = scene.world.teachers[2]
    correct(scene, person, 90, scene.after)
    (letter,) = mails("short")
    assert letter.subject == "30 minutes short: Small steps"
    assert "90 of 150 minutes were counted." in letter.text
    presence.settle(scene.event.pk, by=scene.by, at=scene.after + timedelta(hours=1))
    work(scene.after + timedelta(hours=1))
    assert len(mails("short")) == 1
    correct(scene, person, 100, scene.after + timedelta(hours=2))
    assert [letter.subject for letter in mails("short")] == [
        "30 minutes short: Small steps", "20 minutes short: Small steps",
    ]  # fmt: skip


def test_who_was_not_there_hears_nothing(scene):
    absent = scene.world.teachers[2]
    assert not Letter.objects.filter(
        kind__in=["short", "certificate"], person_id=absent.pk
    ).exists()


def test_many_who_fell_short_are_all_told(monkeypatch):
    monkeypatch.setattr(commands, "BATCH", 2)
    recognition.load_first_scheme()
    world = make_world()
    event = make_event(world)
    scene = Scene(world, event, close(world, event, 5))
    for teacher in world.teachers[:5]:
        correct(scene, teacher, 90, scene.after)
    assert sorted(letter.person_id for letter in mails("short")) == [
        teacher.pk for teacher in world.teachers[:5]
    ]


def test_a_certificate_that_ended_before_the_mail_is_not_announced(scene):
    row = scene.certificate()
    Letter.objects.all().delete()
    Certificate.objects.filter(pk=row.pk).update(
        state="revoked", ended_at=scene.after, end_reason="duplicate"
    )
    handlers.tell_ready(CertificateIssued(row.pk), at=scene.after)
    assert mails("certificate") == []
