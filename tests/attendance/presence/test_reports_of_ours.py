"""Our own files of every format, in more languages than samples exist for, with their truths."""

import contextlib
import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from attendance.presence.reports import NeedsAnswer, ReportRefused, read_report
from tests.payloads import generate

ZONE = ZoneInfo("Europe/Zagreb")
TRUTHS = json.loads((generate.FOLDER / "truths.json").read_text(encoding="utf-8"))


def load(name):
    truth = TRUTHS[name]
    return read_report(
        (generate.FOLDER / name).read_bytes(),
        file_name="attendance.csv",
        zone=ZONE.key,
        hint_date=date.fromisoformat(truth["hint"]) if "hint" in truth else None,
        date_order=truth.get("answer"),
    )


def names_where(key):
    return sorted(name for name, truth in TRUTHS.items() if key in truth)


def local(instant):
    return instant and instant.astimezone(ZONE).replace(tzinfo=None)


@pytest.mark.parametrize("name", names_where("people"))
def test_people_and_seconds_are_those_written(name):
    report = load(name)
    found = {
        one.name: {"seconds": one.seconds, "stays": len(one.intervals), "email": one.email}
        for one in report.people
    }
    assert found == TRUTHS[name]["people"]
    assert len({one.key for one in report.people}) == len(report.people)


@pytest.mark.parametrize("name", names_where("seconds_of"))
def test_seconds_of_some_people_are_those_written(name):
    found = {}
    for one in load(name).people:
        found[one.name] = found.get(one.name, 0) + one.seconds
    assert TRUTHS[name]["seconds_of"].items() <= found.items()


@pytest.mark.parametrize("name", names_where("format"))
def test_format_title_and_window_are_those_written(name):
    report, truth = load(name), TRUTHS[name]
    assert report.format == truth["format"]
    for key in ("started", "ended"):
        if key in truth:
            assert local(getattr(report, key)) == datetime.fromisoformat(truth[key])
    if "title" in truth:
        assert report.title == truth["title"]
    if "first_day" in truth:
        days = {local(one.start).date() for person in report.people for one in person.intervals}
        assert {str(day) for day in days} == {truth["first_day"]}


@pytest.mark.parametrize("name", names_where("warnings"))
def test_warnings_are_exactly_those_expected(name):
    assert sorted(one.code for one in load(name).warnings) == TRUTHS[name]["warnings"]


@pytest.mark.parametrize("name", names_where("refused"))
def test_what_is_not_understood_is_refused_with_the_reason(name):
    with pytest.raises(ReportRefused) as refusal:
        load(name)
    assert refusal.value.code == TRUTHS[name]["refused"]


@pytest.mark.parametrize("name", names_where("needs"))
def test_two_readings_are_a_question(name):
    with pytest.raises(NeedsAnswer) as question:
        load(name)
    assert question.value.question == TRUTHS[name]["needs"]


def test_the_question_shows_what_each_answer_means():
    with pytest.raises(NeedsAnswer) as question:
        load("zoom_participants_ambiguous.csv")
    options = {one.value: one.sample for one in question.value.options}
    assert options == {"day_first": "2026-11-09", "month_first": "2026-09-11"}


def test_an_answered_waiting_column_is_obeyed():
    data = (generate.FOLDER / "zoom_participants_unknown_column.csv").read_bytes()
    report = read_report(data, zone=ZONE.key, waiting_column="Quux")
    waited = read_report(data, zone=ZONE.key, waiting_column="")
    assert sum(len(one.intervals) for one in report.people) == 9
    assert sum(len(one.intervals) for one in waited.people) == 11
    assert "column_ignored" in {one.code for one in waited.warnings}


def test_the_committed_files_are_what_the_generator_writes():
    files, truths = generate.everything()
    committed = {path.name: path.read_bytes() for path in generate.FOLDER.iterdir()}
    assert json.loads(committed.pop("truths.json")) == json.loads(json.dumps(truths))
    assert committed == files


def test_an_unknown_zone_is_refused():
    with pytest.raises(ReportRefused, match="zone_unknown"):
        read_report(b"x", zone="Europe/Nowhere")


def test_a_report_of_another_day_says_so():
    data = (generate.FOLDER / "teams_sections_hr.csv").read_bytes()
    report = read_report(data, zone=ZONE.key, hint_date=date(2026, 11, 20))
    assert [one.code for one in report.warnings] == ["date_differs"]


def test_the_hour_a_clock_change_repeats_is_read_forward_and_said():
    text = (
        "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\n"
        "Ana,ana@x.example.org,25.10.2026 02:50:00,25.10.2026 02:10:00,20,No\n"
    )
    report = read_report(text.encode(), zone=ZONE.key)
    assert report.people[0].seconds == 1200
    assert [one.code for one in report.warnings] == ["clock_change"]


@pytest.mark.parametrize(
    "cell", ["\u00b2", "9" * 5000, "2026-11-24T16:00:00+99:99", "24.11.2026 16:00:00,5", "0:00"]
)
@pytest.mark.parametrize("name", ["zoom_meeting_header_6.csv", "teams_sections_sr.csv"])
def test_odd_numbers_in_any_cell_never_raise_anything_else(name, cell):
    lines = (generate.FOLDER / name).read_text(encoding="utf-8").splitlines()
    separator = "\t" if name.startswith("teams") else ","
    for number, line in enumerate(lines):
        for index in range(len(line.split(separator))):
            cells = line.split(separator)
            cells[index] = cell
            changed = [*lines[:number], separator.join(cells), *lines[number + 1 :]]
            with contextlib.suppress(ReportRefused, NeedsAnswer):
                read_report("\n".join(changed).encode(), zone=ZONE.key)


@pytest.mark.parametrize("stamp", ["9" * 40, "-1", "4000000000000", "\u00b2", ""])
def test_odd_event_times_are_refused(stamp):
    text = (generate.FOLDER / "bbb_events_with_leaving.xml").read_text(encoding="utf-8")
    changed = text.replace('timestamp="5000"', f'timestamp="{stamp}"', 1)
    with pytest.raises(ReportRefused, match="date_unreadable"):
        read_report(changed.encode(), zone=ZONE.key)


def test_a_workbook_is_refused_with_its_own_reason():
    with pytest.raises(ReportRefused, match="spreadsheet_given"):
        read_report(b"PK\x03\x04rest", zone=ZONE.key)
