"""Calendar messages, read back with the icalendar library."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from events.backstage.letters import AddressRefused
from events.invitations import lines, writer
from events.invitations.parts import CalendarSeries, PartRefused, RuleRefused
from events.kernel.zones import ZoneUnknown
from tests.events.invitations.parts import ONE, STAMP, part, wall

TEXTS = st.text(alphabet=st.characters(exclude_categories=()), max_size=300)


def only_event(ics: bytes):
    (event,) = Calendar.from_ical(ics).walk("VEVENT")
    return event


def assert_well_formed(ics: bytes) -> None:
    assert ics.endswith(b"END:VCALENDAR\r\n")
    for line in ics[:-2].split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
        assert not any(octet < 32 or octet == 127 for octet in line.replace(b"\t", b""))


def test_a_request_names_one_attendee_who_is_not_asked_to_answer():
    ics = writer.request(part(), **ONE)
    calendar, event = Calendar.from_ical(ics), only_event(ics)
    assert calendar["METHOD"] == "REQUEST"
    assert "UID" not in calendar
    assert event["ATTENDEE"] == "mailto:ana@example.org"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Ana Anić",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }
    assert event["ORGANIZER"] == "mailto:kolega@example.org"
    assert event["DTSTAMP"].dt == STAMP
    assert event["DTSTART"].dt == datetime(2026, 10, 24, 10, tzinfo=ZoneInfo("Europe/Zagreb"))
    assert event["SUMMARY"] == "TeachMeet: učenje s robotima"
    assert event["SUMMARY"].params["LANGUAGE"] == "hr"
    assert event["STATUS"] == "CONFIRMED"
    assert event.walk("VALARM")[0]["TRIGGER"].dt == timedelta(minutes=-30)


def test_an_update_keeps_the_uid_and_carries_the_higher_sequence():
    first, second = (only_event(writer.request(part(sequence=n), **ONE)) for n in (0, 1))
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)


def test_a_cancel_is_cancelled_and_rings_no_alarm():
    ics = writer.cancel(part(sequence=2), **ONE)
    event = only_event(ics)
    assert Calendar.from_ical(ics)["METHOD"] == "CANCEL"
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 2)
    assert not event.walk("VALARM")


def test_a_file_to_download_names_no_attendee_and_stays_the_same():
    ics = writer.publish_file(part())
    assert Calendar.from_ical(ics)["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in only_event(ics)
    assert only_event(ics)["ORGANIZER"] == "mailto:kolega@example.org"
    assert ics == writer.publish_file(part())


def test_the_join_link_stands_wherever_a_client_may_look():
    event = only_event(
        writer.request(part(location="", url="", join_url="https://k.example.org/go/7"), **ONE)
    )
    assert event["LOCATION"] == event["URL"] == event["CONFERENCE"] == "https://k.example.org/go/7"
    assert event["DESCRIPTION"].splitlines()[0] == "https://k.example.org/go/7"
    assert dict(event["CONFERENCE"].params) == {"VALUE": "URI", "FEATURE": "VIDEO"}


def test_a_room_stays_the_place_of_a_hybrid_event():
    event = only_event(writer.request(part(join_url="https://k.example.org/go/7"), **ONE))
    assert event["LOCATION"] == "OŠ Primjer, Zagreb"
    assert event["URL"] == "https://kolega.example.org/e/7"


def test_utc_needs_no_time_zone():
    ics = writer.request(part(zone="UTC"), **ONE)
    assert b"DTSTART:20261024T100000Z" in ics
    assert b"VTIMEZONE" not in ics


def test_a_time_that_the_spring_change_skips_is_written_as_an_instant():
    skipped = part(start_local=wall("2027-03-28 02:30"), end_local=wall("2027-03-28 04:00"))
    ics = writer.request(skipped, **ONE)
    assert b"DTSTART:20270328T013000Z\r\nDTEND:20270328T020000Z\r\n" in ics


def test_of_a_doubled_hour_the_first_is_meant():
    doubled = part(start_local=wall("2026-10-25 02:30"), end_local=wall("2026-10-25 04:00"))
    assert b"DTSTART:20261025T003000Z\r\n" in writer.request(doubled, **ONE)


@given(title=TEXTS, place=TEXTS, text=TEXTS)
def test_any_text_comes_back_as_it_was_cleaned(title, place, text):
    ics = writer.request(part(summary=title, location=place, description=text), **ONE)
    assert_well_formed(ics)
    event = only_event(ics)
    assert event["SUMMARY"] == lines.one_line(title)
    assert event.get("LOCATION", "") == lines.one_line(place)
    assert event.get("DESCRIPTION", "") == lines.many_lines(text)


@given(name=TEXTS, uid=st.text(max_size=80), link=TEXTS)
def test_no_name_or_link_can_end_its_line(name, uid, link):
    ics = writer.request(
        part(organizer_name=name, uid=f"a{uid}", join_url=link, url=link),
        **(ONE | {"attendee_name": name}),
    )
    assert_well_formed(ics)
    assert ics.count(b"\r\nATTENDEE;") == 1
    assert ics.count(b"\r\nBEGIN:VEVENT") == 1


def test_ordinary_texts_are_left_alone():
    for text in ("Što? Žar i čuđenje; 2, 3 \\n", "Ελληνικά Македонски ქართული", "a  b"):
        assert lines.one_line(text) == lines.many_lines(text) == text
    assert lines.many_lines("a\r\nb\rc\n\nd") == "a\nb\nc\n\nd"
    assert lines.one_line("a\r\nBEGIN:VEVENT\tb\x00") == "a BEGIN:VEVENT b"


@pytest.mark.parametrize(
    "address", ["", "ana", "a@b.org,c@d.org", "a@b.org\r\nATTENDEE:x", "a b@c.org"]
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(AddressRefused):
        writer.request(part(), **(ONE | {"attendee_address": address}))


@pytest.mark.parametrize(
    "different",
    [
        {"start_local": datetime(2026, 10, 24, 10, tzinfo=UTC)},
        {"end_local": wall("2026-10-24 10:00")},
        {"changed_at": wall("2026-10-24 10:00")},
        {"language": "hr:x"},
        {"alarm_minutes": -5},
    ],
)
def test_values_that_cannot_stand_in_a_calendar_are_refused(different):
    with pytest.raises(PartRefused):
        part(**different)


def test_an_unknown_zone_is_refused():
    with pytest.raises(ZoneUnknown):
        part(zone="Europe/Atlantis")


def series(**different) -> CalendarSeries:
    master = part(start_local=wall("2026-10-06 16:00"), end_local=wall("2026-10-06 17:30"))
    values = {"master": master, "rrule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201T160000"}
    return CalendarSeries(**(values | different))


def test_a_series_ends_in_utc_and_names_its_changed_dates_by_their_original_start():
    moved = part(
        recurrence_id=wall("2026-10-20 16:00"),
        start_local=wall("2026-10-21 09:00"),
        end_local=wall("2026-10-21 10:00"),
        zone="Europe/Tirane",
    )
    ics = writer.request(series(overrides=(moved,), exdates=(wall("2026-11-03 16:00"),)), **ONE)
    master, override = Calendar.from_ical(ics).walk("VEVENT")
    assert master["RRULE"]["UNTIL"] == [datetime(2026, 12, 1, 15, tzinfo=UTC)]
    assert b"RECURRENCE-ID;TZID=Europe/Zagreb:20261020T160000\r\n" in ics
    assert b"EXDATE;TZID=Europe/Zagreb:20261103T160000\r\n" in ics
    assert master["UID"] == override["UID"]
    assert "RRULE" not in override
    assert ics.count(b"\r\nBEGIN:VTIMEZONE") == 2


def test_a_series_is_cancelled_as_a_whole():
    moved = part(recurrence_id=wall("2026-10-20 16:00"))
    (event,) = Calendar.from_ical(writer.cancel(series(overrides=(moved,)), **ONE)).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"
    assert "RECURRENCE-ID" not in event


@pytest.mark.parametrize(
    ("until", "written"),
    [
        ("20261201", b"UNTIL=20261201T225959Z"),
        ("20261201T160000Z", b"UNTIL=20261201T160000Z"),
        ("20260701T160000", b"UNTIL=20260701T140000Z"),
    ],
)
def test_until_is_written_in_utc(until, written):
    assert written in writer.request(series(rrule=f"FREQ=WEEKLY;UNTIL={until}"), **ONE)


@pytest.mark.parametrize(
    "rrule",
    ["", "WEEKLY", "COUNT=3", "FREQ=WEEKLY\r\nX:1", "FREQ=WEEKLY;UNTIL=soon", "FREQ=WEEKLY;COUNT="],
)
def test_a_rule_that_is_none_is_refused(rrule):
    with pytest.raises(RuleRefused):
        series(rrule=rrule)


def test_an_override_of_another_series_is_refused():
    with pytest.raises(PartRefused):
        series(overrides=(part(uid="other", recurrence_id=wall("2026-10-20 16:00")),))
    with pytest.raises(PartRefused):
        series(overrides=(part(),))
