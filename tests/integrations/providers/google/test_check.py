"""The self-test, in every failing state."""

import copy

import pytest

from integrations.ports import Finding
from integrations.simulators.google.server import PERSON
from integrations.simulators.google.tokens import Grant
from tests.contracts.peer import SINCE, UNTIL

ALL = ["token", "calendar", "events", "conference", "busy", "meet", "drive"]


def codes(connected):
    return {one.what: one.code for one in connected.check.check()}


def test_a_sound_account_passes_everything_and_nothing_is_written(google, account):
    before = copy.deepcopy(google.world.books)
    assert account().check.check() == [Finding(what, went=True) for what in ALL]
    assert google.world.books == before
    writes = [one for one in google.diary if one.method != "GET"]
    assert {one.path for one in writes} == {"/token", "/calendar/v3/freeBusy"}


@pytest.mark.parametrize(
    ("scope", "missing"),
    [
        ("calendar.events", {"token", "calendar", "events"}),
        ("calendar.calendars.readonly", {"conference"}),
        ("calendar.freebusy", {"busy"}),
        ("meetings.space.readonly", {"meet"}),
        ("drive.meet.readonly", {"drive"}),
    ],
)
def test_each_scope_that_is_missing_is_named(google, account, scope, missing):
    google.tokens.granted.discard(scope)
    found = codes(account())
    assert found == {what: "scope_missing" if what in missing else "" for what in ALL}


def test_own_consent_with_the_calendar_alone(google, account, own):
    google.tokens.refresh["refresh"] = Grant(PERSON, frozenset({"calendar.events"}))
    found = codes(account(own))
    lacking = {"conference", "busy", "meet", "drive"}
    assert found == {what: "scope_missing" if what in lacking else "" for what in ALL}


def test_a_right_taken_away_is_seen_although_tokens_are_kept(google, account):
    account().busy.busy([PERSON], since=SINCE, until=UNTIL)
    google.tokens.granted.discard("calendar.freebusy")
    assert account().busy.busy([PERSON], since=SINCE, until=UNTIL) == {PERSON: []}
    assert codes(account())["busy"] == "scope_missing"


def test_revoked_consent_ends_the_test(google, account, own):
    google.hand.forget_consent()
    assert codes(account(own)) == {"token": "consent_revoked"}


def test_a_key_that_is_not_taken_ends_the_test(google, account):
    google.tokens.trouble = ("invalid_grant", "Invalid JWT Signature.")
    assert codes(account()) == {"token": "secret_wrong"}


def test_a_token_endpoint_that_is_away_ends_the_test(google, account):
    google.faults.switch_on("hang_up", "/token", times=20)
    assert codes(account()) == {"token": "token_unreachable"}


def test_a_calendar_that_is_not_there(account):
    found = codes(account(calendar="nobody@school.example.org"))
    lacking = {"calendar", "events", "conference", "busy"}
    assert found == {what: "calendar_missing" if what in lacking else "" for what in ALL}


def test_a_calendar_that_may_only_be_read(google, account):
    google.world.books[PERSON].role = "reader"
    [events] = [one for one in account().check.check() if not one.went]
    assert events == Finding("events", went=False, code="forbidden", said="role reader")


def test_a_calendar_that_allows_no_meet(google, account):
    google.world.books[PERSON].solutions = ["eventHangout"]
    [conference] = [one for one in account().check.check() if not one.went]
    assert (conference.what, conference.code) == ("conference", "conference_not_allowed")


def test_an_interface_that_is_switched_off(google, account):
    google.faults.switch_on("forbidden", "/v2/", code="SERVICE_DISABLED")
    assert codes(account())["meet"] == "policy_missing"


def test_one_that_fails_for_now_is_told_apart(google, account):
    google.faults.switch_on("server_error", "/drive/")
    assert codes(account())["drive"] == "server_error"
