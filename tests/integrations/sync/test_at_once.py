"""What happens at the same moment: nothing is decided on what stood there a moment ago."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from events.programme import commands as programme
from integrations.accounts.models import Account
from integrations.sync import commands, comparing, keeping, pulling, questions
from integrations.sync.models import Cursor, Link, Question
from tests.factories.world import make_event
from tests.integrations.sync.conftest import add_account
from tests.integrations.sync.test_inward import HOURS, event, moved_there, standing
from tests.integrations.sync.test_outward import part_of
from tests.integrations.sync.test_pages import get, post

__all__ = ["event"]
pytestmark = pytest.mark.django_db


def locks(deed):
    """The tables that a deed locks, in order."""
    with CaptureQueriesContext(connection) as asked:
        deed()
    rows = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]]
    return [sql.split(' FROM "')[1].split('"')[0] for sql in rows]


def test_an_entry_detached_while_a_round_waited_for_the_event_is_asked_nothing(
    stage, event, monkeypatch
):
    locked = comparing.locking.locked

    def decided(event_id, *, by):
        Link.objects.update(state="detached")
        return locked(event_id, by=by)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(comparing.locking, "locked", decided)
        moved_there(stage)
    assert (stage.link().state, Question.objects.count()) == ("detached", 0)


def test_an_answer_and_what_keeps_links_in_step_lock_the_event_first(stage, event):
    moved_there(stage)
    asked = Question.objects.get()
    found = locks(
        lambda: commands.answer(
            asked.pk, seen=questions.digest(asked), answer="restore", by=stage.by, at=stage.now
        )
    )
    assert found == ["events_event", "integrations_question", "integrations_link"]
    kept = locks(lambda: keeping.keep(event.pk, at=stage.now))
    assert kept == ["events_event", "integrations_link"]


def test_called_off_while_the_first_push_was_on_its_way_it_is_taken_away_again(stage):
    """Whoever called it off saw that nothing had been sent; a moment later something was."""
    event = make_event(stage.world, join_url="")

    def call_off(name):
        if name == "put":
            stage.far.before = lambda _name: None
            programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
            Link.objects.update(state="removed", wished_hash="")

    stage.far.before = call_off
    stage.work()
    stage.work(60)
    assert (stage.link().state, stage.far.standing()) == ("removed", [])


def test_a_move_there_does_not_count_while_ours_has_not_reached_the_link(stage, event):
    """The coordinator moved it a second ago: nothing has compared the event with its link yet."""
    Account.objects.update(accepts_moves=True)
    found = standing(stage)
    plan = replace(
        programme.present_plan(event, part_of(event)), starts=datetime(2026, 12, 1, 9, 0)
    )
    programme.change(event.pk, plan, by=stage.by, at=stage.now)
    ours = part_of(event).starts_at
    stage.far.move_there(found.remote_id, found.starts_at + HOURS, found.ends_at + HOURS)
    save = pulling.pull(stage.account.pk, at=stage.now)
    with transaction.atomic():
        save()
    assert (part_of(event).starts_at, Question.objects.get().kind) == (ours, "moved")


def hand_over(stage):
    Account.objects.filter(pk=stage.account.pk).update(state="off")
    return add_account(stage.world)


def test_a_question_ends_with_its_account_and_the_next_one_asks_for_itself(stage, event):
    moved_there(stage)
    following = hand_over(stage)
    keeping.keep(event.pk, at=stage.now)
    assert Question.objects.get().answer == "settled"
    stage.read()
    assert stage.link().account_id == following.pk
    assert Question.objects.get(answered_at=None).kind == "moved"


def test_a_question_ends_with_its_account_where_no_other_follows(stage, event, client):
    moved_there(stage)
    Account.objects.update(state="off")
    keeping.keep(event.pk, at=stage.now)
    assert (stage.link().state, Question.objects.get().answer) == ("removed", "settled")
    page = get(stage, client, f"/plan/{event.pk}/calendar/").content.decode()
    assert "What shall count?" not in page


def test_a_cancelled_event_is_not_offered_to_be_left_out(stage, event, client):
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    page = get(stage, client, f"/plan/{event.pk}/calendar/").content.decode()
    assert "Leave it out of the calendar" not in page
    assert "This event is cancelled and has no calendar entry." in page


def test_a_cancelled_event_is_left_out_without_a_stumble(stage, event, client):
    """The button stood on a page that was loaded before."""
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    assert post(stage, client, event, do="leave").status_code == 302
    assert stage.link().state == "detached"


def test_what_is_brought_back_in_a_former_calendar_stops_no_reading(stage, event):
    """The part has its entry in a nearer calendar by now."""
    found = standing(stage)
    Link.objects.update(state="removed", remote_id="", etag="")
    add_account(
        stage.world, calendar="own@example.org", scope="person", scope_id=stage.world.coordinator.pk
    )
    keeping.keep(event.pk, at=stage.now)
    stage.far._write(found)
    stage.read()
    assert Cursor.objects.get(account=stage.account).good_at == stage.now
    assert sorted(Link.objects.values_list("state", flat=True)) == ["ok", "removed"]
