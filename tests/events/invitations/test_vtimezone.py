"""The written rules say what the time zone database says, according to dateutil."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil import tz

from events.invitations.vtimezone import is_utc, vtimezone
from events.kernel.zones import ZoneUnknown

EUROPE = sorted(name for name in available_timezones() if name.startswith("Europe/"))
BESIDES = [
    "Atlantic/Azores",
    "Atlantic/Canary",
    "Asia/Nicosia",
    "Asia/Tbilisi",
    "Asia/Yerevan",
    "Asia/Jerusalem",
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Asia/Kathmandu",
]


def changes(name: str) -> list[datetime]:
    """Every change 2020 to 2035 as a UTC instant, found day by day, then minute by minute."""
    zone, day = ZoneInfo(name), datetime(2020, 1, 1, tzinfo=UTC)
    found = []
    while day.year <= 2035:
        minutes = [day + timedelta(minutes=minute) for minute in (0, 1440)]
        if len({moment.astimezone(zone).utcoffset() for moment in minutes}) > 1:
            found.append(next(_later(zone, day)))
        day += timedelta(days=1)
    return found


def _later(zone: ZoneInfo, day: datetime):
    before = day.astimezone(zone).utcoffset()
    moments = (day + timedelta(minutes=minute) for minute in range(1441))
    return (moment for moment in moments if moment.astimezone(zone).utcoffset() != before)


def read(name: str) -> tz.tzlocal:
    return tz.tzical(StringIO(vtimezone(name))).get(name)


def probes(name: str) -> list[datetime]:
    """Moments on both sides of each change, and the middle of every month."""
    minutes = (-61, -60, -31, -30, -1, 0, 1, 30, 31, 60, 61)
    near = [at + timedelta(minutes=step) for at in changes(name) for step in minutes]
    months = [
        datetime(year, month, 15, 12, tzinfo=UTC)
        for year in range(2020, 2036)
        for month in range(1, 13)
    ]
    return near + months


@pytest.mark.parametrize("name", EUROPE + BESIDES)
def test_every_change_is_where_the_database_has_it(name):
    zone, written = ZoneInfo(name), read(name)
    for moment in probes(name):
        expected = moment.astimezone(zone)
        if tz.datetime_ambiguous(expected):
            continue  # a wall clock alone cannot say which of the two is meant
        assert expected.replace(tzinfo=written).utcoffset() == expected.utcoffset(), moment


@pytest.mark.parametrize(
    ("name", "spring", "autumn"),
    [
        ("Europe/Lisbon", ("T010000", "+0000", "+0100"), ("T020000", "+0100", "+0000")),
        ("Europe/Zagreb", ("T020000", "+0100", "+0200"), ("T030000", "+0200", "+0100")),
        ("Europe/Athens", ("T030000", "+0200", "+0300"), ("T040000", "+0300", "+0200")),
    ],
)
def test_the_european_zones_follow_the_last_sundays(name, spring, autumn):
    text = vtimezone(name)
    for kind, day, month, (time, before, after) in (
        ("DAYLIGHT", "19700329", 3, spring),
        ("STANDARD", "19701025", 10, autumn),
    ):
        assert (
            f"BEGIN:{kind}\r\nDTSTART:{day}{time}\r\n"
            f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY=-1SU\r\n"
            f"TZOFFSETFROM:{before}\r\nTZOFFSETTO:{after}\r\n"
        ) in text


def test_a_zone_without_changes_is_one_standard():
    text = vtimezone("Europe/Istanbul")
    assert text.count("BEGIN:STANDARD") == 1
    assert "DAYLIGHT" not in text
    assert "RRULE" not in text


def test_irish_summer_is_daylight():
    assert "BEGIN:DAYLIGHT\r\nDTSTART:19700329T010000" in vtimezone("Europe/Dublin")


@pytest.mark.parametrize("name", EUROPE + BESIDES)
def test_a_listed_change_stands_alone_on_its_line(name):
    assert not [line for line in vtimezone(name).splitlines() if "RDATE" in line and "," in line]


def test_a_run_of_a_few_years_is_not_taken_for_a_rule():
    assert "BYMONTH=10" not in vtimezone("Africa/Cairo")


def test_an_unknown_zone_is_refused():
    with pytest.raises(ZoneUnknown):
        vtimezone("Europe/Atlantis")


def test_utc_is_known_by_its_names():
    assert is_utc("UTC")
    assert not is_utc("Europe/London")
