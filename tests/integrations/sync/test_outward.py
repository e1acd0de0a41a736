"""What is promised appears once in the calendar, and follows every change."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from events.backstage.models import Work
from events.programme import commands as programme
from events.programme import parts, queries, series
from events.programme.series import Repeat
from integrations.ports import Denied, Temporary
from integrations.sync import tasks
from integrations.sync.models import Link
from tests.factories.world import AT, make_event, wish
from tests.integrations.sync.conftest import add_account
from tests.integrations.sync.farside import BUSY

pytestmark = pytest.mark.django_db


def part_of(event):
    return queries.parts_of(event.pk)[0]


def change(stage, event, **values):
    plan = replace(programme.present_plan(event, part_of(event)), **values)
    programme.change(event.pk, plan, by=stage.by, at=stage.now)
    stage.work(1)


def test_a_published_event_stands_there_once(stage):
    event = stage.event(title="Small steps")
    (found,) = stage.far.standing()
    link = stage.link()
    assert (found.title, found.starts_at) == ("Small steps", part_of(event).starts_at)
    assert (found.key, link.state, link.remote_id) == (link.key, "ok", found.remote_id)
    assert stage.far.calls == ["put"]


def test_nothing_is_said_while_publishing_can_be_undone(stage):
    event = make_event(stage.world)
    stage.work(9)
    assert stage.far.calls == []
    programme.unpublish(event.pk, by=stage.by, at=stage.now)
    stage.work(60)
    assert (stage.far.calls, Link.objects.count()) == ([], 0)


def test_a_change_within_the_undo_time_waits_with_the_rest(stage):
    event = make_event(stage.world)
    stage.work(2)
    change(stage, event, title="Larger steps")
    assert stage.far.calls == []
    stage.work(10)
    assert [one.title for one in stage.far.standing()] == ["Larger steps"]


def test_what_did_not_change_is_not_pushed_again(stage):
    event = stage.event()
    change(stage, event, dial_in="+385 1 555")
    assert stage.far.calls == ["put"]


def test_moved_renamed_to_a_room_and_cancelled(stage):
    event = stage.event()
    change(stage, event, starts=datetime(2026, 11, 27, 9, 0), title="Longer", mode="room")
    (found,) = stage.far.standing()
    assert (found.title, found.starts_at) == ("Longer", part_of(event).starts_at)
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    assert stage.far.standing() == []
    assert (stage.link().state, stage.far.calls) == ("removed", ["put", "put", "remove", "find"])


def test_a_removal_is_seen_to_be_one(stage, monkeypatch):
    """Found by random histories: a server said "not there" of an entry that stands there."""
    event = stage.event()
    with monkeypatch.context() as lying:
        lying.setattr(stage.far, "remove", lambda *, remote_id: None)
        programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
        stage.work(1)
        assert (stage.link().state, len(stage.far.standing())) == ("pending", 1)
    stage.work(60)
    assert (stage.link().state, stage.far.standing()) == ("removed", [])


def test_each_part_has_its_entry_and_a_part_called_off_loses_it(stage):
    event = stage.event(mode="room", kind="workshop")
    day = parts.PartWish(datetime(2026, 11, 28, 9, 0), "Europe/Zagreb", 120, "room")
    added = parts.add(event.pk, day, by=stage.by, at=stage.now)
    stage.work(1)
    assert len(stage.far.standing()) == 2
    parts.remove(added.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    (found,) = stage.far.standing()
    assert found.starts_at == part_of(event).starts_at


def test_every_date_of_a_series_is_an_entry_of_its_own_and_moves_alone(stage):
    plan = wish(stage.world, starts=datetime(2026, 11, 24, 16, 30), join_url="")
    row = series.plan(plan, repeat=Repeat("weekly", number=4), by=stage.by, at=stage.now)
    series.publish(row.pk, by=stage.by, at=stage.now)
    stage.work()
    assert len({one.key for one in stage.far.standing()}) == 4
    second = row.events.order_by("starts_at")[1]
    change(stage, second, starts=datetime(2026, 12, 2, 9, 0))
    assert sorted(one.starts_at for one in stage.far.standing()) == sorted(
        part_of(event).starts_at for event in row.events.all()
    )
    assert stage.far.calls.count("put") == 5
    series.cancel(second.pk, scope=series.FOLLOWING, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    assert len(stage.far.standing()) == 1


def test_past_parts_are_left_alone(stage):
    event = stage.event()
    stage.work(40 * 86400)
    programme.cancel(event.pk, reason="Late", by=stage.by, at=stage.now)
    stage.work(1)
    assert (len(stage.far.standing()), stage.far.calls) == (1, ["put"])


def test_e_rate_limit_pause_is_kept_and_holds_the_calendar(stage):
    stage.far.fail("put", BUSY)
    stage.event()
    make_event(stage.world, title="Second")
    stage.work(20)
    assert stage.far.calls == ["put"]
    stage.work(45)
    assert stage.far.calls == ["put"]
    stage.work(30)
    assert len(stage.far.standing()) == 2


def test_a_call_that_keeps_failing_steps_aside_for_the_others(stage):
    stage.far.sick.add("Poison")
    stage.event(title="Poison")
    make_event(stage.world, title="Second")
    for _ in range(6):
        stage.work(40)
    assert [one.title for one in stage.far.standing()] == ["Second"]
    stage.far.sick.clear()
    stage.work(3600)
    assert {one.title for one in stage.far.standing()} == {"Poison", "Second"}
    assert set(Link.objects.values_list("state", flat=True)) == {"ok"}


def test_e_consent_revoked_stops_the_account_and_asks_nobody_again(stage):
    """One mail, one refused call; when the account works again everything is brought in step."""
    event = stage.event()
    stage.far.fail("put", Denied("consent_revoked"))
    change(stage, event, title="Renamed")
    stage.account.refresh_from_db()
    assert (stage.account.state, stage.account.trouble) == ("reconnect", "consent_revoked")
    make_event(stage.world, title="Second")
    stage.work(60)
    stage.read()
    assert stage.far.calls == ["put", "put"]
    assert queries.find_part(part_of(event).pk).event.state == "published"
    stage.account.state = "troubled"  # somebody replaced the credentials
    stage.account.save()
    stage.read()
    stage.work(5)
    assert {one.title for one in stage.far.standing()} == {"Renamed", "Second"}


def test_an_account_connected_later_gets_what_is_promised(stage):
    stage.account.state = "off"
    stage.account.save()
    stage.event()
    assert Link.objects.count() == 0
    stage.account.state = "fine"
    stage.account.save()

    tasks.compare_wishes(at=stage.now)
    stage.work(1)
    assert len(stage.far.standing()) == 1


def test_e_one_destination_calendar_per_event(stage):
    """The nearest account alone; another account gets nothing."""

    near = add_account(
        stage.world, calendar="own@example.org", scope="person", scope_id=stage.world.coordinator.pk
    )
    stage.event()
    assert [row.account_id for row in Link.objects.all()] == [near.pk]
    assert len(stage.far.standing()) == 1


def test_e_reschedule_reaches_the_calendar_whatever_was_lost(stage):
    """The wish is compared with what was confirmed, not with whether there was an error."""

    event = stage.event()
    stage.far.fail("put", ValueError("a bug of ours"), times=12)
    change(stage, event, starts=datetime(2026, 11, 27, 9, 0))
    Work.objects.filter(handler__endswith="sync.handlers.push").exclude(state="done").update(
        state="parked"
    )
    stage.far.troubles.clear()
    stage.now += timedelta(hours=1)
    tasks.push_waiting(at=stage.now)
    stage.work(1)
    (found,) = stage.far.standing()
    assert found.starts_at == part_of(event).starts_at


def test_e_delete_of_what_is_gone_is_done(stage):
    event = stage.event()
    (found,) = stage.far.standing()
    stage.far.remove_there(found.remote_id)
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    assert (stage.link().state, stage.far.standing()) == ("removed", [])


@pytest.mark.parametrize("deed", ["put"])
def test_e_same_booking_is_made_once_when_the_answer_is_lost(stage, deed):
    stage.far.fail(deed, Temporary("lost"), after_deed=True)
    stage.event()
    stage.work(60)
    assert len(stage.far.standing()) == 1
    assert stage.link().state == "ok"


def test_an_answer_lost_on_a_change_is_no_difference(stage):
    event = stage.event()
    stage.far.fail("put", Temporary("lost"), after_deed=True)
    change(stage, event, title="Renamed once")
    change(stage, event, title="Renamed twice")
    stage.work(60)
    assert [one.title for one in stage.far.standing()] == ["Renamed twice"]
    assert stage.link().state == "ok"
    assert stage.link().pushed_at > AT


def test_e_usage_limit_is_not_a_rate_limit(stage):
    """Too much in one day: nothing helps for hours, and nobody has to repair anything."""
    stage.far.fail("put", Temporary("usage_limit", after=6 * 3600))
    stage.event()
    stage.work(3600)
    stage.account.refresh_from_db()
    assert (stage.far.calls, stage.account.state) == (["put"], "fine")
    stage.work(6 * 3600)
    assert len(stage.far.standing()) == 1


def test_e_dst_dates_keep_their_wall_clock(stage):
    """Over the last Sunday of March, and on the date that stands in the hour that is missing."""
    plan = wish(stage.world, starts=datetime(2027, 3, 21, 2, 30), join_url="", kind="teachmeet")
    row = series.plan(plan, repeat=Repeat("weekly", number=3), by=stage.by, at=stage.now)
    series.publish(row.pk, by=stage.by, at=stage.now)
    stage.work()
    found = sorted(one.starts_at.strftime("%d %H:%M") for one in stage.far.standing())
    assert found == ["04 00:30", "21 01:30", "28 01:30"]
