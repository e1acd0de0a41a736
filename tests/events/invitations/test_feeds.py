"""Feeds are written by hand; the icalendar library reads them and says what it would write."""

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bench import feed as bench
from events.invitations import fields, writer
from events.invitations.parts import CalendarSeries
from tests.events.invitations.parts import CHANGED, part, wall
from tests.events.invitations.test_writer import TEXTS, assert_well_formed


def test_a_feed_is_no_message_and_holds_no_people():
    ics = writer.feed([part()], name="Moji događaji")
    calendar = Calendar.from_ical(ics)
    (event,) = calendar.walk("VEVENT")
    assert "METHOD" not in calendar
    assert "UID" not in calendar
    assert not {"ATTENDEE", "ORGANIZER"} & set(event)
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "Moji događaji"
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == CHANGED
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT60M\r\n" in ics
    assert b"X-PUBLISHED-TTL:PT60M\r\n" in ics
    assert event.walk("VALARM")


def test_marks_of_the_format_are_escaped():
    """Readers forgive a bare comma in a title; the format (RFC 5545 §3.3.11) does not."""
    ics = writer.feed([part(summary="a,b;c\\d", language="")], name="x,y")
    assert b"SUMMARY:a\\,b\\;c\\\\d\r\n" in ics
    assert b"X-WR-CALNAME:x\\,y\r\n" in ics


def test_cancelled_entries_stay():
    ics = writer.feed([part(), part(uid="b@x", status="CANCELLED")], name="x")
    stati = {str(event["UID"]): event["STATUS"] for event in Calendar.from_ical(ics).walk("VEVENT")}
    assert stati == {"0d2f9a3e@kolega.example.org": "CONFIRMED", "b@x": "CANCELLED"}


def test_the_order_of_asking_changes_no_byte():
    entries = bench.entries()[:60]
    shuffled = sorted(entries, key=lambda entry: entry.uid[::-1])
    assert writer.feed(entries, name="x") == writer.feed(shuffled, name="x")


def test_an_empty_feed_is_a_calendar():
    ics = writer.feed([], name="x", description="Everything\nof mine")
    assert_well_formed(ics)
    assert Calendar.from_ical(ics)["DESCRIPTION"] == "Everything\nof mine"


def test_a_feed_holds_what_the_library_would_write():
    entries = bench.entries()
    ours = Calendar.from_ical(writer.feed(entries, name="x"))
    theirs = Calendar.from_ical(bench.by_library(entries))
    assert ours.walk("VEVENT") == theirs.walk("VEVENT")
    assert ours.walk("VTIMEZONE") == theirs.walk("VTIMEZONE")


def test_a_series_is_written_like_the_library_would():
    moved = part(recurrence_id=wall("2026-11-07 10:00"), zone="Europe/Tirane")
    entry = CalendarSeries(
        master=part(),
        rrule="FREQ=WEEKLY;COUNT=8",
        overrides=(moved,),
        exdates=(wall("2026-10-31 10:00"), wall("2026-11-14 10:00")),
    )
    ours = Calendar.from_ical(writer.feed([entry], name="x")).walk("VEVENT")
    assert ours == [writer.event(one, held) for one, held in fields.events_of(entry)]


@given(
    title=TEXTS,
    place=TEXTS,
    text=TEXTS,
    join=st.sampled_from(["", "https://x.example.org/go/1,2;3"]),
)
def test_any_entry_is_written_like_the_library_would(title, place, text, join):
    entry = part(summary=title, location=place, description=text, join_url=join)
    ics = writer.feed([entry], name=title)
    assert_well_formed(ics)
    ((_, held),) = fields.events_of(entry)
    library = Calendar.from_ical(writer.event(entry, held).to_ical())
    assert Calendar.from_ical(ics).walk("VEVENT") == [library]


def test_writing_by_hand_earns_its_keep():
    """The goal is 40 ms (`make bench`); here only what holds on a busy machine too."""
    assert bench.measure(runs=3)["ratio"] > 5
