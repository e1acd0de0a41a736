"""Channels: asked for, delivered to a receiver of ours over HTTP, stopped."""

from datetime import timedelta

import pytest

from integrations.ports import Denied
from integrations.simulators.google.server import PERSON
from integrations.simulators.messages import Answer
from integrations.simulators.serving import Simulator, running
from tests.contracts.peer import Sample


class Receiver(Simulator):
    def answer(self, request):
        return Answer(200)

    def refusal(self, fault):
        return Answer(500)


@pytest.fixture
def receiver():
    with running(Receiver()) as found:
        yield found


def watch(google, connected, receiver, **more):
    wish = {
        "channel_id": "3f0c", "address": f"{receiver.url}/notices/google/", "secret": "s3cret",
        "until": google.world.clock() + timedelta(days=3),
    }  # fmt: skip
    return connected.push.watch(**{**wish, **more})


def headers(receiver):
    return [
        (one.headers["x-goog-resource-state"], one.headers["x-goog-message-number"])
        for one in receiver.diary
    ]


def test_a_channel_ends_when_google_says_it_does(google, account, receiver):
    wished = google.world.clock() + timedelta(days=3)
    channel = watch(google, account(), receiver)
    assert (channel.channel_id, channel.expires_at) == ("3f0c", wished)
    later = watch(google, account(), receiver, channel_id="4a", until=wished + timedelta(days=90))
    assert later.expires_at == google.world.clock() + timedelta(days=7)


def test_e_a_notice_is_headers_only_and_the_first_is_no_change(google, account, receiver):
    connected = account()
    channel = watch(google, connected, receiver)
    made = connected.calendar.put(Sample(1).entry(), known=None)
    google.hand.change(made.remote_id, summary="New")
    assert google.deliver() == [200, 200, 200]
    assert headers(receiver) == [("sync", "1"), ("exists", "3"), ("exists", "5")]
    assert {one.body for one in receiver.diary} == {b""}
    known = receiver.diary[0].headers
    assert known["x-goog-channel-id"] == channel.channel_id
    assert known["x-goog-resource-id"] == channel.resource
    assert known["x-goog-channel-token"] == "s3cret"


def test_e_a_channel_is_never_prolonged(google, account, receiver):
    connected = account()
    channel = watch(google, connected, receiver)
    before = len(google.diary)
    until = channel.expires_at + timedelta(days=3)
    assert connected.push.renew(channel, until=until) is None
    assert len(google.diary) == before
    renewed = watch(google, connected, receiver, channel_id="5b")
    connected.push.stop(channel)
    assert list(google.world.watches) == [renewed.channel_id]


def test_stopping_may_be_said_twice(google, account, receiver):
    connected = account()
    channel = watch(google, connected, receiver)
    connected.push.stop(channel)
    connected.push.stop(channel)
    connected.calendar.put(Sample(1).entry(), known=None)
    google.deliver()
    assert headers(receiver) == [("sync", "1")]


def test_a_channel_that_ran_out_tells_nothing(google, account, receiver):
    connected = account()
    watch(google, connected, receiver)
    google.world.clock.move(timedelta(days=4))
    connected.calendar.put(Sample(1).entry(), known=None)
    google.deliver()
    assert headers(receiver) == [("sync", "1")]


def test_notices_come_doubled_and_in_any_order_where_a_test_wants_it(google, account, receiver):
    watch(google, account(), receiver)
    account().calendar.put(Sample(1).entry(), known=None)
    google.world.notices.extend(list(google.world.notices))
    google.world.notices.reverse()
    google.deliver()
    assert headers(receiver) == [("exists", "3"), ("sync", "1")] * 2


def test_a_receiver_that_is_away_is_known_to_the_sender(google, account, receiver):
    watch(google, account(), receiver, address="http://127.0.0.1:9/")
    assert google.deliver() == [0]


def test_an_address_without_tls_is_refused(google, account, receiver):
    with pytest.raises(Denied) as met:
        watch(google, account(), receiver, address="http://kolega.example.org/notices/")
    assert (met.value.code, met.value.said) == ("request_refused", "400 push.webhookUrlNotHttps")


def test_notices_go_out_by_themselves_where_that_is_switched_on(google, account, receiver):
    import time

    google.delivers = True
    watch(google, account(), receiver)
    for _ in range(200):
        if receiver.diary:
            break
        time.sleep(0.02)
    assert headers(receiver) == [("sync", "1")]
    made = account().calendar.put(Sample(1).entry(), known=None)
    google.hand.remove(made.remote_id)
    for _ in range(200):
        if len(receiver.diary) == 3:
            break
        time.sleep(0.02)
    assert sorted(headers(receiver)) == [("exists", "3"), ("exists", "5"), ("sync", "1")]
    assert google.world.watches["3f0c"].calendar_id == PERSON
