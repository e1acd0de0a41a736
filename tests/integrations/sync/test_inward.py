"""What changes over there is noticed, and is a question: never silent, never overwritten unseen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from events.backstage.commands import record
from events.backstage.models import FactRow, Letter, Work
from events.kernel.errors import NotAllowed
from events.programme import commands as programme
from events.programme import parts, queries
from events.programme.refusals import ReasonMissing
from integrations.accounts.models import Account
from integrations.ports import Conflict, CursorLost, Found, Gone
from integrations.sync import commands, comparing, questions, tasks
from integrations.sync.facts import NoticeCame
from integrations.sync.models import Cursor, Link, Question
from tests.factories.world import make_event
from tests.integrations.sync.test_outward import change, part_of

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=3)


@pytest.fixture
def event(stage):
    found = stage.event()
    stage.read()
    stage.far.calls.clear()
    return found


def standing(stage):
    (found,) = stage.far.standing()
    return found


def moved_there(stage, by=HOURS):
    found = standing(stage)
    stage.far.move_there(found.remote_id, found.starts_at + by, found.ends_at + by)
    stage.read()


def answer(stage, kind, **more):
    question = Question.objects.get(answered_at=None)
    commands.answer(question.pk, seen=questions.digest(question), answer=kind, by=stage.by,
                    at=stage.now, **more)  # fmt: skip
    stage.work(1)


def test_e_our_own_echo_is_no_news_and_no_ping_pong(stage, event):
    change(stage, event, title="Renamed")
    stage.read()
    assert (Question.objects.count(), stage.far.calls.count("put")) == (0, 1)


def test_what_is_not_ours_may_change_over_there(stage, event):
    """The etag moves on, so that our next change is no conflict."""
    stage.far.touch_there(standing(stage).remote_id)
    stage.read()
    change(stage, event, title="Renamed")
    assert Question.objects.count() == 0
    assert standing(stage).title == "Renamed"
    assert stage.far.calls.count("put") == 1


def test_entries_of_other_people_are_ignored(stage, event):
    stage.far._write(Found("r-lunch", "", "", "Lunch", "", stage.now, stage.now + HOURS))
    stage.read()
    assert (Question.objects.count(), Link.objects.count()) == (0, 1)


def test_e_a_move_there_is_a_question_and_changes_nothing(stage, event):
    """Field ownership: title, time and place are ours; a remote change is a proposal."""
    before = part_of(event).starts_at
    moved_there(stage)
    question = Question.objects.get()
    assert (question.kind, question.found_starts_at) == ("moved", before + HOURS)
    assert part_of(event).starts_at == before
    assert standing(stage).starts_at == before + HOURS
    assert stage.link().state == "question"


def test_the_organiser_is_written_to_once(stage, event):
    moved_there(stage)
    moved_there(stage)
    letters = Letter.objects.filter(kind="calendar_question")
    assert [row.person_id for row in letters] == [stage.world.coordinator.pk]
    assert Question.objects.get().found_starts_at == part_of(event).starts_at + 2 * HOURS


def test_accepting_a_move_moves_the_event_as_the_coordinator_would(stage, event):
    sequence = part_of(event).sequence
    moved_there(stage)
    answer(stage, "accept")
    part = part_of(event)
    assert (part.starts_at, part.sequence) == (standing(stage).starts_at, sequence + 1)
    assert stage.link().state == "ok"
    assert Question.objects.get().by_id == stage.world.coordinator.pk
    stage.read()
    assert Question.objects.filter(answered_at=None).count() == 0


def test_restoring_puts_our_time_back(stage, event):
    moved_there(stage)
    answer(stage, "restore")
    assert standing(stage).starts_at == part_of(event).starts_at
    assert stage.link().state == "ok"


def test_a_detached_entry_is_never_touched_again(stage, event):
    moved_there(stage)
    answer(stage, "detach")
    left = standing(stage)
    change(stage, event, title="Renamed")
    moved_there(stage)
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    assert standing(stage).title == left.title
    assert Question.objects.filter(answered_at=None).count() == 0


def test_e_a_removal_there_asks_and_a_cancellation_afterwards_goes_through(stage, event):
    stage.far.remove_there(standing(stage).remote_id)
    stage.read()
    assert Question.objects.get().kind == "removed"
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    assert stage.link().state == "removed"
    assert Question.objects.get().answer == "settled"


def test_accepting_a_removal_cancels_with_a_reason(stage, event):
    stage.far.remove_there(standing(stage).remote_id)
    stage.read()
    with pytest.raises(ReasonMissing):
        answer(stage, "accept")
    answer(stage, "accept", reason="Snow")
    event.refresh_from_db()
    assert (event.state, event.cancel_reason) == ("cancelled", "Snow")
    assert stage.link().state == "removed"


def test_accepting_the_removal_of_one_part_calls_off_that_part(stage):
    event = stage.event(mode="room", kind="workshop")
    day = parts.PartWish(datetime(2026, 11, 28, 9, 0), "Europe/Zagreb", 120, "room")
    added = parts.add(event.pk, day, by=stage.by, at=stage.now)
    stage.work(1)
    stage.read()
    stage.far.remove_there(Link.objects.get(part_id=added.pk).remote_id)
    stage.read()
    answer(stage, "accept", reason="Snow")
    assert [part.pk for part in queries.parts_of(event.pk)] == [part_of(event).pk]
    assert len(stage.far.standing()) == 1


def test_restoring_a_removed_entry_puts_it_back(stage, event):
    stage.far.remove_there(standing(stage).remote_id)
    stage.read()
    answer(stage, "restore")
    assert standing(stage).starts_at == part_of(event).starts_at


def test_a_removal_noticed_by_our_own_change_asks_too(stage, event):
    stage.far.remove_there(standing(stage).remote_id)
    change(stage, event, title="Renamed")
    assert (Question.objects.get().kind, stage.far.standing()) == ("removed", [])


def test_a_move_noticed_by_our_own_change_asks_and_overwrites_nothing(stage, event):
    found = standing(stage)
    stage.far.move_there(found.remote_id, found.starts_at + HOURS, found.ends_at + HOURS)
    change(stage, event, starts=datetime(2026, 12, 1, 9, 0))
    assert Question.objects.get().kind == "moved"
    assert standing(stage).starts_at == found.starts_at + HOURS
    answer(stage, "restore")
    assert standing(stage).starts_at == part_of(event).starts_at


def test_a_new_title_there_asks_and_can_be_taken_on(stage, event):
    stage.far.retitle_there(standing(stage).remote_id, "Grand opening")
    stage.read()
    assert Question.objects.get().kind == "changed"
    answer(stage, "accept")
    event.refresh_from_db()
    assert (event.title, standing(stage).title) == ("Grand opening", "Grand opening")


def test_a_difference_that_goes_away_takes_its_question_with_it(stage, event):
    moved_there(stage)
    moved_there(stage, by=-HOURS)
    assert Question.objects.get().answer == "settled"
    assert stage.link().state == "ok"


def test_our_own_move_to_the_same_time_answers_the_question(stage, event):
    moved_there(stage)
    with_part = part_of(event)
    wall = with_part.wall + HOURS
    programme.change(
        event.pk, replace(programme.present_plan(event, with_part), starts=wall),
        by=stage.by, at=stage.now,
    )  # fmt: skip
    stage.work(1)
    stage.far.touch_there(standing(stage).remote_id)
    stage.read()
    assert Question.objects.get().answer == "settled"
    assert stage.link().state == "ok"


def test_an_account_may_let_moves_count_at_once_but_never_a_removal(stage, event):
    Account.objects.update(accepts_moves=True)
    before = part_of(event).starts_at
    moved_there(stage)
    assert (part_of(event).starts_at, Question.objects.count()) == (before + HOURS, 0)
    assert stage.link().state == "ok"
    stage.far.remove_there(standing(stage).remote_id)
    stage.read()
    assert Question.objects.get().kind == "removed"
    event.refresh_from_db()
    assert event.state == "published"


def test_a_move_into_the_past_is_asked_even_then(stage, event):
    Account.objects.update(accepts_moves=True)
    moved_there(stage, by=-timedelta(days=30))
    assert Question.objects.get().kind == "moved"


def test_e_a_lost_cursor_means_a_whole_round_that_is_compared(stage, event):
    """410 is a class of its own: absent now means removed, and nothing is silently stale."""
    stage.far.remove_there(standing(stage).remote_id)
    stage.far.forget_cursors()
    stage.read()
    assert Question.objects.get().kind == "removed"
    assert stage.far.calls.count("changes") == 2
    assert Cursor.objects.get().good_at == stage.now


def test_an_entry_moved_out_of_the_span_is_moved_and_not_removed(stage, event):
    found = standing(stage)
    far_off = found.starts_at + timedelta(days=900)
    stage.far.move_there(found.remote_id, far_off, far_off + HOURS)
    stage.far.forget_cursors()
    stage.read()
    assert Question.objects.get().kind == "moved"


def test_notices_that_one_round_has_answered_cost_no_further_one(stage, event):
    with transaction.atomic():
        for second in range(5):
            moment = stage.now + timedelta(seconds=second)
            record(NoticeCame(stage.account.pk, moment.isoformat()), at=moment)
    stage.work(20)
    assert stage.far.calls.count("changes") == 1


def test_a_calendar_is_read_every_half_hour_or_so_whatever_notices_do(stage, event):
    for _ in range(60 * 4):
        stage.now += timedelta(minutes=1)
        tasks.read_calendars(at=stage.now)
    stage.work(1)
    due = Cursor.objects.get().next_at - stage.now
    assert timedelta(0) < due <= timedelta(minutes=36)

    asked = FactRow.objects.filter(kind="NoticeCame").count()
    assert 7 <= asked <= 12


def test_a_cancelled_event_that_somebody_brings_back_there_is_removed_again(stage, event):
    found = standing(stage)
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    stage.far._write(replace(found, removed=False))
    stage.read()
    stage.work(1)
    assert stage.far.standing() == []


def test_leaving_out_and_taking_in_again(stage, event):
    commands.leave_out(event.pk, by=stage.by, at=stage.now)
    change(stage, event, title="Renamed")
    assert standing(stage).title != "Renamed"
    commands.take_in(event.pk, by=stage.by, at=stage.now)
    stage.work(1)
    assert standing(stage).title == "Renamed"


def test_a_draft_left_out_gets_no_entry(stage):
    event = make_event(stage.world, publish=False)
    commands.leave_out(event.pk, by=stage.by, at=stage.now)
    programme.publish(event.pk, by=stage.by, at=stage.now)
    stage.work(20)
    assert stage.far.calls == []


def test_only_who_runs_the_event_answers(stage, event):
    moved_there(stage)
    stranger = stage.world.actor(stage.world.teachers[0])
    with pytest.raises(NotAllowed):
        commands.answer(
            Question.objects.get().pk, seen="", answer="accept", by=stranger, at=stage.now
        )
    with pytest.raises(NotAllowed):
        commands.leave_out(event.pk, by=stranger, at=stage.now)
    with pytest.raises(NotAllowed):
        commands.ask_for_meeting(part_of(event).pk, by=stranger, at=stage.now)


def test_a_second_answer_is_refused(stage, event):
    moved_there(stage)
    question = Question.objects.get()
    answer(stage, "restore")
    with pytest.raises(commands.Answered):
        commands.answer(question.pk, seen="", answer="accept", by=stage.by, at=stage.now)


def test_a_round_that_cannot_be_saved_is_read_again(stage, event, monkeypatch):
    """The cursor moves on in the transaction that takes the changes on, or not at all."""

    def broken(*_args, **_more):
        raise ValueError("a bug of ours")

    with monkeypatch.context() as patched:
        patched.setattr(comparing, "compare", broken)
        moved_there(stage)
    assert Question.objects.count() == 0
    stage.read()
    assert Question.objects.get().kind == "moved"


def test_e_news_of_what_we_removed_ourselves_is_tolerated(stage, event):
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    stage.read()
    assert (stage.link().state, Question.objects.count()) == ("removed", 0)


def test_e_dst_a_move_into_the_doubled_hour_is_taken_on_once(stage, event):
    """The second of the two hours cannot be written on a wall clock: the first stands everywhere."""
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    found = standing(stage)
    stage.far.move_there(found.remote_id, second, second + HOURS)
    stage.far.forget_cursors()
    stage.read()
    answer(stage, "accept")
    stage.read()
    assert standing(stage).starts_at == part_of(event).starts_at
    assert Question.objects.filter(answered_at=None).count() == 0


def test_a_cursor_lost_twice_in_a_row_is_no_failure_of_ours(stage, event):
    stage.far.fail("changes", CursorLost("cursor_lost"), times=2)
    moved_there(stage)
    work = Work.objects.get(state="ready")
    assert (work.attempts, work.last_error) == (0, "cursor_lost")
    stage.work(120)
    assert Question.objects.get().kind == "moved"


def test_gone_while_it_is_put_back_is_looked_at_again(stage, event):
    stage.far.remove_there(standing(stage).remote_id)
    stage.read()
    stage.far.fail("put", Gone("not_found"))
    answer(stage, "restore")
    assert not Work.objects.filter(attempts__gt=1).exists()
    stage.work(60)
    assert stage.link().state in {"ok", "question"}


def test_a_removal_that_could_not_be_sent_while_a_question_was_open_is_not_forgotten(stage, event):
    """Found by random histories: what waits was looked for among entries without a question."""
    moved_there(stage)
    stage.account.state = "reconnect"
    stage.account.save()
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(60)
    stage.account.state = "troubled"
    stage.account.save()
    stage.read()
    stage.work(1)
    assert (stage.link().state, stage.far.standing()) == ("removed", [])
    assert Question.objects.get().answer == "settled"


def test_what_is_said_to_be_gone_is_looked_at_before_anybody_is_asked(stage, event):
    """Found by random histories: a server said "not there" of an entry that stands there."""
    stage.far.fail("put", Gone("not_found"))
    change(stage, event, title="Renamed")
    assert (Question.objects.count(), standing(stage).title) == (0, "Renamed")


def test_a_question_about_a_removal_ends_when_the_entry_stands_there_after_all(stage, event):
    """No round of changes shows it: nothing changed over there."""
    comparing.compare(stage.link().pk, None, stage.account, at=stage.now)
    assert Question.objects.get(answered_at=None).kind == "removed"
    stage.read()
    assert (Question.objects.get().answer, stage.link().state) == ("settled", "ok")


def test_a_conflict_while_it_is_looked_at_again_is_no_failure_of_ours(stage, event):
    stage.far.fail("put", Conflict("changed"), times=2)
    change(stage, event, title="Renamed")
    assert not Work.objects.filter(last_error="Conflict").exists()
    stage.work(60)
    assert (stage.link().state, standing(stage).title) == ("ok", "Renamed")
