"""Zoom's notices: signed over raw bytes, fresh, and read as plain values."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from integrations.ports import Denied
from integrations.providers.zoom import events, signing
from integrations.providers.zoom.connect import connect

AT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
NOW = str(int(AT.timestamp()))
SECRET = "z" * 22
BODY = b'{"event":"meeting.ended","payload":{},  "event_ts":1}'


def true(body=BODY, *, timestamp=NOW, given=None, at=AT, secret=SECRET):
    made = signing.signature(body, timestamp=timestamp, secret=SECRET) if given is None else given
    return signing.is_true(body, timestamp=timestamp, given=made, secret=secret, at=at)


def test_a_known_signature():
    """HMAC-SHA256 of `v0:1:{}` with the key `k`, counted by openssl."""
    assert (
        signing.signature(b"{}", timestamp="1", secret="k")
        == "v0=6e9d972a495354bb9c6b67038087671e9f624f13ec1d6aef5cce80103860a7f7"
    )


def test_a_signed_notice_is_true():
    assert true()


def test_the_raw_bytes_are_signed_not_their_meaning():
    made = signing.signature(BODY, timestamp=NOW, secret=SECRET)
    assert not true(json.dumps(json.loads(BODY)).encode(), given=made)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_notice_out_of_its_window_is_refused(minutes):
    assert true(at=AT + timedelta(minutes=minutes * 4 / 6))
    assert not true(at=AT + timedelta(minutes=minutes))


@pytest.mark.parametrize("timestamp", ["", "soon", "-1", "9" * 30, "１２"])
def test_a_timestamp_that_is_none_is_refused(timestamp):
    assert not true(timestamp=timestamp)


def test_a_signature_of_another_is_refused():
    assert not true(secret="another")
    assert not true(given="")
    assert not true(given="v0=ž")


def test_the_address_is_proved_by_the_token_that_was_asked_for():
    found = signing.validation("plain", secret=SECRET)
    assert found["plainToken"] == "plain"
    assert len(found["encryptedToken"]) == 64


def notice(name, **thing):
    payload = {"account_id": "acc", "object": thing}
    told = {"event": name, "event_ts": 1795190400123, "payload": payload}
    return events.read(json.dumps(told).encode())


@pytest.mark.parametrize("given", ["81234567890", 81234567890], ids=["text", "number"])
def test_the_id_of_a_meeting_is_text_however_it_comes(given):
    assert notice("meeting.ended", id=given, uuid="u==").meeting == "81234567890"


def test_who_joined_and_left_and_when():
    person = {
        "user_id": 16778240, "user_name": "Ana", "participant_uuid": "p-1", "email": "a@x.test",
        "registrant_id": "r-1", "customer_key": "41", "id": "z-1",
        "join_time": "2026-11-20T16:01:00Z",
    }  # fmt: skip
    found = notice("meeting.participant_joined", id=1, uuid="u==", participant=person)
    assert (found.kind, found.at) == ("joined", AT + timedelta(minutes=1))
    assert found.person == events.Person(
        session="p-1", name="Ana", email="a@x.test", registrant="r-1", remote_person="z-1",
        ours="41",
    )  # fmt: skip
    left = {**person, "leave_time": "2026-11-20T16:31:00Z"}
    del left["join_time"]
    found = notice("webinar.participant_left", id=1, uuid="u==", participant=left)
    assert (found.kind, found.at) == ("left", AT + timedelta(minutes=31))


def test_a_notice_sent_again_has_the_same_key_and_another_person_another():
    first = notice("meeting.participant_joined", uuid="u", participant={"user_id": 1})
    again = notice("meeting.participant_joined", uuid="u", participant={"user_id": 1})
    other = notice("meeting.participant_joined", uuid="u", participant={"user_id": 2})
    assert first.key == again.key != other.key


def test_the_kinds_that_matter_and_all_others():
    assert notice("recording.completed", id=1).kind == "recorded"
    assert notice("meeting.ended", id=1, end_time="2026-11-20T17:00:00Z").at.hour == 17
    assert notice("meeting.started", id=1).kind == "other"
    told = {"event": "endpoint.url_validation", "payload": {"plainToken": "p"}, "event_ts": 1}
    found = events.read(json.dumps(told).encode())
    assert (found.kind, found.plain) == ("validation", "p")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"\xff", b'{"event":"x","payload":7}',
             b'{"event":"x","payload":{"object":{"participant":[]}}}']
)  # fmt: skip
def test_a_body_of_another_form_is_refused(body):
    with pytest.raises(Denied):
        events.read(body)


@pytest.mark.parametrize(
    ("secret", "codes"), [({"webhook_secret": SECRET}, [""]), ({}, ["secret_wrong"])]
)
def test_the_self_test_asks_nobody(secret, codes):
    account = connect({}, secret, calendar="", subject="")
    assert [item.code for item in account.check.check()] == codes
