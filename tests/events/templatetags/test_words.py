from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from events.templatetags import moments, numbers


@dataclass
class Part:
    starts_at: datetime
    ends_at: datetime
    zone: str


@dataclass
class Reader:
    zone: str


START = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
EVENING = Part(START, START + timedelta(minutes=150), "Europe/Zagreb")


def render(source, **context):
    return engines["django"].from_string("{% load kolega %}" + source).render(context)


def test_days_and_times_stand_on_the_clock_of_the_place():
    assert moments.day(START, "Europe/Zagreb") == "Thursday 26 November 2026"
    assert moments.short_day(START, "Europe/Zagreb") == "Thu 26 November"
    assert moments.clock(START, "Europe/Zagreb") == "16:30"
    assert moments.clock(datetime(2026, 6, 1, 6, tzinfo=UTC), "Europe/Zagreb") == "08:00"


def test_a_moment_can_be_told_to_the_second():
    said = moments.exact_moment(START + timedelta(seconds=5), "Europe/Zagreb")
    assert said == "Thursday 26 November 2026, 16:30:05"


def test_late_evenings_belong_to_the_local_day():
    late = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    assert moments.plain_day(late, "Europe/Zagreb") == "27 November 2026"


def test_a_span_names_the_day_once():
    assert moments.span(EVENING.starts_at, EVENING.ends_at, EVENING.zone) == (
        "Thursday 26 November 2026, 16:30–19:00"
    )
    days = moments.span(START, START + timedelta(days=2), "Europe/Zagreb")
    assert days == "Thursday 26 November 2026, 16:30 to Saturday 28 November 2026, 16:30"


def test_weeks_name_the_month_once():
    assert moments.day_span(date(2026, 11, 16), date(2026, 11, 22)) == "16–22 November"
    assert moments.day_span(date(2026, 11, 30), date(2026, 12, 6)) == "30 November – 6 December"


def test_the_month_is_written_as_in_a_date():
    with translation.override("hr"):
        assert "studenoga" in moments.day(START, "Europe/Zagreb")
        assert moments.month(START).lower() == "studeni 2026."


@pytest.mark.parametrize(
    ("zone", "words"),
    [("Europe/Tirane", "Tirana time"), ("America/New_York", "New York time"), ("UTC", "UTC time")],
)
def test_zones_have_the_name_people_use(zone, words):
    assert moments.zone_words(zone) == words


def test_the_reader_elsewhere_sees_the_own_clock():
    told = render("{% when part %}", part=EVENING, user=Reader("Europe/Lisbon"))
    assert "For you: Thursday 26 November 2026, 15:30, Lisbon time." in told
    assert 'datetime="2026-11-26T16:30:00+01:00"' in told


def test_the_reader_on_the_same_clock_sees_one_time():
    assert "For you" not in render("{% when part %}", part=EVENING, user=Reader("Europe/Rome"))
    assert "For you" not in render("{% when part %}", part=EVENING, user=Reader(""))


def test_the_block_of_a_date_is_short():
    told = render("{% date part %}", part=EVENING)
    assert told.strip() == ('<div class="date"><b>26</b><span>Thu</span><span>16:30</span></div>')


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1234, "1\u202f234"),
        (11206, "11\u202f206"),
        (-1234567, "-1\u202f234\u202f567"),
        (2.5, "2.5"),
        (2.0, "2"),
        (100.0, "100"),
        (Decimal("18.50"), "18.50"),
    ],
)
def test_numbers_are_grouped_by_narrow_spaces(value, written):
    assert numbers.number(value) == written


def test_the_decimal_sign_is_the_readers():
    with translation.override("hr"):
        assert numbers.hours(2.5) == "2,5\u202fh"
        assert numbers.number(1234.5) == "1\u202f234,5"


def test_lengths_are_said_in_hours_and_minutes():
    said = [numbers.duration(minutes) for minutes in (45, 120, 150)]
    assert said == ["45\u202fmin", "2\u202fh", "2\u202fh 30\u202fmin"]


def test_a_film_of_seconds_is_not_said_to_last_a_minute():
    said = [numbers.lasting(ms) for ms in (400, 10_000, 59_000, 59_001, 61_000, 9_000_000)]
    assert said == [
        "1\u202fs", "10\u202fs", "59\u202fs", "1\u202fmin", "2\u202fmin", "2\u202fh 30\u202fmin",
    ]  # fmt: skip


def test_a_percentage_is_never_rounded_up_over_a_rule():
    assert numbers.percent(79.96) == "79\u202f%"
    assert numbers.percent(Decimal("79.96"), 1) == "79.9\u202f%"


def test_tags_and_filters_say_the_same():
    assert render("{% minutes 133 %} {{ 133|minutes }}") == "133\u202fmin 133\u202fmin"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 kB"), (40, "0.1 kB"), (860_500, "861 kB"), (999_499, "999 kB"), (999_500, "1 MB"),
     (2_008_141, "2 MB"), (2_450_000, "2.5 MB"), (9_960_000, "10 MB"), (95_100_000, "95 MB"),
     (999_500_000, "1 GB"), (1_380_000_000, "1.4 GB"), (12_300_000_000, "12 GB")],
)  # fmt: skip
def test_sizes_are_told_in_units_of_a_thousand_to_the_nearest(size, words):
    assert numbers.file_size(size) == words
    with translation.override("hr"):
        assert numbers.file_size(size) == words.replace(".", ",")
