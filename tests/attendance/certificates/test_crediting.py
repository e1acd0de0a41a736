"""The panel of a recording says before anything is loaded what it earns, and how far the reader is."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import RequestContext, Template
from django.test import RequestFactory

from attendance.certificates import crediting
from attendance.presence import commands as presence
from attendance.presence import panels
from attendance.presence.intervals import as_ms
from events.kernel.actors import ANONYMOUS
from events.registration import commands as registration
from recordings.watched.models import Watched
from tests.attendance.presence.test_watching import close, play, work
from tests.factories.recordings import MINUTE, make_recording
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    return make_event(world, kind="webinar", minutes=60, mode="online")


def panel(recording, actor, at):
    return crediting.credit(actor, {"recording_id": recording.pk}, at=at).values


def shown(recording, actor, at):
    """The panel as the page shows it."""
    request = RequestFactory().get("/recordings/x/")
    request.actor, request.moment, request.user = actor, at, AnonymousUser()
    context = RequestContext(request, {"pk": recording.pk})
    text = Template('{% load pieces %}{% panels "recording.credit" recording_id=pk %}').render(
        context
    )
    return " ".join(text.split())


def covered(recording, person, minutes, at):
    ranges = [[start * MINUTE, end * MINUTE] for start, end in minutes]
    Watched.objects.create(
        person=person, recording=recording, ranges=ranges, counted=ranges, last_at=at
    )


def test_what_is_missing_is_named_and_led_to(world, event):
    teacher, at = world.teachers[0], event.ends_at
    recording = make_recording(event)
    covered(recording, teacher, [(0, 31), (33, 40)], at)
    text = shown(recording, world.actor(teacher), at)
    assert "38 of 60 min · 63 %" in text
    assert "You need 48 of 60 minutes. <b>10 more minutes.</b>" in text
    assert 'href="#t=1860"' in text
    assert "Play the part I missed, 31:00" in text
    assert 'aria-label="Parts that count: 38 of 60 minutes. Missing first: 31:00 to 33:00."' in text
    assert "at up to 1.5× speed" in text


def test_live_minutes_are_part_of_the_line(world, event):
    teacher, at = world.teachers[0], event.ends_at
    recording = make_recording(event)
    by = world.actor(world.coordinator)
    registration.register(
        event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
    )
    presence.correct(
        event.pk, person_id=teacher.pk, mode="online", starts_at=event.starts_at,
        ends_at=event.starts_at + timedelta(minutes=30), reason="Seen", by=by, at=at,
    )  # fmt: skip
    covered(recording, teacher, [(20, 40)], at)
    found = panel(recording, world.actor(teacher), at)
    assert (found.standing.verdict.minutes_counted, found.second) == (40, 40 * 60)


def test_each_state_has_its_words(world, event):
    at = event.ends_at
    recording = make_recording(event)
    teacher = world.actor(world.teachers[0])
    assert "Sign in before you play it" in shown(recording, ANONYMOUS, at)
    workshop = make_event(world, kind="workshop", minutes=60, mode="room")
    assert "earns no credit: the rule" in shown(make_recording(workshop), teacher, at)
    recording.pieces = []
    recording.save()
    assert "has not said when this recording began" in shown(recording, teacher, at)
    recording.duration_ms = 0
    recording.save()
    assert "lies elsewhere" in shown(recording, teacher, at)


def test_enough_before_and_after_the_closing(world, event, time_machine):
    teacher, at = world.teachers[0], event.ends_at
    recording = make_recording(event)
    play(recording, teacher, [(0, 60)], at=at)
    actor = world.actor(teacher)
    assert "when the organiser closes the attendance" in shown(recording, actor, at)
    time_machine.move_to(at, tick=False)
    close(world, event, at=at)
    work(at)
    text = shown(recording, actor, at)
    assert "your certificate is made" in text
    assert f"/certificates/{panel(recording, actor, at).number}/" in text


def test_after_the_deadline_the_page_says_so(world, event):
    at = event.ends_at + timedelta(days=3)
    recording = make_recording(event)
    recording.credit_until = event.ends_at + timedelta(days=2)
    recording.save()
    text = shown(recording, world.actor(world.teachers[0]), at)
    assert "was the last day for credit" in text
    assert "Play the part I missed" not in text


def test_a_recording_that_is_too_short_says_so_before_anything_is_played(world, event):
    at = event.ends_at
    recording = make_recording(event, minutes=20)
    teacher = world.actor(world.teachers[0])
    text = shown(recording, teacher, at)
    assert "48 minutes are needed. With everything played you would have 20, so playing" in text
    assert "Who was there is not settled yet" in text
    assert "Play the part I missed" not in text
    assert panel(recording, teacher, at).state == "beyond"
    assert "48 minutes are needed, and playing everything gives 20" in shown(
        recording, ANONYMOUS, at
    )


def test_whoever_was_there_for_a_while_can_reach_it_with_a_short_recording(world, event):
    teacher, at = world.teachers[0], event.ends_at
    recording = make_recording(event, minutes=20)
    registration.register(
        event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
    )
    presence.correct(
        event.pk, person_id=teacher.pk, mode="online",
        starts_at=event.starts_at + timedelta(minutes=30), ends_at=event.ends_at,
        reason="Seen", by=world.actor(world.coordinator), at=at,
    )  # fmt: skip
    assert "<b>18 more minutes.</b>" in shown(recording, world.actor(teacher), at)


def test_recordings_of_one_event_reach_it_together(world, event):
    at = event.ends_at
    first = make_recording(event, minutes=30)
    second = make_recording(event, minutes=30)
    second.pieces = [[0, as_ms(event.starts_at) + 30 * MINUTE]]
    second.save()
    teacher = world.actor(world.teachers[0])
    assert panel(first, teacher, at).state == "short"
    second.credit_until = at
    second.save()
    assert panel(first, teacher, at).state == "beyond"


def test_whoever_looks_after_it_learns_that_watching_alone_is_not_enough(world, event):
    at = event.ends_at
    recording = make_recording(event, minutes=20)
    ids, runs = {"recording_id": recording.pk}, world.actor(world.coordinator)
    found = panels.too_short(runs, ids, at=at)
    assert (found.values.most, found.values.needed) == (20, 48)
    assert panels.too_short(world.actor(world.teachers[0]), ids, at=at) is None
    recording.duration_ms = 60 * MINUTE
    recording.save()
    assert panels.too_short(runs, ids, at=at) is None
