"""Failures of a server, told apart."""

import time

import pytest

from integrations.ports import Denied, Gone, Room, Temporary, Visitor
from integrations.providers.bigbluebutton import client as calls
from integrations.providers.bigbluebutton import errors
from integrations.providers.bigbluebutton.client import Client
from integrations.providers.bigbluebutton.connect import server_of
from tests.integrations.providers.dripping import dripping

ROOM = Room(key="0" * 32, name="Webinar")
ANA = Visitor(ours="1", name="Ana")


@pytest.mark.parametrize(
    ("kind", "expected", "code"),
    [
        ("rate_limit", Temporary, "rate_limit"), ("rate_limit_silent", Temporary, "rate_limit"),
        ("server_error", Temporary, "server_error"), ("hang_up", Temporary, "unreachable"),
        ("garbage", Temporary, "garbage"), ("half", Temporary, "unreachable"),
        ("unauthorized", Denied, "secret_wrong"), ("forbidden", Denied, "forbidden"),
        ("not_found", Denied, "address_refused"), ("gone", Denied, "address_refused"),
    ],
)  # fmt: skip
def test_every_failure_has_its_kind(account, server, kind, expected, code):
    server.faults.switch_on(kind, times=3)
    with pytest.raises(expected) as met:
        account().way_in(ROOM, ANA)
    assert met.value.code == code


def test_the_pause_that_was_asked_for_is_kept(account, server):
    server.faults.switch_on("rate_limit", after=77)
    with pytest.raises(Temporary) as met:
        account().way_in(ROOM, ANA)
    assert met.value.after == 77


def test_a_pause_until_an_instant_is_counted_from_the_answer():
    headers = {
        "Retry-After": "Sun, 22 Nov 2026 04:01:00 GMT", "Date": "Sun, 22 Nov 2026 04:00:00 GMT",
    }  # fmt: skip
    assert errors.of_status(429, headers).after == 60
    assert errors.of_status(503, {"Retry-After": "soon"}).after is None


def test_a_wrong_secret_is_a_matter_for_a_person(account):
    with pytest.raises(Denied) as met:
        account(secret="another").way_in(ROOM, ANA)
    assert met.value.code == "secret_wrong"


def test_nobody_there_is_temporary(account):
    with pytest.raises(Temporary):
        account(address="http://127.0.0.1:9").way_in(ROOM, ANA)


def test_a_meeting_that_is_not_there_is_gone(account, server):
    client = Client(server_of({"address": server.url, "private": "yes"}, {"secret": server.secret}))
    with pytest.raises(Gone):
        client.call("getMeetingInfo", {"meetingID": "1" * 32})


def test_a_limit_holds_for_all_calls_together(account, server):
    server.faults.switch_on("slow", "create", seconds=1.2)
    began = time.monotonic()
    with pytest.raises(Temporary):
        account().way_in(ROOM, ANA, within=0.4)
    assert time.monotonic() - began < 1.0


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE r [<!ENTITY a "b">]><response><returncode>&a;</returncode></response>',
        b"<other><returncode>SUCCESS</returncode></other>", b"", b"\xff\xfe",
    ],
)  # fmt: skip
def test_other_xml_is_no_answer(server, account, body):
    from integrations.simulators.messages import Answer

    server.answer = lambda request: Answer(200, body)
    with pytest.raises(Temporary) as met:
        account().way_in(ROOM, ANA)
    assert met.value.code == "garbage"


def test_a_redirect_is_not_followed(server, account):
    from integrations.simulators.messages import Answer

    server.answer = lambda request: Answer(302, headers={"Location": f"{server.url}/else"})
    with pytest.raises(Denied) as met:
        account().way_in(ROOM, ANA)
    assert (met.value.code, len(server.diary)) == ("address_refused", 1)


@pytest.mark.parametrize(
    "written",
    ["https://b.test", "https://b.test/bigbluebutton/", "https://b.test/bigbluebutton/api"],
)
def test_the_address_may_be_that_of_the_server(written):
    found = server_of({"address": written}, {"secret": "s"})
    assert found.base == "https://b.test/bigbluebutton/api"


def test_the_self_test_says_what_went(account, server):
    assert [(item.what, item.went) for item in account().check.check()] == [
        ("reach", True), ("recordings", True), ("notices", True),
    ]  # fmt: skip
    server.faults.switch_on("not_found", "hooks/list")
    assert account().check.check()[2].code == "address_refused"
    assert server.rooms.meetings == {}


def test_the_self_test_ends_at_a_wrong_secret(account):
    assert [(item.what, item.code) for item in account(secret="no").check.check()] == [
        ("reach", "secret_wrong")
    ]


def test_an_answer_that_drips_is_cut_off_in_time(monkeypatch):
    """Each byte comes in time, the whole does not."""
    monkeypatch.setattr(calls, "WHOLE", 0.5)
    with dripping() as url:
        began = time.monotonic()
        with pytest.raises(Temporary) as met:
            Client(calls.Server(url, "secret", private=True)).call("getMeetings", {})
    assert met.value.code == "unreachable"
    assert time.monotonic() - began < 3
