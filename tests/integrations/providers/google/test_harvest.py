"""What is left of meetings: sessions, people, files."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from integrations.ports import Attendee, Denied, RecordingFile
from integrations.simulators.google.hand import Guest
from integrations.simulators.google.server import PERSON
from tests.contracts.peer import STARTS, Sample

END = STARTS + timedelta(hours=2)
SPAN = {"since": STARTS - timedelta(hours=6), "until": END + timedelta(hours=6)}


def minutes(number):
    return STARTS + timedelta(minutes=number)


@pytest.fixture
def code(account):
    """The meeting code of an entry with a conference."""
    return account().calendar.put(Sample(1).entry(meets=True), known=None).meeting.ref


def test_every_join_of_everybody_is_there_page_by_page(google, account, code):
    people = [
        Guest(f"Ana {number}", [(minutes(10 * join), minutes(10 * join + 5)) for join in range(5)])
        for number in range(5)
    ]
    name = google.hand.hold(code, people, started=STARTS, ended=END)
    [sitting] = account().harvest.sittings(code, **SPAN)
    assert (sitting.record_id, sitting.started_at, sitting.ended_at) == (name, STARTS, END)
    assert sitting.expires_at == END + timedelta(days=30)
    assert [one.name for one in sitting.people] == [f"Ana {number}" for number in range(5)]
    assert [len(one.spans) for one in sitting.people] == [5] * 5
    assert sitting.people[0].spans[1] == (minutes(10), minutes(15))


def test_several_sittings_of_one_meeting_come_in_order(google, account, code):
    for start in (90, 0, 45):
        google.hand.hold(
            code, [Guest("Ana", [(minutes(start), minutes(start + 20))])],
            started=minutes(start), ended=minutes(start + 30),
        )  # fmt: skip
    found = account().harvest.sittings(code, **SPAN)
    assert [one.started_at for one in found] == [minutes(0), minutes(45), minutes(90)]


def test_sittings_before_and_after_the_span_are_left_out(google, account, code):
    for start in (-60, 0, 59, 60):
        google.hand.hold(code, [], started=minutes(start), ended=minutes(start + 10))
    found = account().harvest.sittings(code, since=minutes(0), until=minutes(60))
    assert [one.started_at for one in found] == [minutes(0), minutes(59)]


def test_another_meeting_under_a_code_given_anew_is_not_ours(google, account, code):
    google.hand.hold(code, [], started=STARTS, ended=END)
    name = google.hand.hold(code, [], started=minutes(5), ended=END)
    google.world.records[name].record["space"] = "spaces/another"
    assert len(account().harvest.sittings(code, **SPAN)) == 1


def test_a_space_is_found_by_its_name_and_a_lost_one_by_the_code(google, account, code):
    google.hand.hold(code, [], started=STARTS, ended=END)
    [name] = google.world.spaces
    assert len(account().harvest.sittings(name, **SPAN)) == 1
    google.world.spaces.clear()
    assert len(account().harvest.sittings(code, **SPAN)) == 1
    assert len(account().harvest.sittings(name, **SPAN)) == 1
    assert account().harvest.sittings("xxx-xxxx-xxx", **SPAN) == []


def test_people_have_no_address_but_the_id_of_their_account(google, account, code):
    span = (minutes(0), minutes(10))
    people = [
        Guest("Ana Horvat", [span], user="users/1141"),
        Guest("Guest", [span], kind="anonymousUser"),
        Guest("+385 ••• 00", [span], kind="phoneUser"),
    ]
    google.hand.hold(code, people, started=STARTS, ended=END)
    [sitting] = account().harvest.sittings(code, **SPAN)
    assert sitting.people == [
        Attendee("Ana Horvat", [span], remote_person="users/1141"),
        Attendee("Guest", [span]),
        Attendee("+385 ••• 00", [span]),
    ]


def test_a_meeting_that_runs_has_no_end_and_only_joins_that_ended(google, account, code):
    people = [Guest("Ana", [(minutes(0), minutes(10)), (minutes(12), None)])]
    google.hand.hold(code, people, started=STARTS, ended=None)
    [sitting] = account().harvest.sittings(code, **SPAN)
    assert (sitting.ended_at, sitting.expires_at) == (None, None)
    assert sitting.people[0].spans == [(minutes(0), minutes(10))]


def test_a_join_without_an_end_ends_with_the_meeting(google, account, code):
    google.hand.hold(code, [Guest("Ana", [(minutes(12), None)])], started=STARTS, ended=END)
    [sitting] = account().harvest.sittings(code, **SPAN)
    assert sitting.people[0].spans == [(minutes(12), END)]


def test_recordings_and_transcripts_with_size_and_checksum(google, account, code):
    record = google.hand.hold(code, [], started=STARTS, ended=END)
    content = b"moving pictures"
    google.hand.record(record, content, file_id="f1")
    google.hand.transcribe(record, document="d1")
    video, transcript = account().harvest.recordings(code, **SPAN)
    assert video == RecordingFile(
        "f1", "video", "ready", STARTS, END, "https://drive.google.com/file/d/f1/view",
        len(content), f"sha256:{hashlib.sha256(content).hexdigest()}", downloads=True,
    )  # fmt: skip
    assert (transcript.remote_id, transcript.kind, transcript.state) == (
        "d1",
        "transcript",
        "ready",
    )
    assert (transcript.size, transcript.checksum) == (None, "")


def test_a_recording_that_is_being_made_has_its_state_and_no_address(google, account, code):
    record = google.hand.hold(code, [], started=STARTS, ended=END)
    for number, state in enumerate(["STARTED", "ENDED", "FILE_GENERATED"]):
        google.hand.record(record, b"x", file_id=f"f{number}", state=state)
    found = account().harvest.recordings(code, **SPAN)
    assert [one.state for one in found] == ["pending", "pending", "ready"]
    assert [one.url != "" for one in found] == [False, False, True]
    assert found[0].remote_id == f"{record}/recordings/1"


@pytest.mark.parametrize("way", ["removed", "trashed"])
def test_a_file_that_is_no_longer_in_drive_is_gone(google, account, code, way):
    google.hand.record(google.hand.hold(code, [], started=STARTS, ended=END), b"x", file_id="f1")
    if way == "removed":
        google.world.files.clear()
    else:
        google.world.files["f1"].meta["trashed"] = True
    assert [one.state for one in account().harvest.recordings(code, **SPAN)] == ["gone"]


def test_without_the_right_to_read_drive_recordings_are_still_listed(google, account, code):
    record = google.hand.hold(code, [], started=STARTS, ended=END)
    google.hand.record(record, b"x", file_id="f1")
    google.hand.record(record, b"y", file_id="f2")
    google.tokens.granted.discard("drive.meet.readonly")
    before = len(google.diary)
    found = account().harvest.recordings(code, **SPAN)
    assert [(one.state, one.size) for one in found] == [("ready", None)] * 2
    # The right is asked for once, not once a file: one token for Meet, one refused for Drive.
    assert [one.path for one in google.diary[before:]].count("/token") == 2


def test_without_the_right_to_read_meet_it_is_said(google, account, code, own):
    from integrations.simulators.google.tokens import Grant

    google.tokens.refresh["refresh"] = Grant(PERSON, frozenset({"calendar.events"}))
    with pytest.raises(Denied) as met:
        account(own).harvest.sittings(code, **SPAN)
    assert met.value.code == "scope_missing"


def test_instants_are_in_utc(google, account, code):
    google.hand.hold(code, [], started=STARTS, ended=END)
    [sitting] = account().harvest.sittings(code, **SPAN)
    assert sitting.started_at == datetime(2026, 10, 24, 16, tzinfo=UTC)
    assert sitting.started_at.tzinfo == UTC
