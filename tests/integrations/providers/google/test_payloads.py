"""Our entries as Google's events, and back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from integrations.ports import Found, Meeting
from integrations.providers.google import payloads
from integrations.simulators.google import discovery
from tests.contracts.peer import Sample

WISH = Sample(1).entry(meets=True, link="")


def test_a_new_event_is_one_google_knows_and_invites_nobody():
    made = payloads.insertion(WISH)
    assert list(discovery.complaints("calendar", {"$ref": "Event"}, made)) == []
    assert "attendees" not in made
    assert made["id"] == WISH.key
    assert made["start"] == {"dateTime": "2026-10-24T18:00:00+02:00", "timeZone": "Europe/Zagreb"}


@pytest.mark.parametrize(
    ("instant", "wall"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25T02:30:00+02:00"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25T02:30:00+01:00"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "2026-03-29T01:59:00+01:00"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "2026-03-29T03:00:00+02:00"),
    ],
)
def test_e_the_doubled_and_the_missing_hour_keep_their_offset(instant, wall):
    sent = payloads.body(replace(WISH, starts_at=instant))["start"]
    assert sent["dateTime"] == wall
    assert payloads.found({"id": "a", "start": sent}).starts_at == instant


def test_a_whole_day_begins_at_midnight_of_its_zone():
    event = {"id": "a", "start": {"date": "2026-10-24", "timeZone": "Europe/Zagreb"}}
    assert payloads.found(event).starts_at == datetime(2026, 10, 23, 22, tzinfo=UTC)
    assert payloads.found({"id": "a", "start": {"date": "2026-10-24"}}).starts_at == datetime(
        2026, 10, 24, tzinfo=UTC
    )


def test_of_a_removed_event_the_id_is_enough():
    assert payloads.found({"id": "a", "status": "cancelled"}) == Found("a", removed=True)


def test_our_own_link_stands_in_the_text_once():
    plain = Sample(1).entry(text="Ten talks.", link="https://kolega.example.org/go/7/")
    assert payloads.text(plain) == "Ten talks.\n\nhttps://kolega.example.org/go/7/"
    named = replace(plain, text="Ten talks: https://kolega.example.org/go/7/")
    assert payloads.text(named) == named.text
    assert payloads.text(replace(plain, meets=True)) == "Ten talks."


def test_a_change_does_not_mention_the_conference():
    assert "conferenceData" not in payloads.change(WISH)


def event(status="", *, asked=WISH.key, etag='"1"'):
    if not status:
        return {"id": "a", "etag": etag}
    request = {"requestId": asked, "status": {"statusCode": status}}
    points = [{"entryPointType": "video", "uri": "https://meet.google.com/a"}]
    more = {"entryPoints": points} if status == "success" else {}
    return {"id": "a", "etag": etag, "conferenceData": {"createRequest": request, **more}}


@pytest.mark.parametrize("status", ["pending", "success"])
def test_a_conference_that_is_there_or_on_its_way_is_left_alone(status):
    assert payloads.conference_change(WISH, event(status)) is None


@pytest.mark.parametrize("status", ["", "failure"])
def test_a_conference_that_is_not_there_is_asked_for_anew(status):
    def request_id(etag):
        wish = payloads.conference_change(WISH, event(status, etag=etag))
        return wish["conferenceData"]["createRequest"]["requestId"]

    assert request_id('"1"') == request_id('"1"')
    assert len({request_id('"1"'), request_id('"2"'), WISH.key}) == 3


@pytest.mark.parametrize("status", ["pending", "success", "failure"])
def test_an_entry_that_no_longer_meets_loses_the_conference_that_we_asked_for(status):
    plain = replace(WISH, meets=False)
    for asked in (WISH.key, f"{WISH.key}-0a1b2c3d"):
        wish = payloads.conference_change(plain, event(status, asked=asked))
        assert wish == {"conferenceData": None}
    assert payloads.conference_change(plain, event(status, asked="by-hand")) is None
    assert payloads.conference_change(plain, event()) is None


def test_a_number_to_dial_comes_with_its_pin():
    entries = [
        {"entryPointType": "video", "uri": "https://meet.google.com/abc-defg-hij"},
        {"entryPointType": "phone", "uri": "tel:+385-1-555-0100", "pin": "1234"},
    ]
    event = {"conferenceData": {"conferenceId": "abc-defg-hij", "entryPoints": entries}}
    assert payloads.meeting(event) == Meeting(
        "ready", "https://meet.google.com/abc-defg-hij", "+385-1-555-0100 PIN 1234#", "abc-defg-hij"
    )


def test_a_date_of_an_entry_that_somebody_made_weekly_is_none_of_ours():
    mine = payloads.insertion(WISH)
    date = {**mine, "id": f"{WISH.key}_20261031T160000Z", "recurringEventId": WISH.key}
    assert (payloads.found(mine).key, payloads.found(date).key) == (WISH.key, "")
