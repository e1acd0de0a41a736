"""Sessions, people and recordings of Teams meetings."""

from datetime import timedelta

import pytest

from integrations.ports import Denied
from integrations.simulators.microsoft.hand import Guest
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.microsoft.world import Meeting
from tests.contracts.peer import SINCE, STARTS, UNTIL, Sample
from tests.contracts.peers.microsoft import connected

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ref(calendar):
    return calendar.put(Sample(1).entry(meets=True), known=None).meeting.ref


def sittings(connection, ref, since=SINCE, until=UNTIL):
    return connection.harvest.sittings(ref, since=since, until=until)


def guests(number):
    return [Guest(f"Teacher {n}", [(STARTS, STARTS + HOUR)]) for n in range(number)]


def test_people_come_with_every_join(simulator, box, connection, ref):
    spans = [(STARTS, STARTS + 20 * MINUTE), (STARTS + 25 * MINUTE, STARTS + HOUR)]
    simulator.hand.hold(ref, STARTS, STARTS + HOUR, [
        Guest("Vesna Primjer", spans, person=box.person, email=box.address, role="Organizer"),
    ])  # fmt: skip
    [sitting] = sittings(connection, ref)
    [person] = sitting.people
    assert (person.name, person.remote_person, person.email, person.host) == (
        "Vesna Primjer", box.person, box.address, True,
    )  # fmt: skip
    assert person.spans == spans
    assert (sitting.started_at, sitting.ended_at) == (STARTS, STARTS + HOUR)
    assert sitting.expires_at == STARTS + HOUR + timedelta(days=365)


def test_e_report_without_email_a_guest_has_a_name_alone(simulator, connection, ref):
    simulator.hand.hold(ref, STARTS, STARTS + HOUR, guests(1))
    [person] = sittings(connection, ref)[0].people
    assert (person.name, person.email, person.remote_person) == ("Teacher 0", "", "")
    assert not person.host


def test_e_report_more_than_a_page_of_people_and_reports(simulator, connection, ref):
    simulator.world.switches.largest_page = 2
    for number in range(3):
        simulator.hand.hold(ref, STARTS + number * HOUR, STARTS + (number + 1) * HOUR, guests(5))
    found = sittings(connection, ref)
    assert [len(one.people) for one in found] == [5, 5, 5]
    assert len({one.record_id for one in found}) == 3


def test_the_same_meetings_have_the_same_reports_in_another_tenant():
    found = []
    for tenant in (MicrosoftSimulator(), MicrosoftSimulator()):
        meeting = Meeting("one", "person", "https://teams.example.org/one", "Held twice")
        tenant.world.meetings.append(meeting)
        for number in (2, 1):
            tenant.hand.hold(meeting.join_url, STARTS, STARTS + HOUR, guests(number))
        found.append(list(meeting.records.items()))
    assert found[0] == found[1]
    assert len({one["id"] for _, records in found[0] for one in records}) == 2 + 1


def test_e_report_missing_policy_is_told_by_its_name(simulator, connection, ref):
    simulator.world.switches.policy = False
    with pytest.raises(Denied) as met:
        sittings(connection, ref)
    assert (met.value.code, met.value.said) == (
        "policy_missing", "No application access policy found for this app",
    )  # fmt: skip


def test_a_missing_permission_is_another_thing(simulator, connection, ref):
    simulator.hand.hold(ref, STARTS, STARTS + HOUR, guests(1))
    simulator.world.switches.granted.discard("OnlineMeetingArtifact.Read.All")
    with pytest.raises(Denied, match="scope_missing"):
        sittings(connection, ref)


def test_sessions_of_another_day_are_left_out(simulator, connection, ref):
    simulator.hand.hold(ref, STARTS - 2 * HOUR, STARTS, guests(1))
    simulator.hand.hold(ref, STARTS, STARTS + HOUR, guests(2))
    simulator.hand.hold(ref, STARTS + HOUR, STARTS + 2 * HOUR, guests(3))
    [found] = sittings(connection, ref, STARTS, STARTS + HOUR)
    assert len(found.people) == 2


@pytest.mark.parametrize("subject", ["", "coordinator@school.example.org", "object id"])
def test_the_organizer_is_known_or_found(simulator, box, connection, ref, subject):
    simulator.hand.hold(ref, STARTS, STARTS + HOUR, guests(1))
    other = connected(simulator, subject=box.person if subject == "object id" else subject)
    assert len(sittings(other, ref)) == 1
    asked = [item.path for item in simulator.diary if item.path == f"/v1.0/users/{box.address}"]
    assert asked == []


def test_an_organizer_who_is_not_in_the_address_is_looked_up(simulator, box):
    short = "https://teams.microsoft.com/meet/35?p=x'y"
    made = simulator.hand.add(box, "Short", STARTS, STARTS + HOUR)
    made.join_url = short
    simulator.hand.meeting(short)
    simulator.world.url = simulator.url
    simulator.hand.hold(short, STARTS, STARTS + HOUR, guests(1))
    assert len(sittings(connected(simulator), short)) == 1


def test_a_meeting_nobody_knows_has_no_sessions(connection, ref):
    assert sittings(connection, "https://teams.microsoft.com/l/meetup-join/none") == []
    nothing = connection.harvest.recordings("https://x", since=SINCE, until=UNTIL)
    assert nothing == []


def test_recordings_and_transcripts_are_found(simulator, connection, ref):
    simulator.hand.keep(ref, "recording", STARTS, b"video")
    simulator.hand.keep(ref, "transcript", STARTS, b"WEBVTT")
    simulator.hand.keep(ref, "recording", STARTS - timedelta(days=90), b"old")
    found = connection.harvest.recordings(ref, since=SINCE, until=UNTIL)
    assert [(one.kind, one.state, one.started_at) for one in found] == [
        ("video", "ready", STARTS), ("transcript", "ready", STARTS),
    ]  # fmt: skip


def test_a_recording_that_is_still_being_made_has_its_state(simulator, connection, ref):
    simulator.hand.keep(ref, "recording", STARTS, b"video")
    del simulator.hand.meeting(ref).recordings[0]["recordingContentUrl"]
    [found] = connection.harvest.recordings(ref, since=SINCE, until=UNTIL)
    assert found.state == "pending"


def test_e_attackers_address_a_file_is_read_from_graph_alone(simulator, connection, ref):
    simulator.hand.keep(ref, "recording", STARTS, b"video")
    simulator.hand.meeting(ref).recordings[0]["recordingContentUrl"] = "https://evil.example/v"
    [found] = connection.harvest.recordings(ref, since=SINCE, until=UNTIL)
    assert found.url.startswith(f"{simulator.url}/v1.0/users/")
    assert found.url.endswith(f"/recordings/{found.remote_id}/content")


def test_the_address_of_a_file_gives_the_file(simulator, connection, ref):
    import requests

    simulator.hand.keep(ref, "transcript", STARTS, b"WEBVTT")
    [found] = connection.harvest.recordings(ref, since=SINCE, until=UNTIL)
    headers = {
        "Authorization": f"Bearer {next(iter(simulator.world.tokens))}",
        "Prefer": 'IdType="ImmutableId"',
    }
    assert requests.get(found.url, headers=headers, timeout=5).content == b"WEBVTT"
