"""Real and published attendance files, each with the truth its collector wrote down."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from attendance.presence import rules
from attendance.presence.reports import read_report
from tests.attendance.presence.shared import FOLDER, needs_samples

pytestmark = needs_samples
ZONE = ZoneInfo("Europe/Zagreb")
SLACK = 1


def load(path, name="x.csv", **more):
    return read_report((FOLDER / path).read_bytes(), file_name=name, zone=ZONE.key, **more)


def seconds(report, by="email"):
    return {getattr(one, by): one.seconds for one in report.people}


def local(*parts):
    return datetime(*parts, tzinfo=ZONE)


def codes(report):
    return {one.code for one in report.warnings}


def test_teams_list():
    report = load("teams/teams_list_2020_en_headers_utf16.csv")
    assert report.format == "teams_list"
    assert seconds(report, "name") == {
        "Mustermann Max": 2115,
        "Musterfrau Franziska": 669,
        "Huber Uwe": 2742,
        "Müller Franz": 1172,
        "Müller Hans": 1537,
    }
    joins = {one.name: len(one.intervals) for one in report.people}
    assert (joins["Mustermann Max"], joins["Müller Hans"], sum(joins.values())) == (4, 6, 19)
    assert all(one.end is not None for person in report.people for one in person.intervals)
    assert report.started == local(2020, 12, 11, 12, 27, 24)


def test_teams_report_english_day_first_big_endian():
    report = load("teams/teams_report_en_dmy_2022_utf16.csv")
    assert (report.title, len(report.people)) == ("Scrum Meeting", 7)
    assert report.started == local(2022, 11, 14, 9, 29, 7)
    assert report.ended == local(2022, 11, 14, 9, 50, 14)
    stated = {one.name: one.stated_seconds for one in report.people}
    assert stated["JANSSENS JAN (EXT)"] == 1166
    assert stated["Johnny Walker"] == 1160
    assert stated["De Compostela, Santiago"] == 890
    assert all(abs(one.seconds - one.stated_seconds) <= SLACK for one in report.people)
    assert report.people[0].role == "Organizer"
    assert report.warnings == ()


def test_teams_report_polish_with_american_dates_and_masked_addresses():
    report = load("teams/teams_report_pl_2025_utf16.csv")
    assert len(report.people) == len({one.key for one in report.people}) == 7
    assert {one.email for one in report.people} | {one.external_id for one in report.people} == {
        None
    }
    assert report.started == local(2025, 3, 10, 8, 0, 48)
    stated = {one.name: one.stated_seconds for one in report.people}
    assert (stated["uczestnik jakis1"], stated["zuczestnik jakis 2"]) == (8288, 8114)
    assert stated["auczestnik jakis4"] == 7036
    assert int(sum(stated.values()) / 7) == 7975
    assert report.people[0].role == "Organizator"
    assert all(abs(one.seconds - one.stated_seconds) <= SLACK for one in report.people)


def test_teams_first_form_french():
    report = load("teams/teams_report_fr_2021_utf16.csv")
    assert report.title == ""
    found = {one.email.split(".")[0]: one for one in report.people}
    assert len(found) == len(report.people) == 6
    assert sum(len(one.intervals) for one in report.people) == 7
    assert found["exemple1"].seconds == 9840
    assert found["exemple3"].seconds == 8724
    assert found["exemple3"].stated_seconds is None
    assert (found["exemple5"].seconds, found["exemple5"].stated_seconds) == (9616, 9840)
    differing = [one.values for one in report.warnings if one.code == "stated_duration_differs"]
    assert {"stated": 9840, "measured": 9616}.items() <= differing[0].items()
    assert len(differing) == 4
    assert "count_differs" in codes(report)


def test_teams_report_brazilian_with_four_sections():
    report = load("teams/teams_report_ptbr_4sections_utf16.csv")
    assert (report.title, len(report.people)) == ("Introdução a Dados", 26)
    assert report.started == local(2026, 3, 17, 16, 51, 11)
    assert report.ended == local(2026, 3, 17, 18, 3, 51)
    assert sum(len(one.intervals) for one in report.people) == 28
    stated = {one.name: one.stated_seconds for one in report.people}
    assert stated["Lee Horizon"] == 3868
    assert stated["Dakota Comet"] == 3393
    assert stated["André Marble"] == 308
    assert stated["Blake Quasar"] == 4360
    assert all(
        abs(one.seconds - one.stated_seconds) <= SLACK * len(one.intervals) for one in report.people
    )
    assert report.warnings == ()


HEROES = {
    "power-girl_kryptonian@dc.com": 6812,
    "swarm_mutant@marvel.com": 6448,
    "cyborg-superman_cyborg@dc.com": 5128,
    "dazzler_mutant@marvel.com": 1705,
    "loki_asgardian@marvel.com": 7664,
    "clea_unknown@marvel.com": 548,
}


def test_zoom_participants_without_header():
    report = load("zoom/zoom_participants_noheader.csv")
    assert (report.format, len(report.people)) == ("zoom_meeting", 27)
    assert sum(len(one.intervals) for one in report.people) == 31
    assert HEROES.items() <= seconds(report).items()
    assert report.warnings == ()


def test_zoom_participants_with_meeting_header():
    report = load("zoom/zoom_participants_meetingheader_commas.csv")
    plain = load("zoom/zoom_participants_noheader.csv")
    assert report.title == "Heroes meeting"
    assert report.started == local(2021, 11, 19, 10)
    assert report.ended == local(2021, 11, 19, 12)
    assert seconds(report) == seconds(plain)
    assert report.warnings == ()


def test_zoom_italian_day_first_with_am_and_pm():
    report = load("zoom/zoom_it_meeting_header.csv")
    assert {one.name: one.seconds for one in report.people} == {
        "Prof. Mario Rossi": 14400,
        "Giovanni Bianchi": 13800,
        "Maria Verdi": 14400,
        "Luca Neri": 12900,
    }
    assert report.started == local(2025, 7, 8, 9)
    assert load("zoom/zoom_it_meeting_header.csv", hint_date=date(2025, 7, 8)).warnings == ()


def test_zoom_usage_of_three_meetings():
    report = load("zoom/zoom_it_usage_multi_meeting.csv")
    assert [one.started.astimezone(ZONE).day for one in report.meetings] == [19, 20, 21]
    assert seconds(report) == {
        "giorgio.s@test.it": 40800,
        "maria.verdi@test.it": 42600,
        "mario.rossi@test.it": 43200,
    }


def test_zoom_webinar():
    report = load("zoom/zoom_webinar_attendee_report.csv")
    assert (report.title, report.started) == ("Test Webinar", local(2026, 5, 12, 9))
    assert {one.email: (one.role, one.seconds) for one in report.people} == {
        "host@example.com": ("host", 7200),
        "panel@example.com": ("panelist", 7200),
        "alice@example.com": ("attendee", 5100),
        "bob@example.com": ("attendee", 6000),
    }


def test_webex_with_formulas():
    report = load("webex/webex_event_formula_utf16.csv")
    found = seconds(report)
    assert report.started == local(2021, 6, 14, 17)
    assert report.ended == local(2021, 6, 14, 20, 15)
    assert found["host@mail.com"] == 12239
    assert found["user1@mail.com"] == 12027
    assert found["user3@mail.com"] == 11809
    assert len(found) == 4


def test_webex_clipped_to_the_event_by_the_rules():
    report = load("webex/webex_event_formula_utf16.csv")
    timetable = rules.Timetable(report.started, report.ended)
    clipped = {}
    for person in report.people:
        seen = [
            rules.Sighting(person.key, rules.Mode.ONLINE, one.start, one.end)
            for one in person.intervals
        ]
        verdict = rules.settle(sightings=seen, timetable=timetable, rule=rules.Rule("1"))
        clipped[person.key] = verdict.counted_ms / 1000
    assert (clipped["host@mail.com"], clipped["user1@mail.com"]) == (11700, 11558)


def test_meet():
    report = load("meet/meet_attendance_iso.csv")
    assert report.format == "meet"
    assert {one.name: one.seconds for one in report.people} == {
        "Alice Martin": 12600,
        "Bob Dupont": 10500,
        "Claire Morel": 12600,
    }


def test_bigbluebutton_events():
    report = load("bbb/bbb_events_sample.xml")
    found = {one.name: one for one in report.people}
    assert {name: (one.role, one.seconds) for name, one in found.items()} == {
        "Tim": ("MODERATOR", 96.223),
        "Jeff": ("VIEWER", 78.648),
    }
    assert found["Tim"].external_id.startswith("gl-")
    flags = [span.flags for one in report.people for span in one.intervals]
    assert flags == [frozenset(["end_unknown"])] * 2
    epoch = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
    assert report.started == epoch + timedelta(milliseconds=1534433961829)


def test_bigbluebutton_dashboard():
    report = load("bbb/bbb_learning_dashboard.json")
    assert [(one.name, one.seconds) for one in report.people] == [
        ("teacher 1", 24.256),
        ("teacher 1", 4.708),
    ]
    assert len({one.key for one in report.people}) == 2


def test_the_file_name_says_nothing():
    paths = [
        path.relative_to(FOLDER)
        for folder in ("teams", "zoom", "webex", "meet", "bbb")
        for path in sorted((FOLDER / folder).iterdir())
    ]
    names = [path.name for path in paths]
    names = names[5:] + names[:5]
    for path, name in zip(paths, names, strict=True):
        assert load(path, name=name) == load(path, name="")


@pytest.mark.parametrize("folder", ["rosters", "captions", "ical", "itip"])
def test_other_files_are_refused(folder):
    from attendance.presence.reports import ReportRefused

    for path in sorted((FOLDER / folder).rglob("*")):
        if path.is_file():
            with pytest.raises(ReportRefused):
                load(path.relative_to(FOLDER))
