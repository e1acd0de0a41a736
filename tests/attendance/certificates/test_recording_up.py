"""The mail "the recording is up": to whom, in which order, once, and never about what is gone."""

from datetime import timedelta

import pytest
import time_machine

from attendance.certificates import handlers, telling
from attendance.presence import commands as presence
from events.backstage import jobs, sweep
from events.backstage.models import Job, Letter
from events.people.models import Person
from events.registration import commands as registration
from events.registration.models import PersonalLink, RecordingWish
from recordings.library import commands as recordings
from recordings.library.facts import RecordingWithdrawn
from tests.factories.recordings import make_recording
from tests.factories.world import AT, SYSTEM, make_event, make_person, make_world

pytestmark = pytest.mark.django_db
SOON, LATER = timedelta(seconds=9), timedelta(seconds=11)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    """Of four: one is there, one is absent, one gave the place back, one asked for the recording."""
    made = make_event(world, kind="webinar", minutes=60, mode="online")
    there, absent, gone, wish = world.teachers[:4]
    for person in (there, absent, gone):
        by = world.actor(person)
        registration.register(made.pk, person_id=person.pk, way="online", by=by, at=AT)
    registration.cancel(made.pk, person_id=gone.pk, by=world.actor(gone), at=AT)
    RecordingWish.objects.create(event=made, person=wish, asked_at=AT)
    presence.correct(
        made.pk, person_id=there.pk, mode="online", starts_at=made.starts_at,
        ends_at=made.starts_at + timedelta(minutes=38), reason="Seen",
        by=world.actor(world.coordinator), at=made.ends_at,
    )  # fmt: skip
    return made


@pytest.fixture
def at(event):
    return event.ends_at + timedelta(hours=1)


def work(at):
    with time_machine.travel(at, tick=False):
        for _ in range(3):
            sweep.drain(at=at)
            jobs.run_due(at=at, long=False)


def up(event, at):
    made = make_recording(event, publish=False)
    recordings.publish(made.pk, by=SYSTEM, at=at)
    made.refresh_from_db()
    return made


def mails():
    return list(Letter.objects.filter(kind="recording_up").order_by("pk"))


def test_no_shows_first_then_who_asked_for_it_then_who_was_there(world, event, at, settings):
    recording = up(event, at)
    work(at + SOON)
    assert mails() == []
    work(at + LATER)
    there, absent, gone, wish = (one.pk for one in world.teachers[:4])
    assert [one.person_id for one in mails()] == [absent, gone, wish, there]
    first, last = mails()[0], mails()[-1]
    assert first.subject == "The recording is up: Small steps, recorded"
    for said in (first.text, first.html):
        assert f"{settings.BASE_URL}/recordings/{recording.slug}/" in said
    assert "You are 48 minutes short of the certificate." in first.text
    assert "You are 10 minutes short of the certificate." in last.text
    plain = first.text.replace("\u202f", " ").replace("\xa0", " ")
    assert "Length: 1 h" in plain
    assert "From 1 kB as sound" in plain
    assert {one.state for one in mails()} == {"sent"}


def test_nothing_is_said_of_credit_where_the_rule_counts_no_recordings(world):
    event = make_event(world, kind="workshop", minutes=60, mode="room")
    teacher = world.teachers[0]
    registration.register(
        event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    at = event.ends_at
    up(event, at)
    work(at + LATER)
    assert "short" not in mails()[0].text


def test_the_deadline_is_told_while_it_lies_ahead(world, event, at):
    recording = up(event, at)
    recording.credit_until = at + timedelta(days=30)
    recording.save()
    work(at + LATER)
    assert "Watching counts until the end of: " in mails()[0].text


def test_after_the_deadline_nothing_is_promised(world, event, at):
    recording = up(event, at)
    recording.credit_until = at
    recording.save()
    work(at + LATER)
    assert "short" not in mails()[0].text
    assert "Watching counts" not in mails()[0].text


def test_each_reads_it_in_their_own_language(world, event, at):
    Person.objects.filter(pk=world.teachers[0].pk).update(language="hr")
    up(event, at)
    work(at + LATER)
    assert [one.language for one in mails()] == ["en", "en", "en", "hr"]


def test_whom_mail_does_not_reach_gets_none(world, event, at):
    Person.objects.filter(pk=world.teachers[1].pk).update(mail_state="bounced")
    Person.objects.filter(pk=world.teachers[2].pk).update(is_active=False)
    up(event, at)
    work(at + LATER)
    assert [one.person_id for one in mails()] == [world.teachers[3].pk, world.teachers[0].pk]


def test_who_said_no_hears_nothing_of_a_recording_nobody_announced(world, event, at):
    gone = world.teachers[2]
    PersonalLink.objects.create(event=event, person=gone, salt="s", made_at=AT, declined_at=AT)
    up(event, at)
    work(at + LATER)
    assert gone.pk not in {one.person_id for one in mails()}


@pytest.mark.parametrize("deed", [recordings.unpublish, recordings.withdraw])
def test_what_is_taken_down_within_ten_seconds_is_told_to_nobody(event, at, deed):
    recording = up(event, at)
    deed(recording.pk, by=SYSTEM, at=at + SOON)
    work(at + LATER)
    assert mails() == []
    assert not Job.objects.filter(kind="tell_recording").exists()


def test_published_anew_it_has_its_own_ten_seconds_and_tells_once_for_ever(event, at):
    recording = up(event, at)
    recordings.unpublish(recording.pk, by=SYSTEM, at=at + SOON)
    again = at + SOON
    recordings.publish(recording.pk, by=SYSTEM, at=again)
    work(at + LATER)
    assert mails() == []
    work(again + LATER)
    assert len(mails()) == 4
    recordings.unpublish(recording.pk, by=SYSTEM, at=again + LATER)
    recordings.publish(recording.pk, by=SYSTEM, at=again + LATER)
    work(again + 3 * LATER)
    assert len(mails()) == 4


def test_letters_that_have_not_left_are_taken_back_and_leave_when_it_is_up_again(event, at):
    recording = up(event, at)
    assert telling.tell_up(recording.pk, by=SYSTEM, at=at + LATER) == 4
    recordings.unpublish(recording.pk, by=SYSTEM, at=at + LATER)
    handlers.take_back(RecordingWithdrawn(recording.pk), at=at + LATER)
    assert [one.state for one in mails()] == ["withdrawn"] * 4
    assert telling.tell_up(recording.pk, by=SYSTEM, at=at + LATER) == 0
    recordings.publish(recording.pk, by=SYSTEM, at=at + 2 * LATER)
    work(at + 4 * LATER)
    assert [one.state for one in mails()] == ["sent"] * 4


def test_batches_go_on_where_a_killed_worker_stopped(world, event, at, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 2)
    recording = up(event, at)
    assert telling.tell_up(recording.pk, by=SYSTEM, at=at + LATER) == 2
    first = [one.person_id for one in mails()]
    work(at + LATER)
    told = [one.person_id for one in mails()]
    assert told[:2] == first
    assert sorted(told) == sorted({one.pk for one in world.teachers[:4]})


def test_a_stranger_gets_none(event, at):
    stranger = make_person("Stranger")
    up(event, at)
    work(at + LATER)
    assert stranger.pk not in {one.person_id for one in mails()}


def test_a_recording_without_a_size_is_not_told_of(event, at):
    made = make_recording(event, publish=False, ready=False)
    recordings.publish(made.pk, by=SYSTEM, at=at)
    work(at + LATER)
    assert mails() == []
