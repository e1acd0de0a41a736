"""Notices of Google and Microsoft: checked, kept once, and a wake-up at most."""

import pytest

from integrations.accounts import commands as accounts
from integrations.sync.models import Channel
from integrations.webhooks.models import Receipt
from tests.factories.world import AT, make_world
from tests.integrations.webhooks.making import (
    SECRET,
    change,
    channel,
    facts,
    google,
    graph,
    receipts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def test_a_change_at_google_wakes_up_who_reads_the_calendar(client, world):
    row = channel(world, "google")
    answer = google(client)
    assert (answer.status_code, answer.content) == (200, b"")
    assert [fact["account_id"] for fact in facts("NoticeCame")] == [row.account_id]
    assert receipts() == [("changed", row.channel_id)]
    row.refresh_from_db()
    assert row.heard_at is not None
    assert "csrftoken" not in answer.cookies
    assert SECRET not in str(Receipt.objects.get().headers)


def test_e_duplicate_webhooks_wake_up_once(client, world):
    channel(world, "google")
    assert [google(client, 1).status_code for _ in range(3)] == [200, 202, 202]
    assert len(facts("NoticeCame")) == 1
    google(client, 2)
    assert len(facts("NoticeCame")) == 2


def test_e_the_first_message_of_a_channel_says_of_no_change(client, world):
    channel(world, "google")
    assert google(client, state="sync").status_code == 200
    assert facts("NoticeCame") == []


@pytest.mark.parametrize("changes", [{"ended_at": AT}, {"path_hash": "f" * 64}])
def test_e_messages_of_unknown_and_ended_channels_are_thanked_and_ignored(client, world, changes):
    channel(world, "google", **changes)
    assert google(client).status_code == 200
    assert (facts("NoticeCame"), receipts()) == ([], [])


def test_a_channel_of_an_account_that_is_off_is_ignored(client, world):
    row = channel(world, "google")
    accounts.switch_off(row.account_id, by=world.actor(world.coordinator), at=AT)
    assert google(client).status_code == 200
    assert receipts() == []


@pytest.mark.parametrize(
    "headers",
    [{"X-Goog-Channel-Token": "x"}, {"X-Goog-Channel-ID": "x"}, {"X-Goog-Channel-Token": ""}],
)
def test_who_does_not_know_the_secret_is_refused(client, world, headers):
    channel(world, "google")
    assert google(client, **headers).status_code == 401
    assert (facts("NoticeCame"), receipts()) == ([], [])


def test_the_question_of_graph_is_echoed_before_anything_is_looked_up(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.post("/hooks/calendar/none/?validationToken=a%3Cb%3E%20c")
    assert (answer.status_code, answer.content) == (200, b"a<b> c")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_change_at_microsoft_wakes_up_once_for_each_etag(client, world):
    channel(world, "microsoft")
    again = change(resourceData={"id": "2", "@odata.etag": 'W/"2"'})
    told = [graph(client, one).status_code for one in (change(), change(), again)]
    assert told == [200, 202, 200]
    assert len(facts("NoticeCame")) == 2


def test_changes_that_cannot_be_told_apart_all_count(client, world):
    channel(world, "microsoft")
    for _ in range(2):
        assert graph(client, change(resourceData=None)).status_code == 200
    assert len(facts("NoticeCame")) == 2


def test_one_forged_change_among_several_spoils_them(client, world):
    channel(world, "microsoft")
    assert graph(client, change(), change(clientState="x")).status_code == 401
    assert graph(client, change(clientState=None)).status_code == 401
    assert receipts() == []


def test_a_channel_that_asks_to_be_renewed_is_looked_after(client, world):
    row = channel(world, "microsoft")
    graph(client, change(lifecycleEvent="reauthorizationRequired", resourceData=None))
    assert [fact["account_id"] for fact in facts("ChannelDue")] == [row.account_id]
    assert Channel.objects.get().renew_at < row.renew_at
    assert len(facts("NoticeCame")) == 1


def test_a_channel_that_was_removed_over_there_has_ended(client, world):
    channel(world, "microsoft")
    graph(client, change(lifecycleEvent="subscriptionRemoved", resourceData=None))
    assert Channel.objects.get().ended_at is not None
    assert len(facts("ChannelDue")) == 1


@pytest.mark.parametrize(
    "body", ["", "[]", '{"value": []}', '{"value": [7]}', '{"value": 7}', "\x00"]
)
def test_a_body_of_another_form_is_refused(client, world, body):
    channel(world, "microsoft")
    address = f"/hooks/calendar/{'p' * 43}/"
    assert client.post(address, body, content_type="application/json").status_code == 400


def test_what_is_too_large_is_not_read(client, world):
    channel(world, "microsoft")
    body = '{"value": []}' + " " * 256 * 1024
    address = f"/hooks/calendar/{'p' * 43}/"
    assert client.post(address, body, content_type="application/json").status_code == 413
    assert client.get(address).status_code == 405
