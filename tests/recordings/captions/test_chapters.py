"""Chapters follow the running order and the first recorded instant, and never outlive a cut."""

import pytest
from django.test import Client

from events.programme import commands as programme
from events.programme.models import Slot
from recordings.captions import chapters, forgetting, handlers, queries, refusals, search
from recordings.captions.models import Chapter
from recordings.library.facts import OriginalArrived
from recordings.library.models import Recording
from tests.factories.recordings import MINUTE, make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def row(world):
    return make_recording(make_event(world), captioned=False)


def agenda(row):
    slots = [
        Slot(form="talk", minutes=10, title="Uvod"),
        Slot(form="break", minutes=5, title="Pauza"),
        Slot(form="talk", minutes=30, title="Đaci i učenje"),
    ]
    programme.set_running_order(row.part_id, slots, by=SYSTEM, at=AT)


def test_chapters_come_from_the_running_order_and_move_with_the_first_instant(row):
    agenda(row)
    handlers.take_agenda(OriginalArrived(row.pk, 1), at=AT)
    assert [(one.start, one.title) for one in queries.sections_of(row)] == [
        (0, "Uvod"), (15 * MINUTE, "Đaci i učenje"),
    ]  # fmt: skip
    chapters.shift(row.pk, seconds=120, by=SYSTEM, at=AT)
    row.refresh_from_db()
    assert [one.start for one in queries.sections_of(row)] == [0, 13 * MINUTE]
    chapters.shift(row.pk, seconds=-120, by=SYSTEM, at=AT)
    row.refresh_from_db()
    assert [one.start for one in queries.sections_of(row)] == [0, 15 * MINUTE]


def test_without_chapters_there_are_none(row):
    assert queries.sections_of(row) == []
    assert queries.chapters_as_vtt(row) == "WEBVTT\n"


def test_a_talk_held_before_the_recorder_ran_has_no_chapter(row):
    agenda(row)
    start = int(row.part.starts_at.timestamp() * 1000) + 12 * MINUTE
    Recording.objects.filter(pk=row.pk).update(pieces=[[0, start]])
    row.refresh_from_db()
    chapters.take_agenda(row.pk, by=SYSTEM, at=AT)
    assert [(one.start, one.title) for one in queries.sections_of(row)] == [
        (3 * MINUTE, "Đaci i učenje")
    ]


def test_chapters_written_by_hand_stay_when_the_agenda_is_taken(row):
    agenda(row)
    chapters.write(
        row.pk,
        [chapters.Mark(0, "Po svom"), chapters.Mark(7200_000, "iza kraja")],
        by=SYSTEM,
        at=AT,
    )
    handlers.take_agenda(OriginalArrived(row.pk, 1), at=AT)
    assert list(Chapter.objects.values_list("title", flat=True)) == ["Po svom"]
    chapters.take_agenda(row.pk, by=SYSTEM, at=AT)
    assert list(Chapter.objects.values_list("title", flat=True)) == ["Po svom", "Đaci i učenje"]


def cut_out(row, *spans):
    Recording.objects.filter(pk=row.pk).update(cuts=[list(span) for span in spans])
    forgetting.forget_inside(row.pk, spans, by=SYSTEM, at=AT)
    row.refresh_from_db()


def test_a_chapter_of_a_talk_cut_at_its_beginning_starts_where_the_cut_ends(row, world):
    agenda(row)
    cut_out(row, (14 * MINUTE, 20 * MINUTE))
    chapters.take_agenda(row.pk, by=SYSTEM, at=AT)
    assert [(one.start, one.source_start) for one in queries.sections_of(row)] == [
        (0, 0), (14 * MINUTE, 20 * MINUTE),
    ]  # fmt: skip
    found = search.find("djaci", by=world.actor(world.coordinator), at=AT)
    assert [one.start for one in found[0].moments] == [14 * MINUTE]


def test_the_chapter_of_a_talk_cut_in_two_steps_does_not_stay_over_what_follows(row):
    agenda(row)
    cut_out(row, (0, 2 * MINUTE))
    chapters.take_agenda(row.pk, by=SYSTEM, at=AT)
    Recording.objects.filter(pk=row.pk).update(cuts=[[0, 10 * MINUTE]])
    forgetting.forget_inside(row.pk, [(2 * MINUTE, 10 * MINUTE)], by=SYSTEM, at=AT)
    row.refresh_from_db()
    assert [(one.start, one.title) for one in queries.sections_of(row)] == [
        (5 * MINUTE, "Đaci i učenje")
    ]


def test_a_chapter_that_was_kept_inside_a_cut_is_neither_shown_nor_found(row, world):
    Chapter.objects.create(recording=row, start_ms=5 * MINUTE, title="Uvod", key="uvod")
    Recording.objects.filter(pk=row.pk).update(cuts=[[4 * MINUTE, 10 * MINUTE]])
    row.refresh_from_db()
    assert queries.sections_of(row) == []
    assert search.find("uvod", by=world.actor(world.coordinator), at=AT) == []
    Chapter.objects.update(start_ms=10 * MINUTE - 1)
    assert search.find("uvod", by=world.actor(world.coordinator), at=AT) == []
    chapters.write(row.pk, [chapters.Mark(5 * MINUTE, "Uvod")], by=SYSTEM, at=AT)
    assert not Chapter.objects.exists()


def test_without_a_file_chapters_are_refused_with_the_reason(row, world):
    row.duration_ms = 0
    row.save()
    with pytest.raises(refusals.NoFilm):
        chapters.require_apart(row, [chapters.Mark(0, "Uvod")])
    page = sign_in(Client(), world.coordinator).post(
        f"/recordings/{row.slug}/chapters/", {"lines": "00:00 Uvod"}
    )
    assert page.status_code == 422
    assert "Chapters need a file that is kept here" in page.content.decode()


@pytest.mark.parametrize(
    ("line", "words"),
    [("60:00 Daleko", "The recording is over by then: 60:00 Daleko"),
     ("99:99 X", "This is not one: 99:99 X"),
     ("0:05 Opet", "Another chapter begins at the same moment: 0:05 Opet")],
)  # fmt: skip
def test_a_chapter_that_could_not_be_kept_is_named_and_nothing_is_lost(row, world, line, words):
    chapters.write(row.pk, [chapters.Mark(0, "Uvod")], by=SYSTEM, at=AT)
    organiser = sign_in(Client(), world.coordinator)
    address = f"/recordings/{row.slug}/chapters/"
    page = organiser.post(address, {"lines": f"00:05 Prvi\n{line}"})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert f"00:05 Prvi\n{line}</textarea>" in page.content.decode()
    assert [one.title for one in queries.sections_of(row)] == ["Uvod"]
    assert organiser.post(address, {"lines": "00:05 Prvi\n59:59 Kraj"}).status_code == 302
    assert [one.title for one in queries.sections_of(row)] == ["Prvi", "Kraj"]


def test_a_press_moves_the_first_picture_by_seconds_and_says_so(row, world):
    organiser = sign_in(Client(), world.coordinator)
    address = f"/recordings/{row.slug}/chapters/"
    assert ":00.</p>" in organiser.get(address).content.decode()
    pressed = organiser.post(f"{address}agenda/", {"shift": "10"}, follow=True)
    assert ":10.</p>" in pressed.content.decode()
    assert "Saved." in pressed.content.decode()
