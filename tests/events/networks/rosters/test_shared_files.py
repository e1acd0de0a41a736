"""The real lists of the project's sample folder and the truths of its README."""

import os
from collections import Counter
from pathlib import Path

import pytest

from events.networks.rosters.columns import guess_columns
from events.networks.rosters.people import read_people
from events.networks.rosters.schools import read_schools
from events.networks.rosters.sds import is_sds, read_sds
from events.networks.rosters.tables import read_table

SHARED = Path(os.environ.get("KOLEGA_SHARED", Path(__file__).parents[5] / "shared"))
ROSTERS = SHARED / "data" / "rosters"
pytestmark = pytest.mark.skipif(not ROSTERS.is_dir(), reason="../shared is absent")


def test_serbian_institutions_in_cyrillic():
    table = read_table((ROSTERS / "rs_schools_cyrillic.csv").read_bytes())
    mapping = guess_columns(table, "schools")
    preview = read_schools(table, mapping, country="RS")
    assert not mapping.questions
    assert (len(preview.rows), preview.problems, preview.left_out) == (49, (), ())
    assert Counter(s.level for s in preview.rows) == {
        "preschool": 20, "primary": 18, "secondary": 8, "specialised": 2, "tertiary": 1,
    }  # fmt: skip
    assert Counter(s.ownership for s in preview.rows) == {"public": 47, "private": 2}
    assert preview.rows[0].name == "Основна школа „Мирослав Антић — Мика“"
    assert all(s.latitude and s.longitude and s.place for s in preview.rows)


def test_austrian_class_list_is_asked_about_before_anybody_is_taken():
    table = read_table((ROSTERS / "at_class_list_semicolon_bom.csv").read_bytes())
    mapping = guess_columns(table, "people")
    assert (table.separator, table.encoding) == (";", "utf-8-sig")
    assert [q.code for q in mapping.questions] == ["are_these_staff"]
    assert mapping.blocked
    unasked = read_people(table, mapping)
    assert (unasked.rows, unasked.left_out_by_reason) == ((), {"class_list": 5})
    told = read_people(table, mapping, staff=True, order="family_first", country="AT")
    assert Counter(p.class_name for p in told.rows) == {"1A": 2, "1B": 3}
    assert [p.name for p in told.rows] == [
        "Max Mustermann", "Franziska Musterfrau", "Uwe Huber", "Franz Müller", "Hans Müller",
    ]  # fmt: skip


def test_moodle_accounts_without_their_passwords():
    table = read_table((ROSTERS / "moodle_upload_users_enrol.csv").read_bytes())
    preview = read_people(table, guess_columns(table, "people"))
    assert [(p.name, p.email) for p in preview.rows] == [
        ("Student One", "student1@example.com"),
        ("Student Two", "student2@example.com"),
    ]
    assert [w.code for w in preview.warnings] == ["password_dropped", "roles_not_given"]
    assert "Student1#" not in repr((table, preview))


def sds_files():
    return {path.name: path.read_bytes() for path in (ROSTERS / "sds_v21").iterdir()}


def shuffled_names():
    return {f"upload-{at}.csv": data for at, data in enumerate(sds_files().values())}


@pytest.mark.parametrize("files", [sds_files, shuffled_names], ids=["named", "renamed"])
def test_school_data_sync_gives_schools_and_staff_only(files):
    assert is_sds(files())
    preview = read_sds(files())
    assert [(s.code, s.name) for s in preview.schools.rows] == [
        ("110001", "College of Engineering"),
        ("110003", "School of TwoDotOne"),
    ]
    assert [one.reason.code for one in preview.schools.left_out] == [
        "org_department",
        "org_authority",
    ]
    assert [(p.name, p.role, p.school_code, p.email) for p in preview.people.rows] == [
        ("Jason Jonzer", "professor", "110001", "jjonzer@classrmtest31.org"),
        ("Kristen Fein", "teacher", "110003", "kfein@classrmtest31.org"),
    ]
    assert preview.people.left_out_by_reason == {"pupil": 4, "relative": 2}
    assert [p.code for p in preview.people.problems] == ["email_from_username"] * 2
    assert len(preview.ignored) == 4
    assert "P@ssword123" not in repr(preview)
