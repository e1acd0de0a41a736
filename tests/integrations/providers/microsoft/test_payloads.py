"""Entries as Graph's events, and back."""

from datetime import UTC, datetime, timedelta

import pytest

from integrations.ports import Meeting, Temporary
from integrations.providers.microsoft import payloads
from tests.contracts.peer import STARTS, Sample

EVENT = {
    "id": "AAk=", "@odata.etag": 'W/"1"', "subject": "Webinar", "isOnlineMeeting": False,
    "location": {"displayName": "Room 1"},
    "start": {"dateTime": "2026-10-24T16:00:00.0000000", "timeZone": "UTC"},
    "end": {"dateTime": "2026-10-24T18:00:00.0000000", "timeZone": "UTC"},
}  # fmt: skip


def test_seven_digits_of_a_second_are_read():
    value = {"dateTime": "2026-10-24T16:00:00.1234567", "timeZone": "UTC"}
    assert payloads.instant(value) == STARTS + timedelta(microseconds=123456)
    assert payloads.moment("2026-10-24T16:00:00.1234567Z") == payloads.instant(value)
    assert payloads.moment("2026-10-24T18:00:00+02:00") == STARTS


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("Central European Standard Time", 14), ("Central Europe Standard Time", 14),
        ("Turkey Standard Time", 13), ("Europe/Berlin", 14), ("UTC", 16),
    ],
)  # fmt: skip
def test_zones_are_read_by_their_windows_names_too(zone, hour):
    value = {"dateTime": "2026-10-24T16:00:00.0000000", "timeZone": zone}
    assert payloads.instant(value) == datetime(2026, 10, 24, hour, tzinfo=UTC)


def test_the_hour_of_a_zone_follows_the_end_of_summer_time():
    value = {"dateTime": "2026-10-26T16:00:00", "timeZone": "Central European Standard Time"}
    assert payloads.instant(value) == datetime(2026, 10, 26, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        {"dateTime": "tomorrow", "timeZone": "UTC"}, {"timeZone": "UTC"},
        {"dateTime": "2026-10-24T16:00:00", "timeZone": "tzone://Microsoft/Custom"},
    ],
)  # fmt: skip
def test_a_time_that_is_none_is_garbage(value):
    with pytest.raises(Temporary, match="garbled"):
        payloads.instant(value)


def test_times_are_written_in_utc():
    """Graph knows no Europe/Zagreb, and our zone is on the part, not over there."""
    summer = datetime.fromisoformat("2026-10-24T18:00:00+02:00")
    assert payloads.written(summer) == {"dateTime": "2026-10-24T16:00:00", "timeZone": "UTC"}


def test_a_change_names_what_we_own_and_nothing_else():
    body = payloads.change(Sample(1).entry(), known=Meeting())
    assert set(body) == {"subject", "start", "end", "location"}


def test_a_meeting_is_asked_for_once():
    entry = Sample(1).entry(meets=True)
    assert payloads.change(entry, known=Meeting())["isOnlineMeeting"] is True
    assert "isOnlineMeeting" not in payloads.change(entry, known=Meeting("pending"))
    assert "isOnlineMeeting" not in payloads.change(Sample(1).entry(), known=Meeting("ready"))


def test_e_two_invitations_nobody_is_named_in_a_new_event():
    body = payloads.new(Sample(1).entry(meets=True))
    assert "attendees" not in body
    assert (body["isOnlineMeeting"], body["onlineMeetingProvider"]) == (True, "teamsForBusiness")


def test_where_people_join_stands_in_the_text_once():
    entry = Sample(1).entry()
    assert payloads.new(entry)["body"]["content"].endswith(f"\n\n{entry.link}")
    again = Sample(1).entry(text=f"Join: {entry.link}")
    assert payloads.new(again)["body"]["content"] == again.text
    assert payloads.new(Sample(1).entry(meets=True))["body"]["content"] == entry.text


def test_the_key_is_in_property_and_transaction():
    body = payloads.new(Sample(7).entry())
    key = f"{7:032x}"
    assert body["singleValueExtendedProperties"] == [{"id": payloads.PROPERTY, "value": key}]
    assert payloads.key_of(body) == key
    assert payloads.key_of({"transactionId": body["transactionId"]}) == key
    assert payloads.key_of({"transactionId": payloads.transaction(key, 3)}) == key


@pytest.mark.parametrize(
    "foreign",
    [
        {}, {"transactionId": None}, {"transactionId": "localevent:1c5b"},
        {"transactionId": "7E163156-7762-4BEB-A1C6-729EA81755A7"},
        {"singleValueExtendedProperties": [{"id": "String {0} Name Other", "value": "0" * 32}]},
        {"singleValueExtendedProperties": [{"id": payloads.PROPERTY, "value": "not a key"}]},
        {"transactionId": payloads.transaction(f"{7:032x}"), "seriesMasterId": "AAMk"},
    ],
)  # fmt: skip
def test_what_others_made_has_no_key(foreign):
    assert payloads.key_of(foreign) == ""


def test_no_key_is_let_into_a_filter():
    with pytest.raises(ValueError, match="or 1"):
        payloads.with_key("0' or 1 eq 1")


def test_an_event_is_read():
    found = payloads.found(EVENT)
    assert (found.remote_id, found.etag, found.title, found.place) == (
        "AAk=", 'W/"1"', "Webinar", "Room 1",
    )  # fmt: skip
    assert (found.starts_at, found.ends_at) == (STARTS, STARTS + timedelta(hours=2))
    assert found.meeting == Meeting()


def test_an_event_with_next_to_nothing_is_read():
    bare = {"id": "x", "subject": None, "location": None, "start": None, "end": None}
    assert payloads.found(bare).title == ""
    assert payloads.found({"id": "x", "@removed": {"reason": "deleted"}}).removed
    assert payloads.found({**EVENT, "isCancelled": True}).removed
    with pytest.raises(Temporary):
        payloads.found({"subject": "none"})


def test_ways_into_a_meeting_are_read():
    online = {
        "joinUrl": "https://teams.example/1",
        "tollNumber": "+385 1 555",
        "conferenceId": "42",
    }
    event = {**EVENT, "isOnlineMeeting": True, "onlineMeeting": online}
    assert payloads.found(event).meeting == Meeting(
        "ready", "https://teams.example/1", "+385 1 555 42", "https://teams.example/1"
    )
    late = {**EVENT, "isOnlineMeeting": True, "onlineMeeting": None}
    assert payloads.found(late).meeting == Meeting("pending")
