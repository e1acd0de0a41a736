"""An answer counts for what the coordinator was shown; nothing that somebody wrote gets lost unseen."""

from dataclasses import replace

import pytest

from integrations.accounts.models import Account
from integrations.sync import commands, questions
from integrations.sync.models import Question
from tests.integrations.sync.test_inward import HOURS, answer, event, moved_there, standing
from tests.integrations.sync.test_outward import part_of
from tests.integrations.sync.test_pages import get, post

__all__ = ["event"]
pytestmark = pytest.mark.django_db


def moved_and(stage, **changes):
    """Somebody moves the entry by three hours, and changes more of it."""
    found = standing(stage)
    stage.far._write(
        replace(found, starts_at=found.starts_at + HOURS, ends_at=found.ends_at + HOURS, **changes)
    )
    stage.read()


@pytest.mark.parametrize("kind", ["accept", "restore", "detach"])
def test_an_answer_to_what_has_changed_since_is_refused(stage, event, kind):
    before = part_of(event).starts_at
    moved_there(stage)
    shown = questions.digest(Question.objects.get())
    moved_there(stage)
    with pytest.raises(commands.ChangedAgain):
        commands.answer(
            Question.objects.get().pk, seen=shown, answer=kind, by=stage.by, at=stage.now
        )
    assert (part_of(event).starts_at, stage.link().state) == (before, "question")


def test_a_guest_s_answer_over_there_does_not_make_it_another_question(stage, event):
    moved_there(stage)
    shown = questions.digest(Question.objects.get())
    stage.far.touch_there(standing(stage).remote_id)
    stage.read()
    commands.answer(
        Question.objects.get().pk, seen=shown, answer="accept", by=stage.by, at=stage.now
    )
    stage.work(1)
    assert stage.link().state == "ok"


def test_the_page_shows_it_anew_and_takes_the_next_answer(stage, event, client):
    moved_there(stage)
    question = Question.objects.get()
    shown = questions.digest(question)
    moved_there(stage)
    said = {"do": "answer", "question": question.pk, "answer": "accept"}
    refused = post(stage, client, event, **said, seen=shown)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "The entry has changed again. Look at it once more, then answer." in page
    now = questions.digest(Question.objects.get())
    assert f'name="seen" value="{now}"' in page
    assert post(stage, client, event, **said, seen=now).status_code == 302
    assert post(stage, client, event, **said).status_code == 422


def test_what_was_moved_and_renamed_is_shown_and_taken_on_whole(stage, event, client):
    before = part_of(event).starts_at
    moved_and(stage, title="Grand opening")
    page = get(stage, client, f"/plan/{event.pk}/calendar/").content.decode()
    assert "Grand opening" in page
    assert "The event moves and gets this title" in page
    answer(stage, "accept")
    event.refresh_from_db()
    assert (event.title, part_of(event).starts_at) == ("Grand opening", before + HOURS)
    assert standing(stage).title == "Grand opening"


def test_a_place_that_was_changed_with_the_time_is_shown_and_said_to_be_put_back(
    stage, event, client
):
    moved_and(stage, place="Town hall")
    page = get(stage, client, f"/plan/{event.pk}/calendar/").content.decode()
    assert "<dd>Town hall</dd>" in page
    assert "The place in the calendar is not taken over" in page


def test_a_move_alone_says_nothing_of_title_and_place(stage, event, client):
    moved_there(stage)
    page = get(stage, client, f"/plan/{event.pk}/calendar/").content.decode()
    assert "Title in the calendar" not in page
    assert "Place in the calendar" not in page


@pytest.mark.parametrize("more", [{"title": "Grand opening"}, {"place": "Town hall"}])
def test_moves_that_change_more_are_asked_about_where_moves_count_at_once(stage, event, more):
    Account.objects.update(accepts_moves=True)
    before = part_of(event).starts_at
    moved_and(stage, **more)
    assert Question.objects.get(answered_at=None).kind == "moved"
    assert part_of(event).starts_at == before


def test_the_letter_names_the_new_title(stage, event, mailoutbox):
    moved_and(stage, title="Grand opening")
    said = mailoutbox[-1].content.get_body(("plain",)).get_content()
    assert "Title in the calendar" in said
    assert "Grand opening" in said
