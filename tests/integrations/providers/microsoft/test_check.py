"""The self-test of an account."""

import pytest

from integrations.ports import Finding
from tests.contracts.peers.microsoft import connected

ALL = ["token", "calendar", "write", "meetings_allowed", "meetings", "attendance",
       "recordings", "transcripts"]  # fmt: skip


def failed(connection):
    return {one.what: one.code for one in connection.check.check() if not one.went}


def test_all_is_well_and_nothing_stays(simulator, box, connection):
    assert connection.check.check() == [Finding(what, went=True) for what in ALL]
    assert box.events == {}
    assert len(box.gone) == 1
    assert simulator.world.sent == []


def test_reading_alone_is_not_enough(simulator, connection):
    simulator.world.switches.granted.remove("Calendars.ReadWrite")
    simulator.world.switches.granted.add("Calendars.Read")
    assert failed(connection) == {"write": "scope_missing"}


def test_without_a_token_nothing_else_is_tried(simulator, connection):
    simulator.world.switches.sign_in_error = ("invalid_client", "AADSTS7000222: expired")
    assert connection.check.check() == [
        Finding("token", went=False, code="secret_expired", said="AADSTS7000222")
    ]


@pytest.mark.parametrize(
    ("role", "parts"),
    [
        ("Calendars.ReadWrite", ["calendar", "write", "meetings_allowed"]),
        ("OnlineMeetings.Read.All", ["meetings"]),
        ("OnlineMeetingArtifact.Read.All", ["attendance"]),
        ("OnlineMeetingRecording.Read.All", ["recordings"]),
        ("OnlineMeetingTranscript.Read.All", ["transcripts"]),
    ],
)
def test_a_missing_permission_is_found_where_it_is_needed(simulator, connection, role, parts):
    simulator.world.switches.granted.discard(role)
    assert failed(connection) == dict.fromkeys(parts, "scope_missing")


def test_a_missing_access_policy_is_told_in_words(simulator, connection):
    simulator.world.switches.policy = False
    found = {one.what: one for one in connection.check.check() if not one.went}
    assert list(found) == ALL[4:]
    assert {one.code for one in found.values()} == {"policy_missing"}
    assert found["attendance"].said == "No application access policy found for this app"


def test_a_calendar_without_teams_is_found(simulator, box, connection):
    box.providers.clear()
    assert failed(connection) == {"meetings_allowed": "conference_not_allowed"}


def test_a_mailbox_that_is_not_there_is_found(simulator):
    assert failed(connected(simulator)) == dict.fromkeys(ALL[1:], "calendar_missing")


def test_a_server_that_is_down_is_not_a_refusal(simulator, connection):
    simulator.faults.switch_on("server_error", "/v1.0", times=20)
    assert failed(connection) == dict.fromkeys(ALL[1:], "server_error")
