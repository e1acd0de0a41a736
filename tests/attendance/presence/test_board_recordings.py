"""What recordings and questions on them make known on the board, and in which words."""

import csv
import io
from datetime import timedelta

import pytest

from attendance.presence import intervals, watching
from attendance.presence.models import SightingRow
from events.registration import commands as registration
from recordings.watched.models import Watched
from tests.factories.recordings import MINUTE, make_recording
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(client, time_machine):
    world = make_world()
    event = make_event(world, kind="webinar", minutes=60, mode="online")
    for teacher in world.teachers[:2]:
        registration.register(
            event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
        )
    recording = make_recording(event)
    time_machine.move_to(event.ends_at + timedelta(hours=1), tick=False)
    client.force_login(world.coordinator)
    return world, event, recording


def play(recording, person, *, at):
    """All of the recording, as after the last beat."""
    ranges = [[0, 60 * MINUTE]]
    Watched.objects.create(
        person=person, recording=recording, ranges=ranges, counted=ranges, last_at=at
    )
    watching.see_watched(recording.pk, person_id=person.pk, by=SYSTEM, at=at)


def sight(event, person, *, source="door", evidence="measured"):
    return SightingRow.objects.create(
        event=event, part=event.parts.get(), person=person, mode="online", evidence=evidence,
        starts_at=event.starts_at, ends_at=event.ends_at, source=source,
        recorded_at=event.ends_at,
    )  # fmt: skip


def table(client, event):
    """Result and evidence by name."""
    content = client.get(f"/attendance/{event.pk}/table.csv").content.decode("utf-8-sig")
    return {
        line["Name"]: (line["Result"], line["Evidence"])
        for line in csv.DictReader(io.StringIO(content))
    }


def test_a_recording_watched_says_nothing_of_who_was_there(scene, client):
    world, event, recording = scene
    first, second, outsider = world.teachers[:3]
    play(recording, outsider, at=event.ends_at)
    page = client.get(f"/attendance/{event.pk}/").text
    assert (page.count("Nothing recorded yet"), page.count("Did not come")) == (2, 0)
    assert table(client, event) == {
        first.name: ("Nothing recorded yet", ""),
        second.name: ("Nothing recorded yet", ""),
        outsider.name: ("Credited", "measured"),
    }
    person = client.get(f"/attendance/{event.pk}/people/{first.pk}/").text
    assert "Nothing recorded yet" in person
    assert "measured" not in person
    sight(event, first)
    assert table(client, event)[second.name] == ("Did not come", "")


def test_credit_by_questions_is_never_called_signed_on_paper(scene, client):
    world, event, recording = scene
    first, second, third = world.teachers[:3]
    whole = ((intervals.as_ms(event.starts_at), intervals.as_ms(event.ends_at)),)
    for person in (first, third):
        watching.see_attested(
            recording, whole, person_id=person.pk, at_last=True, by=SYSTEM, at=event.ends_at
        )
    sight(event, second, source="paper", evidence="attested")
    paper = sight(event, third, source="paper", evidence="attested")
    paper.ends_at -= timedelta(minutes=30)
    paper.save()
    said = {name: evidence for name, (_, evidence) in table(client, event).items()}
    assert said == {
        first.name: "questions on the recording",
        second.name: "signed on paper",
        third.name: "signed on paper, and questions on the recording",
    }
    board = client.get(f"/attendance/{event.pk}/").text
    person = client.get(f"/attendance/{event.pk}/people/{first.pk}/").text
    assert board.count("questions on the recording") == 2
    assert (person.count("questions on the recording"), "signed on paper" in person) == (2, False)
