"""Subscriptions: made after a handshake, cut to what Graph takes, renewed, ended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from integrations.ports import Denied, Temporary
from integrations.simulators.serving import running
from tests.contracts.peer import STARTS, Sample
from tests.integrations.providers.microsoft.listener import Listener

SECRET = "s" * 43


@pytest.fixture
def listener():
    with running(Listener()) as made:
        yield made


@pytest.fixture
def watch(simulator, connection, listener):
    """Makes a channel, by default for a week."""

    def watched(days=7):
        return connection.push.watch(
            channel_id="ours-1", address=f"{listener.url}/hooks/microsoft/1/", secret=SECRET,
            until=simulator.clock() + timedelta(days=days),
        )  # fmt: skip

    return watched


def test_both_addresses_pass_the_handshake(simulator, listener, watch):
    channel = watch()
    assert channel.channel_id == "ours-1"
    assert list(simulator.world.subscriptions) == [channel.resource]
    assert len(listener.diary) == 2


def test_a_wish_for_too_long_is_cut_by_the_clock_of_graph(simulator, watch):
    channel = watch()
    assert channel.expires_at == simulator.clock() + timedelta(minutes=4200)


def test_a_shorter_wish_is_granted(simulator, watch):
    assert watch(days=1).expires_at == simulator.clock() + timedelta(days=1)


def test_e_validation_timed_out_is_tried_again(simulator, listener, watch):
    simulator.world.switches.handshake_seconds = 0.1
    listener.faults.switch_on("slow", seconds=0.5)
    with pytest.raises(Temporary, match="address_unreached"):
        watch()
    simulator.world.switches.handshake_seconds = 10
    assert watch().resource in simulator.world.subscriptions


def test_an_address_without_an_echo_is_not_taken(simulator, listener, watch):
    listener.mute = True
    with pytest.raises(Temporary, match="address_unreached"):
        watch()
    assert simulator.world.subscriptions == {}


def test_a_wish_that_is_refused_concerns_the_address(simulator, connection, listener):
    with pytest.raises(Denied, match="address_refused"):
        connection.push.watch(
            channel_id="x", address=listener.url, secret="s" * 129,
            until=simulator.clock() + timedelta(days=1),
        )  # fmt: skip


def test_a_channel_whose_answer_was_lost_is_replaced(simulator, watch):
    simulator.world.switches.refuses_duplicates = True
    simulator.faults.switch_on("lost", "POST /v1.0/subscriptions")
    with pytest.raises(Temporary):
        watch()
    channel = watch()
    assert list(simulator.world.subscriptions) == [channel.resource]


def test_a_channel_is_renewed(simulator, connection, watch):
    channel = watch()
    simulator.clock.advance(minutes=2100)
    renewed = connection.push.renew(channel, until=simulator.clock() + timedelta(days=7))
    assert renewed == replace(channel, expires_at=simulator.clock() + timedelta(minutes=4200))


@pytest.mark.parametrize("how", ["ran out", "removed"])
def test_a_channel_that_is_gone_needs_a_new_one(simulator, connection, watch, how):
    channel = watch()
    if how == "ran out":
        simulator.clock.advance(minutes=4201)
    else:
        simulator.hand.lifecycle(channel.resource, "subscriptionRemoved")
    assert connection.push.renew(channel, until=simulator.clock() + timedelta(days=1)) is None


def test_a_channel_may_be_stopped_twice(simulator, connection, watch):
    channel = watch()
    connection.push.stop(channel)
    connection.push.stop(channel)
    assert simulator.world.subscriptions == {}


def test_every_notice_carries_the_secret(simulator, connection, listener, watch):
    channel = watch()
    made = connection.calendar.put(Sample(1).entry(), known=None)
    simulator.hand.move(made.remote_id, STARTS, STARTS + timedelta(hours=1))
    simulator.hand.remove(made.remote_id)
    simulator.hand.lifecycle(channel.resource, "missed")
    assert simulator.hand.deliver(times_each=2, backwards=True) == [202] * 8
    kinds = [note.get("changeType") or note["lifecycleEvent"] for note in listener.notes[::2]]
    assert kinds == ["missed", "deleted", "updated", "created"]
    assert {note["clientState"] for note in listener.notes} == {SECRET}
    assert {note["subscriptionId"] for note in listener.notes} == {channel.resource}


def test_after_its_end_nothing_is_told(simulator, connection, listener, watch):
    watch()
    simulator.clock.advance(minutes=4201)
    connection.calendar.put(Sample(1).entry(), known=None)
    assert simulator.hand.deliver() == []
    assert listener.notes == []
