"""One refused entry stops nobody else; a trouble met in writing ends by writing, and not by reading."""

import pytest

from integrations.accounts import health
from integrations.accounts.models import Account
from integrations.ports import Denied
from integrations.sync.models import Cursor, Link
from tests.factories.world import make_event
from tests.integrations.sync.test_inward import event
from tests.integrations.sync.test_outward import change, part_of
from tests.integrations.sync.test_pages import get

__all__ = ["event"]
pytestmark = pytest.mark.django_db
FORBIDDEN = Denied("forbidden")


def state_of(event):
    return Link.objects.get(part_id=part_of(event).pk).state


def read_soon(stage):
    """The regular look at an account in trouble, minutes later."""
    Cursor.objects.update(next_at=stage.now)
    stage.read(400)


def titles(stage):
    return {one.title for one in stage.far.standing()}


def read_only(stage, event):
    """Two entries are refused after one another: it is the calendar."""
    stage.far.fail("put", FORBIDDEN, times=9)
    change(stage, event, title="Renamed")
    second = make_event(stage.world, title="Second", join_url="")
    stage.work()
    return second


def test_an_entry_that_is_refused_fails_alone_says_so_and_is_tried_again(stage, event, client):
    stage.far.fail("put", FORBIDDEN)
    change(stage, event, title="Renamed")
    assert state_of(event) == "failed"
    page = get(stage, client, f"/plan/{event.pk}/calendar/").content.decode()
    assert "The calendar refuses the entry." in page
    second = make_event(stage.world, title="Second", join_url="")
    stage.work()
    assert (state_of(second), Account.objects.get().state) == ("ok", "fine")
    stage.work(3700)
    assert titles(stage) == {"Renamed", "Second"}


def test_the_very_first_refusal_is_one_of_the_calendar(stage):
    stage.far.fail("put", FORBIDDEN)
    stage.event()
    assert Account.objects.get().trouble == "forbidden"


def test_a_good_read_does_not_hide_that_nothing_can_be_written(stage, event):
    read_only(stage, event)
    stage.read()
    health.note_good(stage.account.pk, at=stage.now, synced=False)
    row = Account.objects.get()
    assert (row.state, row.trouble, row.good_at) == ("troubled", "forbidden", stage.now)


def test_one_entry_is_tried_at_each_read_until_writing_works_again(stage, event):
    second = read_only(stage, event)
    tried = stage.far.calls.count("put")
    read_soon(stage)
    assert stage.far.calls.count("put") == tried + 1
    stage.far.troubles.clear()
    read_soon(stage)
    stage.work(1)
    assert (state_of(event), state_of(second), Account.objects.get().state) == ("ok", "ok", "fine")
    assert titles(stage) == {"Renamed", "Second"}


def test_a_trouble_whose_entries_are_all_left_out_is_none(stage, event):
    read_only(stage, event)
    Link.objects.update(state="detached")
    read_soon(stage)
    assert Account.objects.get().state == "fine"


def test_a_storage_that_is_full_is_said_and_waited_for(stage, event):
    """HTTP 507 and the like: reading goes on, and nothing is sent for hours."""
    stage.far.fail("put", Denied("usage_limit"))
    change(stage, event, title="Renamed")
    second = make_event(stage.world, title="Second", join_url="")
    stage.work()
    tried = stage.far.calls.count("put")
    for _ in range(3):
        stage.read(3600)
    assert (Account.objects.get().trouble, state_of(second)) == ("usage_limit", "pending")
    assert stage.far.calls.count("put") == tried
    stage.read(4 * 3600)
    stage.work(1)
    assert (titles(stage), Account.objects.get().state) == ({"Renamed", "Second"}, "fine")
