from pathlib import Path

import pytest

from events.networks.rosters.columns import guess_columns
from events.networks.rosters.people import read_people
from events.networks.rosters.schools import read_schools
from events.networks.rosters.sds import files_of_zip, is_sds, read_sds
from events.networks.rosters.sentences import SENTENCES, TableRefused
from events.networks.rosters.tables import read_table
from tests.payloads.rosters import generate

HERE = Path(generate.__file__).parent


def schools(name, country=""):
    table = read_table((HERE / name).read_bytes())
    return read_schools(table, guess_columns(table, "schools"), country=country)


def people(name, country=""):
    table = read_table((HERE / name).read_bytes())
    return read_people(table, guess_columns(table, "people"), country=country)


def problems(preview):
    for problem in preview.problems:
        assert SENTENCES[problem.code] % (problem.values | {"column": problem.column})
    return [(p.row_number, p.code, p.drops_row) for p in preview.problems]


def out(preview):
    return [(one.row_number, one.reason.code) for one in preview.left_out]


def test_the_files_are_what_the_generator_writes():
    for name, data in generate.files().items():
        assert (HERE / name).read_bytes() == data, name


@pytest.mark.parametrize("name", ["hr_schools_cp1250_semicolon.csv", "hr_schools_utf8_bom.csv"])
def test_croatian_schools(name):
    preview = schools(name, "HR")
    assert [(s.row_number, s.code, s.name, s.place, s.level) for s in preview.rows] == [
        (2, "00-012-001", "Osnovna škola Čakovec Čička", "Čakovec", "primary"),
        (3, "00-012-002", 'Gimnazija "Ćiril i Žeravica", Križevci', "Križevci", "secondary"),
        (7, "00-012-005", "Srednja škola Šibenčica", "Šibenik", ""),
    ]
    assert (preview.rows[0].latitude, preview.rows[0].longitude) == (46.3844, 16.4339)
    assert preview.rows[2].latitude is None
    assert problems(preview) == [
        (5, "duplicate_code", True),
        (6, "name_missing", True),
        (7, "coordinate_odd", False),
        (7, "level_unknown", False),
    ]
    assert out(preview) == [(8, "row_total")]


def test_macedonian_schools_of_one_name_in_two_places():
    preview = schools("mk_schools_cp1251_comma.csv", "MK")
    assert [(s.name, s.place, s.level, s.language) for s in preview.rows] == [
        ("ОУ „Ѓорѓи Измислен“", "Куманово", "primary", "mk"),
        ("СОУ „Љупчо Џепароски“", "Битола", "secondary", "mk"),
        ("ОУ „Ѓорѓи Измислен“", "Штип", "primary", ""),
    ]
    assert problems(preview) == [(4, "language_unknown", False), (5, "duplicate_school", True)]


def test_portuguese_schools():
    preview = schools("pt_schools_cp1252_semicolon.csv", "PT")
    assert [(s.code, s.name, s.place, s.level) for s in preview.rows] == [
        ("161001", "Escola Básica de São João da Invenção", "Évora", "primary"),
        ("161002", "Escola Secundária Conceição Leitão", "Viseu", "secondary"),
        ("161003", "Agrupamento da Nação Portuguesa", "Guimarães", ""),
    ]


def test_italian_workbook_with_titles_merged_cells_and_a_hidden_sheet():
    preview = schools("it_schools_titles_merged.xlsx", "IT")
    assert [(s.row_number, s.code, s.name, s.place, s.level) for s in preview.rows] == [
        (5, "TOIC000001", "Istituto «Perché No»", "Torino", "primary"),
        (6, "TOIC000002", "Liceo Virtù", "Torino", "secondary"),
        (9, "TOIC000003", "Scuola Più Su", "Asti", ""),
    ]
    assert [w.code for w in preview.warnings] == ["other_sheets"]


def test_hungarian_people_show_the_family_name_first():
    preview = people("hu_people_cp1250_tab.csv", "HU")
    assert [(p.name, p.given, p.family, p.identifiers) for p in preview.rows] == [
        ("Kőműves Gyöngyvér", "Gyöngyvér", "Kőműves", (("hu.om", "71234567897"),)),
        ("Szűcs Őrs", "Őrs", "Szűcs", ()),
    ]
    assert problems(preview) == [(3, "identifier_check_digit", False)]


@pytest.mark.parametrize("name", ["sq_people_utf16le_tab.csv", "sq_people_utf16be_no_mark.csv"])
def test_albanian_people(name):
    preview = people(name, "AL")
    assert [(p.name, p.school, p.language) for p in preview.rows] == [
        ("Çlirim Gjergji", "Shkolla “Ëndrra”", "sq"),
        ("Ëngjëll Xhaferi", "Shkolla “Ëndrra”", "sq"),
    ]


def test_staff_are_taken_and_pupils_and_parents_are_not():
    preview = people("en_people_pipe.csv")
    assert [(p.name, p.email, p.role) for p in preview.rows] == [
        ("Mary O'Hara", "mary.ohara@example.org", "Teacher"),
        ("Tom Reed", "office@example.org", "Student counselor"),
        ("Ann Reed", "office@example.org", "Parent liaison"),
    ]
    assert out(preview) == [(5, "pupil"), (6, "relative")]
    assert preview.left_out_by_reason == {"pupil": 1, "relative": 1}
    assert problems(preview) == [
        (4, "email_shared", False),
        (7, "name_odd", True),
        (8, "duplicate_person", True),
    ]
    assert "Secret" not in repr(preview)


def test_german_class_with_roles_keeps_its_teacher_alone():
    preview = people("de_pupils_with_roles.csv")
    assert [(p.name, p.role) for p in preview.rows] == [("Uta Lehrreich", "Klassenlehrerin")]
    assert out(preview) == [(2, "pupil"), (3, "pupil")]


def test_croatian_people_with_every_trap():
    preview = people("hr_people_traps.csv", "HR")
    assert [(p.row_number, p.name, p.email) for p in preview.rows] == [
        (4, "Ana Horvatić", "ana.horvatic@example.org"),
        (5, "Ivo Perić", "ivo.peric@example.org"),
        (6, "Iva Perić", ""),
        (10, "Mia Marić", ""),
        (11, "Mia Marić", ""),
        (12, "Rea Reić", "rea@example.org"),
    ]
    assert problems(preview) == [
        (5, "identifier_check_digit", False),
        (6, "email_odd", False),
        (7, "duplicate_identifier", True),
        (8, "name_missing", True),
        (9, "duplicate_person", True),
        (11, "same_name", False),
        (12, "identifier_length", False),
    ]
    assert preview.rows[0].identifiers == (("hr.oib", "33392005961"),)
    assert "33392005961" not in repr(preview)
    assert "tajna" not in repr(preview)


def test_zeros_are_kept_restored_or_asked_for():
    preview = people("rs_people_zeros.xlsx", "RS")
    assert [(p.name, p.school_code, p.role) for p in preview.rows] == [
        ("Љиљана Џинић", "00012345", "наставник"),
        ("Ђорђе Њежић", "12345", "педагог"),
    ]
    assert preview.rows[0].identifiers == (("rs.jmbg", "0101990450014"),)
    assert problems(preview) == [
        (3, "code_zeros_lost", False),
        (3, "identifier_lost_zeros", False),
    ]
    assert out(preview) == [(4, "pupil")]


def test_oneroster_in_a_zip():
    files = files_of_zip((HERE / "oneroster_11.zip").read_bytes())
    assert sorted(files) == ["orgs.csv", "users.csv"]
    assert is_sds(files)
    preview = read_sds(files, country="HR")
    assert [(s.code, s.name, s.country) for s in preview.schools.rows] == [
        ("s1", "North School", "HR"),
        ("s2", "South School", "HR"),
    ]
    assert [
        (p.name, p.email, p.school_code, p.other_school_codes) for p in preview.people.rows
    ] == [
        ("Tina Teach", "tina@example.org", "s1", ("s2",)),
        ("Ada Admin", "ada@example.org", "", ()),
    ]
    assert preview.people.left_out_by_reason == {"pupil": 1, "relative": 1, "role_unknown": 1}


def test_the_line_with_which_excel_names_its_separator():
    assert [(s.code, s.name) for s in schools("excel_sep_line.csv").rows] == [
        ("007", "North School")
    ]


def test_a_quote_that_is_never_closed_names_its_row():
    with pytest.raises(TableRefused) as refused:
        schools("quote_never_closed.csv")
    assert (refused.value.code, refused.value.data) == ("quote_not_closed", {"row": 2})
