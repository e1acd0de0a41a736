"""What other people's programs make of our calendars and invitations."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from events.backstage import letters
from events.invitations import writer
from events.invitations.parts import CalendarSeries
from tests.events.invitations.expanders import EXPANDERS, complaints_of_libical
from tests.events.invitations.parts import ONE, part, wall

ZONES = [
    "Europe/Zagreb",
    "Europe/Tirane",
    "Europe/Sofia",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Asia/Tbilisi",
]
WEEKS = 30


def weekly(zone: str) -> CalendarSeries:
    """Thirty Tuesdays over both clock changes, one moved by hand, one left out."""
    at = {"zone": zone, "summary": "Cluster meeting"}
    return CalendarSeries(
        master=part(start_local=wall("2026-10-06 16:00"), end_local=wall("2026-10-06 17:00"), **at),
        rrule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20270427T160000",
        overrides=(
            part(
                recurrence_id=wall("2026-10-20 16:00"),
                start_local=wall("2026-10-28 09:00"),
                end_local=wall("2026-10-28 10:00"),
                **at,
            ),
        ),
        exdates=(wall("2026-11-03 16:00"),),
    )


def expected(zone: str) -> list[datetime]:
    tuesdays = [wall("2026-10-06 16:00") + timedelta(weeks=week) for week in range(WEEKS)]
    walls = set(tuesdays) - {wall("2026-10-20 16:00"), wall("2026-11-03 16:00")}
    walls.add(wall("2026-10-28 09:00"))
    return sorted(one.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for one in walls)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("expand", EXPANDERS)
def test_a_series_over_both_clock_changes_means_the_same_everywhere(expand, zone):
    assert len(expected(zone)) == WEEKS - 1
    assert expand(writer.feed([weekly(zone)], name="x")) == expected(zone)
    assert expand(writer.request(weekly(zone), **ONE)) == expected(zone)


@pytest.mark.parametrize("expand", EXPANDERS)
def test_single_entries_near_the_clock_changes_mean_the_same_everywhere(expand):
    starts = ["2026-10-24 10:00", "2026-10-25 01:30", "2026-10-25 04:00", "2027-03-28 03:30"]
    entries = [
        part(
            uid=f"{zone}-{at}",
            zone=zone,
            start_local=wall(at),
            end_local=wall(at) + timedelta(hours=1),
        )
        for at in starts
        for zone in [*ZONES, "UTC"]
    ]
    zoned = [one.start_local.replace(tzinfo=ZoneInfo(one.zone)) for one in entries]
    assert expand(writer.feed(entries, name="x")) == sorted(one.astimezone(UTC) for one in zoned)


@pytest.mark.parametrize(
    "ics",
    [
        writer.request(part(join_url="https://kolega.example.org/go/7"), **ONE),
        writer.request(weekly("Europe/Zagreb"), **ONE),
        writer.cancel(part(sequence=1), **ONE),
        writer.cancel(part(sequence=1, recurrence_id=wall("2026-10-24 10:00")), **ONE),
        writer.publish_file(part()),
    ],
    ids=["request", "series", "cancel", "cancel-one-date", "file"],
)
def test_libical_finds_no_fault(ics):
    assert complaints_of_libical(ics) == []


def test_libical_does_find_faults():
    ics = writer.publish_file(part()).replace(
        b"ORGANIZER;CN=Kolega:mailto:kolega@example.org\r\n", b""
    )
    assert [line for line in complaints_of_libical(ics) if "INVALID-ITIP" in line]


class Mailbox:
    """A calendar of Xandikos that takes invitations from mail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def letter(self, ics: bytes, method: str) -> EmailMessage:
        return letters.build_letter(
            to_name="Ana Anić",
            to_address="ana@example.org",
            from_name="Kolega",
            from_address="kolega@example.org",
            reply_to="ivan@example.org",
            subject="Prijavljeni ste",
            text="Vidimo se.\n",
            html="<p>Vidimo se.</p>",
            ics=ics,
            ics_method=method,
            message_id="<1@kolega.example.org>",
            language="hr",
        )

    def take(self, ics: bytes, method: str) -> subprocess.CompletedProcess[bytes]:
        return self.give(self.letter(ics, method).as_bytes())

    def give(self, letter: bytes) -> subprocess.CompletedProcess[bytes]:
        xandikos = Path(sys.executable).with_name("xandikos")
        where = ["-d", self.folder, "--principal", "/user/", "--autocreate"]
        return subprocess.run(
            [xandikos, "import-imip", *where], input=letter, capture_output=True, check=False
        )

    def entries(self) -> list:
        """What stands in the person's calendar, without what waits in the inbox."""
        files = sorted(self.folder.glob("user/calendars/**/*.ics"))
        return [
            one for file in files for one in Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        ]


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    return Mailbox(tmp_path)


def test_xandikos_takes_an_invitation_its_change_and_its_cancellation(mailbox):
    assert mailbox.take(writer.request(part(), **ONE), "REQUEST").returncode == 0
    (first,) = mailbox.entries()
    assert (first["SUMMARY"], first["SEQUENCE"]) == ("TeachMeet: učenje s robotima", 0)

    moved = part(
        sequence=1, start_local=wall("2026-10-25 10:00"), end_local=wall("2026-10-25 12:00")
    )
    assert mailbox.take(writer.request(moved, **ONE), "REQUEST").returncode == 0
    (second,) = mailbox.entries()
    assert second["UID"] == first["UID"]
    assert second["DTSTART"].dt.astimezone(UTC) == datetime(2026, 10, 25, 9, tzinfo=UTC)

    assert mailbox.take(writer.cancel(part(sequence=2), **ONE), "CANCEL").returncode == 0
    assert [one["STATUS"] for one in mailbox.entries()] == ["CANCELLED"]


def test_xandikos_takes_no_mail_that_announces_another_method(mailbox):
    letter = mailbox.letter(writer.request(part(), **ONE), "REQUEST").as_bytes()
    told = letter.replace(b'method="REQUEST"', b'method="CANCEL"')
    assert told != letter
    assert mailbox.give(told).returncode != 0
    assert mailbox.entries() == []
