"""Notices: signed by the server that sends them, whatever becomes of them on the way."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from integrations.ports import Room, Visitor
from integrations.providers.bigbluebutton import callbacks

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
KEY = "0123456789abcdef0123456789abcdef"
HOOK = "https://kolega.example.test/hooks/bigbluebutton/t/?about="
ROOM = Room(
    key=KEY, name="Webinar", recorded=True,
    notices={name: HOOK + name for name in ("ended", "report", "recording", "happened")},
)  # fmt: skip


@pytest.fixture
def over(server, hand, account):
    server.clock.hold(NOW)
    account().way_in(ROOM, Visitor(ours="41", name="Ana"))
    hand.join(KEY, user_id="41", name="Ana")
    hand.end(KEY)
    hand.report(KEY)
    hand.publish(KEY)
    return {notice.kind: notice for notice in server.told}


@pytest.mark.parametrize("digest", ["sha1", "sha256", "sha384", "sha512"])
def test_the_notice_of_a_hook_is_signed_over_address_and_raw_body(server, hand, account, digest):
    server.digest = digest
    account().way_in(ROOM, Visitor(ours="41", name="Ana"))
    hand.join(KEY, user_id="41", name="Ana")
    notice = server.told[0]
    good = {"authorization": "", "secret": server.secret}
    assert callbacks.hook_is_true(notice.address, notice.body, **good)
    assert not callbacks.hook_is_true(notice.address, notice.body + b"&x=1", **good)
    assert not callbacks.hook_is_true(notice.address.replace("/t/", "/u/"), notice.body, **good)
    assert not callbacks.hook_is_true(HOOK + "happened", notice.body, **good)
    assert not callbacks.hook_is_true(
        notice.address, notice.body, authorization="", secret="another"
    )


def test_a_server_that_sends_the_secret_itself_is_known_by_it():
    for given, expected in [("Bearer s3cret", True), ("Bearer other", False), ("Bearer ", False)]:
        found = callbacks.hook_is_true(HOOK, b"", given, secret="s3cret")
        assert found is expected


def test_the_token_of_a_report_is_checked(over, server):
    given = over["report"].headers["Authorization"]
    assert callbacks.report_is_true(given, secret=server.secret, at=NOW)
    assert not callbacks.report_is_true(given, secret="another", at=NOW)
    assert not callbacks.report_is_true("", secret=server.secret, at=NOW)
    assert not callbacks.report_is_true(given, secret=server.secret, at=NOW + timedelta(days=2))


@pytest.mark.parametrize(
    ("claims", "algorithm"),
    [({"exp": 1000}, "HS512"), ({}, "HS512"), ({"exp": 9999999999}, "HS256")],
)
def test_a_token_that_is_old_endless_or_of_another_kind_is_refused(claims, algorithm):
    token = jwt.encode(claims, "s" * 64, algorithm=algorithm)
    assert not callbacks.report_is_true(f"Bearer {token}", secret="s" * 64, at=NOW)


def test_a_token_signed_by_nobody_is_refused():
    token = jwt.encode({"exp": 9999999999}, None, algorithm="none")
    assert not callbacks.report_is_true(f"Bearer {token}", secret="s" * 64, at=NOW)


def test_a_ready_recording_is_named_by_a_signed_token(over, server):
    signed = over["recording"].body.decode().removeprefix("signed_parameters=")
    record = server.past[KEY].internal
    assert callbacks.recording_of(signed, secret=server.secret) == (KEY, record)
    assert callbacks.recording_of(signed, secret="another") is None
    assert callbacks.recording_of("x.y.z", secret=server.secret) is None


def test_a_mark_holds_for_one_meeting_and_purpose():
    made = callbacks.mark("ended", KEY, secret="s")
    assert callbacks.mark_is_true("ended", KEY, made, secret="s")
    for about, key, secret in [("report", KEY, "s"), ("ended", "f" * 32, "s"), ("ended", KEY, "t")]:
        assert not callbacks.mark_is_true(about, key, made, secret=secret)
    assert not callbacks.mark_is_true("ended", KEY, "ž", secret="s")


def test_what_befalls_a_notice_can_be_set(server, hand, account):
    for kind, fate in [("ended", "lost"), ("report", "doubled"), ("recording", "late")]:
        server.post.fate(kind, fate)
    account().way_in(ROOM, Visitor(ours="41", name="Ana"))
    hand.end(KEY)
    hand.report(KEY)
    hand.publish(KEY)
    kinds = [notice.kind for notice in server.told if notice.kind != "event"]
    assert kinds == ["report", "report"]
    server.post.arrive()
    assert server.told[-1].kind == "recording"
    with pytest.raises(ValueError, match="is not one of"):
        server.post.fate("ended", "eaten")
