"""What is written into a calendar file, and what is left alone in one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from integrations.providers.caldav import payloads, timezones
from tests.contracts.peer import STARTS, Sample
from tests.events.invitations.expanders import EXPANDERS, complaints_of_libical

ZONES = [
    "Europe/Zagreb", "Europe/London", "Europe/Dublin", "Europe/Chisinau", "Europe/Istanbul",
    "Atlantic/Azores", "America/New_York", "America/Santiago", "Asia/Kolkata", "Africa/Casablanca",
    "America/Nuuk", "Asia/Gaza", "Pacific/Auckland", "UTC",
]  # fmt: skip
RULED = [zone for zone in ZONES if timezones.rule_of(zone) and zone != "Africa/Casablanca"]
# The last Sundays of March and October, summer, winter; each half hour round the change.
CHANGES = [datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2027, 3, 27, 22, tzinfo=UTC)]
PROBES = [at + timedelta(minutes=30 * step) for at in CHANGES for step in range(12)]
PROBES += [datetime(2026, month, 15, 9, tzinfo=UTC) for month in range(1, 13)]


def lines(body: bytes) -> list[str]:
    return body.decode().replace("\r\n ", "").splitlines()


def at(starts_at: datetime, zone: str):
    return Sample(1).entry(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), zone=zone)


def test_one_file_one_uid_no_method_nobody_invited():
    told = lines(payloads.fresh(Sample(1).entry()))
    assert [line for line in told if line.startswith("UID")] == ["UID:part-1@kolega.example.org"]
    assert not [line for line in told if line.startswith(("METHOD", "ATTENDEE", "ORGANIZER"))]
    assert complaints_of_libical(payloads.fresh(Sample(1).entry())) == []


def test_the_clock_on_the_wall_is_written_with_its_rule():
    told = lines(payloads.fresh(Sample(1).entry()))
    assert "DTSTART;TZID=Europe/Zagreb:20261024T180000" in told
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in told
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in told
    assert not [line for line in told if line.startswith("RDATE")]


@pytest.mark.parametrize("expand", EXPANDERS, ids=lambda one: one.__name__)
def test_every_reader_sees_the_same_instant(expand):
    """Five programs of others; one file holds one entry, so each probe is read by itself."""
    for zone in ZONES:
        for moment in PROBES[:: 4 if zone == "Europe/Zagreb" else 18]:
            assert expand(payloads.fresh(at(moment, zone))) == [moment], (zone, moment)


@pytest.mark.parametrize("zone", RULED)
def test_rules_say_what_the_time_zone_database_says(zone):
    known = ZoneInfo(zone)
    moment, checked = datetime(2026, 1, 1, tzinfo=UTC), 0
    while moment.year < 2036:
        told = timezones.wall_clock(zone, [moment])
        if told is not None:
            checked += 1
            read = told[1].to_tz(lookup_tzid=False)
            assert moment.astimezone(read).utcoffset() == moment.astimezone(known).utcoffset()
        moment += timedelta(days=41, hours=5)
    assert checked > 80


@pytest.mark.parametrize("zone", ["UTC", "America/Nuuk", "Asia/Gaza", "Nowhere/At_all", "../etc"])
def test_what_has_no_plain_rule_is_written_in_utc(zone):
    told = lines(payloads.fresh(Sample(1).entry(zone=zone)))
    assert "DTSTART:20261024T160000Z" in told


def test_morocco_is_written_in_utc_while_its_rule_is_off():
    """Its clock goes back for Ramadan, which no yearly rule tells."""
    ramadan = datetime(2026, 3, 1, 12, tzinfo=UTC)
    usual = ramadan.astimezone(ZoneInfo("Africa/Casablanca")).utcoffset()
    other = (ramadan + timedelta(days=90)).astimezone(ZoneInfo("Africa/Casablanca")).utcoffset()
    assert usual != other
    written = {
        found.partition(":")[0]
        for moment in (ramadan, ramadan + timedelta(days=90))
        for found in lines(payloads.fresh(at(moment, "Africa/Casablanca")))
        if found.startswith("DTSTART") and found.endswith("Z")
    }
    assert written == {"DTSTART"}


@pytest.mark.parametrize("minutes", [0, 60])
def test_the_doubled_hour_is_written_in_utc(minutes):
    doubled = datetime(2026, 10, 25, 0, 30, tzinfo=UTC) + timedelta(minutes=minutes)
    assert f"DTSTART:{doubled:%Y%m%dT%H%M%SZ}" in lines(
        payloads.fresh(at(doubled, "Europe/Zagreb"))
    )


def edited(body: bytes, edit) -> bytes:
    held = vobject.readOne(body.decode())
    edit(held.vevent)
    return held.serialize().encode()


def test_guests_alarms_and_a_text_written_there_are_left_alone():
    def edit(event):
        event.add("attendee").value = "mailto:guest@example.org"
        event.add("categories").value = ["School"]
        alarm = event.add("valarm")
        alarm.add("action").value = "DISPLAY"
        alarm.add("description").value = "Soon"
        alarm.add("trigger").value = timedelta(minutes=-15)
        event.description.value = "Bring the blue folder"

    standing = edited(payloads.fresh(Sample(1).entry()), edit)
    told = lines(payloads.merged(standing, Sample(1).entry(title="New", text="Other", sequence=3)))
    for line in (
        "ATTENDEE:mailto:guest@example.org", "CATEGORIES:School", "TRIGGER:-PT15M",
        "DESCRIPTION:Bring the blue folder", "SUMMARY:New", "SEQUENCE:3",
    ):  # fmt: skip
        assert line in told


def test_our_own_text_is_brought_up_to_date():
    standing = payloads.fresh(Sample(1).entry())
    told = lines(payloads.merged(standing, Sample(1).entry(text="Eleven talks")))
    assert r"DESCRIPTION:https://kolega.example.org/go/7/\nEleven talks" in told


def test_a_text_that_has_the_link_says_it_once():
    text = "Join online: https://kolega.example.org/go/7/"
    assert f"DESCRIPTION:{text}" in lines(payloads.fresh(Sample(1).entry(text=text)))


def test_the_file_says_when_we_changed_the_entry():
    changed = datetime(2026, 9, 1, 8, tzinfo=UTC)
    told = lines(payloads.fresh(Sample(1).entry(changed_at=changed)))
    assert "DTSTAMP:20260901T080000Z" in told
    assert "LAST-MODIFIED:20260901T080000Z" in told


def test_a_repetition_made_there_goes_and_the_time_is_ours_again():
    def edit(event):
        event.add("rrule").value = "FREQ=WEEKLY;COUNT=5"

    standing = edited(payloads.fresh(Sample(1).entry()), edit)
    merged = payloads.merged(standing, Sample(1).entry(zone="Europe/London"))
    event = payloads.event_of(payloads.read(merged))
    assert "RRULE" not in event
    assert event.start.tzinfo.key == "Europe/London"


def test_what_stands_as_wished_is_not_written_again():
    standing = payloads.fresh(Sample(1).entry())
    assert payloads.merged(standing, Sample(1).entry()) is standing
    assert payloads.merged(standing, Sample(1).entry(title="New")) is not standing


def test_a_number_raised_over_there_is_never_lowered():
    standing = payloads.fresh(Sample(1).entry(sequence=4))
    assert "SEQUENCE:4" in lines(payloads.merged(standing, Sample(1).entry(sequence=2)))


def test_a_copy_made_there_is_none_of_ours():
    body = payloads.fresh(Sample(1).entry())
    copied = body.replace(b"UID:part-1@kolega.example.org", b"UID:copy@example.org")
    assert payloads.found(f"{1:032x}.ics", "", body).key == Sample(1).entry().key
    assert payloads.found("other-name.ics", "", body).key == Sample(1).entry().key
    assert payloads.found("copy.ics", "", copied).key == ""


def test_a_whole_day_made_there_is_meant_in_our_zone():
    def edit(event):
        event.dtstart.value, event.dtend.value = STARTS.date(), STARTS.date() + timedelta(days=1)

    found = payloads.found("a.ics", "", edited(payloads.fresh(Sample(1).entry()), edit))
    assert found.starts_at == datetime(2026, 10, 23, 22, tzinfo=UTC)
    assert found.ends_at == datetime(2026, 10, 24, 22, tzinfo=UTC)


def test_an_entry_cancelled_there_counts_as_removed():
    def edit(event):
        event.status.value = "CANCELLED"

    body = edited(payloads.fresh(Sample(1).entry()), edit)
    assert payloads.found("a.ics", "", body).removed
    assert not payloads.found("a.ics", "", payloads.merged(body, Sample(1).entry())).removed


def test_an_entry_online_has_its_link_as_place_and_no_place_for_us():
    body = payloads.fresh(Sample(1).entry(place=""))
    assert "LOCATION:https://kolega.example.org/go/7/" in lines(body)
    assert payloads.found("a.ics", "", body).place == ""


def test_nothing_that_breaks_xml_is_written():
    body = payloads.fresh(Sample(1).entry(title="Tea\x0bch\x00Meet\ud800", text="a\x1bb"))
    assert payloads.found("a.ics", "", body).title == "TeachMeet"
    assert "\x1b" not in body.decode()


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1",
             b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTODO\r\nUID:1\r\nEND:VTODO\r\nEND:VCALENDAR"],
)  # fmt: skip
def test_what_nobody_can_read_is_only_a_name(body):
    found = payloads.found("a.ics", '"1"', body)
    assert (found.remote_id, found.etag, found.key, found.starts_at) == ("a.ics", '"1"', "", None)
    with pytest.raises(payloads.Unreadable):
        payloads.merged(body, Sample(1).entry())


def test_a_title_cannot_open_a_line_of_its_own():
    body = payloads.fresh(Sample(1).entry(title="A\r\nATTENDEE:mailto:x@example.org"))
    assert "ATTENDEE" not in Calendar.from_ical(body).walk("VEVENT")[0]
