"""No recording is published that a speaker has not agreed to, unless the talk is cut out."""

import pytest

from events.consents import commands as consents
from events.consents.queries import recording_of
from events.programme import commands as programme
from events.programme.models import Slot
from recordings.library import commands, queries
from recordings.library.models import Recording
from recordings.library.speakers import speakers_of
from tests.factories.recordings import MINUTE, make_recording
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def draft(world, *, recorded):
    row = make_recording(make_event(world, recorded=recorded), publish=False)
    Recording.objects.filter(pk=row.pk).update(asked_at=None)
    row.refresh_from_db()
    return row


def give_talks(world, row):
    first, second = world.teachers[:2]
    slots = [
        Slot(form="talk", minutes=10, title="One", presenter=first),
        Slot(form="talk", minutes=10, title="Two", presenter=second),
    ]
    programme.set_running_order(row.part_id, slots, by=SYSTEM, at=AT)
    return first, second


def agree(person, row, *, yes=True, title=""):
    consents.answer(
        recording_of(row.event_id, title), person_id=person.pk, yes=yes, where="page", by=SYSTEM,
        at=AT,
    )  # fmt: skip


def test_what_nobody_announced_stays_a_draft_until_everybody_was_asked(world):
    row = draft(world, recorded=False)
    with pytest.raises(commands.NotAnnounced):
        commands.publish(row.pk, by=SYSTEM, at=AT)
    with pytest.raises(commands.NoteMissing):
        commands.say_asked(row.pk, note=" ", by=SYSTEM, at=AT)
    commands.say_asked(row.pk, note="Asked by mail, all agreed", by=SYSTEM, at=AT)
    commands.publish(row.pk, by=SYSTEM, at=AT)
    assert queries.find(row.pk).state == "published"


def test_every_speaker_agrees_first(world):
    row = draft(world, recorded=True)
    first, second = give_talks(world, row)
    agree(first, row)
    with pytest.raises(commands.SpeakersOpen) as refused:
        commands.publish(row.pk, by=SYSTEM, at=AT)
    assert refused.value.data["names"] == second.name
    commands.note_answer(
        row.pk, person_id=second.pk, title="Two", yes=True, note="On paper", by=SYSTEM, at=AT
    )
    commands.publish(row.pk, by=SYSTEM, at=AT)


def test_nobody_notes_a_yes_over_somebodys_own_no(world):
    row = draft(world, recorded=True)
    first, second = give_talks(world, row)

    def note(person, title):
        commands.note_answer(
            row.pk, person_id=person.pk, title=title, yes=True, note="On paper", by=SYSTEM, at=AT
        )

    agree(first, row, yes=False, title="One")
    agree(second, row, yes=False)
    for person, title in ((first, "One"), (second, "Two")):
        with pytest.raises(commands.OwnNo):
            note(person, title)
    commands.note_answer(
        row.pk, person_id=first.pk, title="One", yes=False, note="By phone", by=SYSTEM, at=AT
    )
    with pytest.raises(commands.OwnNo):
        note(first, "One")
    agree(first, row, title="One")
    agree(second, row, title="Two")
    note(first, "One")
    note(second, "Two")
    commands.publish(row.pk, by=SYSTEM, at=AT)


def test_a_noted_no_may_be_followed_by_a_noted_yes(world):
    row = draft(world, recorded=True)
    first, second = give_talks(world, row)
    agree(second, row)
    for yes in (False, True):
        commands.note_answer(
            row.pk, person_id=first.pk, title="One", yes=yes, note="By phone", by=SYSTEM, at=AT
        )
    commands.publish(row.pk, by=SYSTEM, at=AT)


def test_a_talk_that_must_not_be_shown_is_cut_out_first(world):
    row = draft(world, recorded=True)
    first, second = give_talks(world, row)
    agree(first, row)
    agree(second, row)
    agree(second, row, yes=False, title="Two")
    with pytest.raises(commands.SpeakersOpen):
        commands.publish(row.pk, by=SYSTEM, at=AT)
    assert [one.span for one in speakers_of(row)] == [
        (0, 10 * MINUTE), (10 * MINUTE, 20 * MINUTE),
    ]  # fmt: skip
    Recording.objects.filter(pk=row.pk).update(cuts=[[10 * MINUTE, 20 * MINUTE]])
    commands.publish(row.pk, by=SYSTEM, at=AT)


def test_a_talk_that_was_not_recorded_asks_nobody(world):
    row = draft(world, recorded=True)
    give_talks(world, row)
    later = int(row.part.starts_at.timestamp() * 1000) + 30 * MINUTE
    Recording.objects.filter(pk=row.pk).update(pieces=[[0, later]])
    commands.publish(row.pk, by=SYSTEM, at=AT)


def test_two_cuts_that_cover_a_talk_together_count_as_one(world):
    row = draft(world, recorded=True)
    first, second = give_talks(world, row)
    agree(first, row)
    agree(second, row, yes=False)
    cuts = [[15 * MINUTE, 22 * MINUTE], [9 * MINUTE, 15 * MINUTE]]
    gap = [[9 * MINUTE, 14 * MINUTE], cuts[0]]
    Recording.objects.filter(pk=row.pk).update(cuts=gap)
    with pytest.raises(commands.SpeakersOpen):
        commands.publish(row.pk, by=SYSTEM, at=AT)
    Recording.objects.filter(pk=row.pk).update(cuts=cuts)
    assert [one.cut for one in speakers_of(queries.find(row.pk))] == [False, True]
    commands.publish(row.pk, by=SYSTEM, at=AT)
