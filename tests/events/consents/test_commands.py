"""Answers stand beside one another; a no holds, a yes holds for the text it was given to."""

from dataclasses import replace

import pytest

from events.backstage.models import FactRow
from events.consents import commands, personal, queries
from events.consents.models import Consent
from events.kernel.errors import NotAllowed
from tests.factories.world import AT, SYSTEM, make_world

pytestmark = pytest.mark.django_db
ASKED = queries.recording_of(7)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def teacher(world):
    return world.teachers[0]


def say(teacher, *, yes, asked=ASKED, where="page", by=None, **more):
    return commands.answer(
        asked, person_id=teacher.pk, yes=yes, where=where, by=by or SYSTEM, at=AT, **more
    )


def test_the_last_answer_counts_and_all_are_kept(teacher):
    assert queries.agrees(ASKED, teacher.pk) is None
    say(teacher, yes=True)
    say(teacher, yes=True)
    say(teacher, yes=False)
    assert queries.agrees(ASKED, teacher.pk) is False
    assert [row["yes"] for row in personal.of_person(teacher.pk)] == [True, False]


def test_taking_back_is_a_fact_and_saying_no_at_once_is_none(world, teacher):
    say(teacher, yes=True)
    say(teacher, yes=False)
    say(world.teachers[1], yes=False, where="register")
    facts = FactRow.objects.filter(kind="ConsentTakenBack")
    assert [row.body["person_id"] for row in facts] == [teacher.pk]


def test_a_no_to_a_talk_takes_back_the_yes_to_the_whole_and_a_late_no_counts_too(world, teacher):
    say(teacher, yes=True)
    say(teacher, yes=False, asked=queries.recording_of(7, "My talk"))
    say(world.teachers[1], yes=False, where="page")
    say(world.teachers[1], yes=False, where="page", asked=queries.recording_of(7, "Another"))
    facts = FactRow.objects.filter(kind="ConsentTakenBack").order_by("pk")
    assert [(row.body["person_id"], row.body["about"]) for row in facts] == [
        (teacher.pk, "My talk"), (world.teachers[1].pk, ""), (world.teachers[1].pk, "Another"),
    ]  # fmt: skip


def test_a_no_on_the_page_is_kept_and_told_however_often_it_is_said(teacher):
    say(teacher, yes=False, where="register")
    say(teacher, yes=False, where="register")
    say(teacher, yes=False, where="join")
    assert not FactRow.objects.filter(kind="ConsentTakenBack").exists()
    assert Consent.objects.count() == 1
    say(teacher, yes=False)
    say(teacher, yes=False)
    assert Consent.objects.count() == 3
    assert FactRow.objects.filter(kind="ConsentTakenBack").count() == 2


def test_a_new_text_is_asked_again_after_a_yes_but_not_after_a_no(world, teacher):
    other = world.teachers[1]
    say(teacher, yes=True)
    say(other, yes=False)
    newer = replace(ASKED, version="2030-01")
    assert queries.agrees(newer, teacher.pk) is None
    assert queries.agrees(newer, other.pk) is False


def test_what_was_said_of_a_talk_goes_before_what_was_said_of_the_event(teacher):
    talk = queries.recording_of(7, "My talk")
    say(teacher, yes=True)
    assert queries.agrees(talk, teacher.pk) is True
    say(teacher, yes=False, asked=talk)
    assert queries.agrees(talk, teacher.pk) is False
    assert queries.agrees(ASKED, teacher.pk) is True


def test_nobody_answers_for_another_without_saying_how_they_know(world, teacher):
    coordinator = world.actor(world.coordinator)
    with pytest.raises(NotAllowed):
        say(teacher, yes=True, by=coordinator)
    with pytest.raises(commands.NoteMissing):
        say(teacher, yes=True, where="noted", by=coordinator)
    say(teacher, yes=True, where="noted", note="On paper", by=coordinator)
    assert Consent.objects.get().note == "On paper"
