"""A talk watched in spring counts in spring, and the frozen batch of autumn stays what it was."""

import csv
import io
import zipfile
from datetime import date, timedelta

import pytest

from attendance.certificates.models import Certificate
from attendance.exports import commands, dictionary, queries
from attendance.exports.models import BatchFile
from attendance.presence import watching
from attendance.presence.models import VerdictRow
from attendance.recognition import commands as recognition
from attendance.recognition.models import Entry
from events.backstage import jobs, sweep
from events.kernel.actors import Role
from events.networks import commands as networks
from events.people import commands as people
from events.programme import commands as programme
from events.registration import commands as registration
from recordings.captions import chapters
from recordings.watched.models import Watched
from tests.factories.recordings import MINUTE, make_recording
from tests.factories.world import AT, SYSTEM, make_event, make_person, make_world

pytestmark = pytest.mark.django_db


def work(at):
    for _ in range(3):
        sweep.drain(at=at)
        jobs.run_due(at=at)


def freeze(term, officer, at):
    batch, _ = commands.freeze(term_id=term.pk, by=officer, at=at)
    work(at)
    batch.refresh_from_db()
    return batch


def term(world, name, first, last):
    return networks.add_term(
        country_id=world.country.pk, name=name, starts_on=first, ends_on=last, by=SYSTEM, at=AT
    )


def numbers(batch):
    ready, other = queries.lines_of(batch)
    return [(line["certificate_number"], line["date"]) for line in [*ready, *other]]


def test_a_talk_watched_in_spring_counts_in_spring(time_machine):
    _, teacher, recording, officer, autumn, spring, frozen = begun(time_machine)
    kept = (frozen.sha256, queries.archive_of(frozen))
    at = recording.event.ends_at + timedelta(days=60)
    play(time_machine, teacher, recording, at)
    paper = Certificate.objects.get(person=teacher)
    later = at + timedelta(days=1)
    again, new = (freeze(one, officer, later) for one in (autumn, spring))
    assert numbers(again) == []
    assert numbers(new) == [(paper.number, at.date().isoformat())]
    frozen.refresh_from_db()
    assert (frozen.sha256, queries.archive_of(frozen)) == kept
    assert Entry.objects.get(person=teacher).occurred_on == at.date()


def test_to_say_later_when_it_began_moves_no_hours_into_another_term(time_machine):
    world, teacher, recording, officer, autumn, spring, _ = begun(time_machine)
    at = recording.event.ends_at + timedelta(days=60)
    chapters.shift(recording.pk, seconds=600, by=world.actor(world.coordinator), at=at)
    play(time_machine, teacher, recording, at)
    assert VerdictRow.objects.get(person=teacher, current=True).minutes_counted == 50
    (line,) = numbers(freeze(spring, officer, at + timedelta(days=1)))
    summer = term(world, "Summer", date(2027, 7, 1), date(2027, 12, 31))
    later = at + timedelta(days=200)
    time_machine.move_to(later, tick=False)
    chapters.shift(recording.pk, seconds=-600, by=world.actor(world.coordinator), at=later)
    for days in (1, 3):  # each viewer, and a day later what they watched beyond what was needed
        work(later + timedelta(days=days))
    found = VerdictRow.objects.get(person=teacher, current=True)
    assert (found.minutes_counted, found.completed_at) == (55, at)
    assert {row.completed_at for row in Certificate.objects.filter(person=teacher)} == {at}
    found = [freeze(one, officer, later + timedelta(days=4)) for one in (autumn, spring, summer)]
    assert [{day for _, day in numbers(one)} for one in found] == [set(), {line[1]}, set()]


def meanings(batch):
    """What the dictionary inside a batch says of each column."""
    with zipfile.ZipFile(io.BytesIO(queries.checked(batch, "batch.zip"))) as archive:
        text = archive.read("dictionary.csv").decode("utf-8-sig")
    return {line["column"]: line["meaning"] for line in csv.DictReader(io.StringIO(text))}


def test_the_dictionary_says_on_which_day_a_line_counts(time_machine, monkeypatch):
    *_, officer, autumn, _spring, now = begun(time_machine)
    assert meanings(now)["date"] == (
        "Local date on which the line counts: of the start, or, where watching a recording "
        "completed it, of that moment; ISO 8601"
    )
    monkeypatch.setattr(dictionary, "VERSION", "1")
    former = freeze(autumn, officer, now.as_of + timedelta(days=1))
    assert meanings(former)["date"] == "Local date of the start, ISO 8601"
    monkeypatch.undo()
    # One frozen before archives were kept is made again with the words it was frozen with.
    BatchFile.objects.filter(batch=former).delete()
    assert meanings(former)["date"] == "Local date of the start, ISO 8601"
    assert (former.manifest["dictionary"], now.manifest["dictionary"]) == ("1", "2")


def begun(time_machine):
    recognition.load_first_scheme()
    world = make_world()
    event = make_event(world, kind="webinar", minutes=60, mode="online")
    teacher = world.teachers[0]
    registration.register(
        event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
    )
    recording = make_recording(event)
    time_machine.move_to(event.ends_at + timedelta(days=1), tick=False)
    programme.close(
        event.pk, by=world.actor(world.coordinator), at=event.ends_at + timedelta(days=1)
    )
    work(event.ends_at + timedelta(days=1))
    officer = make_person("Officer")
    people.grant(person_id=officer.pk, role=Role.MINISTRY_OFFICER, scope="country",
                 scope_id=world.country.pk, by=SYSTEM, at=AT)  # fmt: skip
    autumn = term(world, "Autumn", date(2026, 9, 1), date(2026, 12, 31))
    spring = term(world, "Spring", date(2027, 1, 1), date(2027, 6, 30))
    frozen = freeze(autumn, world.actor(officer), event.ends_at + timedelta(days=40))
    return world, teacher, recording, world.actor(officer), autumn, spring, frozen


def play(time_machine, teacher, recording, at):
    time_machine.move_to(at, tick=False)
    watched = {"ranges": [[0, 55 * MINUTE]], "counted": [[0, 55 * MINUTE]], "last_at": at}
    Watched.objects.create(person=teacher, recording=recording, **watched)
    watching.see_watched(recording.pk, person_id=teacher.pk, by=SYSTEM, at=at)
    work(at)
