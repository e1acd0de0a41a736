"""Damaged files: another result is refused, asked about or said, never given in silence."""

import json
from datetime import date
from functools import cache

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from attendance.presence.reports import NeedsAnswer, Report, ReportRefused, read_report
from tests.payloads import generate

TRUTHS = json.loads((generate.FOLDER / "truths.json").read_text(encoding="utf-8"))
WHOLE = sorted(
    name
    for name, truth in TRUTHS.items()
    if truth.get("people") and "answer" not in truth and not truth["warnings"]
)
# Files that print everything twice, so that a lost line must show.
COUNTED = [name for name in WHOLE if name.startswith("teams_sections")]
TIMED = [name for name in WHOLE if not name.startswith(("teams_list", "bbb"))]
MANY = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)


@cache
def content(name):
    return (generate.FOLDER / name).read_bytes()


def read(name, data):
    """The report, or None where the reader refused or asked."""
    hint = TRUTHS[name].get("hint")
    day = date.fromisoformat(hint) if hint else None
    try:
        return read_report(data, zone="Europe/Zagreb", hint_date=day)
    except (ReportRefused, NeedsAnswer):
        return None


def text(name):
    return content(name).decode(TRUTHS[name]["encoding"])


def reread(name, changed):
    return read(name, changed.encode(TRUTHS[name]["encoding"]))


@cache
def before(name):
    return read(name, content(name))


def minutes(report):
    return {person.key: person.seconds for person in report.people}


def silent(report):
    return isinstance(report, Report) and not report.warnings


@MANY
@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255), st.booleans()), max_size=6),
)
def test_changed_bytes_never_raise_anything_else(name, changes):
    data = bytearray(content(name))
    for where, value, insert in changes:
        at = where % len(data)
        data[at : at + (0 if insert else 1)] = bytes([value])
    read(name, bytes(data))


@MANY
@given(st.binary(max_size=400))
def test_any_bytes_never_raise_anything_else(data):
    read(WHOLE[0], data)


@MANY
@given(st.text(alphabet="Aa1290:/.,;-\t\n\"' @=<{}()PMéЂ", max_size=300))
@example("a,b,c\n0,0,0")
def test_any_text_never_raises_anything_else(words):
    read(WHOLE[0], words.encode())


@MANY
@given(st.sampled_from(COUNTED), st.integers(0, 10**6))
def test_a_file_cut_anywhere_is_refused_or_says_so_or_tells_the_same(name, where):
    data = content(name)
    report = read(name, data[: where % len(data)])
    if silent(report):
        assert minutes(report) == minutes(before(name))


@MANY
@given(st.sampled_from(WHOLE), st.integers(0, 10**6))
def test_a_file_cut_anywhere_credits_nobody_more(name, where):
    report = read(name, content(name)[: where % len(content(name))])
    if silent(report):
        whole = minutes(before(name))
        assert all(sum_ <= whole.get(key, 0) for key, sum_ in minutes(report).items())


@MANY
@given(st.sampled_from(COUNTED), st.integers(0, 10**6))
def test_a_lost_line_is_refused_or_said_or_tells_the_same(name, where):
    lines = text(name).splitlines(keepends=True)
    del lines[where % len(lines)]
    report = reread(name, "".join(lines))
    if silent(report):
        assert minutes(report) == minutes(before(name))


@MANY
@given(st.integers(0, 10**6))
def test_a_file_that_prints_its_number_of_people_loses_none_in_silence(where):
    name = "zoom_meeting_header_6.csv"
    report = read(name, content(name)[: where % len(content(name))])
    if silent(report):
        assert minutes(report).keys() == minutes(before(name)).keys()


@MANY
@given(st.sampled_from(COUNTED), st.integers(0, 10**6))
def test_a_doubled_line_changes_no_minute(name, where):
    lines = text(name).splitlines(keepends=True)
    lines.insert(where % len(lines), lines[where % len(lines)])
    report = reread(name, "".join(lines))
    if silent(report):
        assert minutes(report) == minutes(before(name))


@MANY
@given(st.sampled_from(TIMED), st.integers(0, 10**6), st.sampled_from("0123456789"))
def test_a_changed_digit_moves_nobody_by_more_than_the_file_rounds(name, where, digit):
    """Reports that print minutes hide a change of seconds; nothing larger may pass in silence."""
    whole = text(name)
    places = [index for index, one in enumerate(whole) if one.isdigit()]
    at = places[where % len(places)]
    report = reread(name, whole[:at] + digit + whole[at + 1 :])
    if silent(report):
        known = sorted(minutes(before(name)).values())
        found = sorted(minutes(report).values())
        assert len(found) == len(known)
        # One stay is moved at each end by less than the minute the service rounds to.
        assert all(abs(one - two) <= 120 for one, two in zip(found, known, strict=True))


@MANY
@given(st.sampled_from(TIMED), st.integers(0, 10**6))
def test_a_lost_character_moves_nobody_by_more_than_the_file_rounds(name, where):
    whole = text(name)
    at = where % len(whole)
    report = reread(name, whole[:at] + whole[at + 1 :])
    if silent(report):
        known = sorted(minutes(before(name)).values())
        found = sorted(minutes(report).values())
        assert sum(found) <= sum(known) + 120
        assert len(found) >= len(known)
