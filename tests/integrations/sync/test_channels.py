"""Notices of changes: asked for, renewed in time, and never missed between two channels."""

from datetime import timedelta

import pytest

from events.backstage.models import FactRow
from integrations.ports import Denied, Gone, Temporary
from integrations.sync import channels, queries, tasks
from integrations.sync.models import Channel
from tests.events.registration.mail import at as stands_at

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def addressed(settings, monkeypatch):
    """The webhooks room is not switched on here, so its address is made up."""
    settings.BASE_URL = "https://kolega.example.org"
    monkeypatch.setattr(
        "events.backstage.addresses.first",
        lambda name, **more: f"/hooks/{more['args'][0]}/" if name == channels.ROUTE else "/x/",
    )


def look(stage, seconds=60):
    stage.now += timedelta(seconds=seconds)
    with stands_at(stage.now):
        tasks.renew_channels(at=stage.now)
    stage.work(0)


def test_a_channel_is_opened_and_only_digests_are_kept(stage, addressed):
    asked = {}
    opens = stage.far.watch
    stage.far.watch = lambda **values: asked.update(values) or opens(**values)
    look(stage)
    row = Channel.objects.get()
    assert row.renew_at == stage.now + WEEK / 2
    path = asked["address"].rstrip("/").rpartition("/")[2]
    assert row.secret_hash == channels.digest(asked["secret"])
    assert queries.channel_at(channels.digest(path)) == row
    assert asked["secret"] not in str(vars(row))


def test_the_row_stands_before_the_provider_asks_our_address(stage, addressed):
    there = []
    stage.far.before = lambda name: there.append(Channel.objects.count()) if name == "watch" else 0
    look(stage)
    assert there == [1]


def test_e_renewed_before_it_runs_out(stage, addressed):
    """Dark after a week: renewed at half of its life, by a chore that also runs at the start."""
    look(stage)
    first = Channel.objects.get()
    look(stage, (WEEK / 2).total_seconds() - 120)
    assert stage.far.calls.count("watch") == 1
    look(stage, 180)
    live = queries.live_channels(stage.account.pk, at=stage.now)
    assert [row.pk for row in live] == [Channel.objects.exclude(pk=first.pk).get().pk]


def test_e_the_new_one_is_saved_before_the_old_one_is_stopped(stage, addressed):
    look(stage)
    first = Channel.objects.get()
    live_at_stop = []
    stage.far.before = lambda name: (
        live_at_stop.append(queries.live_channels(stage.account.pk, at=stage.now).count())
        if name == "stop"
        else None
    )
    look(stage, (WEEK / 2).total_seconds() + 60)
    assert (stage.far.stopped, live_at_stop) == ([first.channel_id], [1])
    first.refresh_from_db()
    assert first.stopped_at == first.ended_at == stage.now


def test_what_happened_between_two_channels_is_read(stage, addressed):
    look(stage)
    assert "changes" in stage.far.calls


def test_a_provider_that_extends_keeps_its_channel(stage, addressed):
    stage.far.renews = True
    look(stage)
    look(stage, (WEEK / 2).total_seconds() + 60)
    row = Channel.objects.get()
    assert (row.expires_at, stage.far.calls.count("watch")) == (stage.now + WEEK, 1)


def test_a_channel_that_is_gone_is_opened_anew(stage, addressed):
    look(stage)
    stage.far.fail("renew", Gone("not_found"))
    look(stage, (WEEK / 2).total_seconds() + 60)
    assert stage.far.calls.count("watch") == 2


def test_e_validation_timed_out_leaves_no_live_channel_and_is_tried_again(stage, addressed):
    stage.far.fail("watch", Temporary("validation_timed_out"))
    look(stage)
    assert list(Channel.objects.values_list("expires_at", flat=True)) == [None]
    stage.work(120)
    assert queries.live_channels(stage.account.pk, at=stage.now).count() == 1
    stage.far.fail("watch", Denied("address_refused"))
    stage.account.refresh_from_db()
    assert stage.account.state == "fine"


def test_e_messages_after_the_end_are_ignored_for_thirty_days(stage, addressed):
    look(stage)
    row = Channel.objects.get()
    Channel.objects.update(ended_at=stage.now)
    row.refresh_from_db()
    before = FactRow.objects.filter(kind="NoticeCame").count()
    assert not channels.heard(row, at=stage.now)
    assert FactRow.objects.filter(kind="NoticeCame").count() == before
    look(stage, 29 * 86400)
    assert queries.channel_of(row.channel_id) == row
    look(stage, 2 * 86400)
    assert queries.channel_of(row.channel_id) is None


def test_e_a_notice_is_a_wake_up_and_nothing_more(stage, addressed):
    look(stage)
    before = stage.far.calls.count("changes")
    row = Channel.objects.get()
    stage.now += timedelta(minutes=5)
    for _ in range(3):
        assert channels.heard(row, at=stage.now)
    stage.work(5)
    assert stage.far.calls.count("changes") == before + 1


def test_an_installation_without_https_is_read_and_never_asks_for_notices(stage, settings):
    settings.KOLEGA_SIMULATORS = False
    look(stage)
    assert stage.far.calls == []


def test_a_provider_without_notices_is_read_alone(stage, addressed):
    stage.far.notices = False
    look(stage)
    stage.read()
    assert "changes" in stage.far.calls
    assert Channel.objects.count() == 0
