import pytest

from events.networks.rosters.fullnames import split_name
from events.networks.rosters.pasted import read_pasted
from events.networks.rosters.sentences import TableRefused


def found(text, **options):
    return [(p.name, p.email) for p in read_pasted(text, **options).rows]


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ("Ana Horvatić <ana@example.org>", "Ana Horvatić", "ana@example.org"),
        ("Horvatić, Ana; ana@example.org", "Ana Horvatić", "ana@example.org"),
        ("Horvatić, Ana", "Ana Horvatić", ""),
        ("Ana Horvatić", "Ana Horvatić", ""),
        ("Ana\tHorvatić\tana@example.org", "Ana Horvatić", "ana@example.org"),
        ("ana@example.org\tAna Horvatić", "Ana Horvatić", "ana@example.org"),
        ("3. Ana Horvatić (ana@example.org)", "Ana Horvatić", "ana@example.org"),
        ("• Ana Horvatić, ana@example.org", "Ana Horvatić", "ana@example.org"),
        ('"Horvatić, Ana" <ana@EXAMPLE.org>;', "Ana Horvatić", "ana@example.org"),
        ("Ana Horvatić mailto:ana@example.org", "Ana Horvatić", "ana@example.org"),
        ("Љиљана Џинић – ljiljana@example.org", "Љиљана Џинић", "ljiljana@example.org"),
        ("Mary O'Hara-Smith", "Mary O'Hara-Smith", ""),
    ],
)
def test_a_line_is_a_name_and_perhaps_an_address(line, name, email):
    assert found(line) == [(name, email)]


def test_fourteen_colleagues_with_blank_lines_between():
    text = "\n\n".join(f"Kolega Broj{letter}" for letter in "ABCDEFGHIJKLMN")
    preview = read_pasted(text)
    assert (len(preview.rows), preview.rows[1].row_number) == (14, 3)


def test_rows_of_a_spreadsheet_with_their_header():
    text = "Prezime\tIme\tE-mail\tLozinka\nHorvatić\tAna\tana@example.org\ttajna\n"
    preview = read_pasted(text)
    assert [(p.given, p.family, p.email) for p in preview.rows] == [
        ("Ana", "Horvatić", "ana@example.org")
    ]
    assert "tajna" not in repr(preview)


def test_a_pasted_class_list_takes_nobody():
    text = "Name\tKlasse\nMustermann Max\t1A\nHuber Uwe\t1B\n"
    assert found(text) == []
    assert found(text, staff=True, order="family_first") == [
        ("Max Mustermann", ""),
        ("Uwe Huber", ""),
    ]


def test_an_address_without_a_name_asks_for_the_name():
    preview = read_pasted("ana@example.org\nIvo Ivić")
    assert [(p.row_number, p.code) for p in preview.problems] == [(1, "name_missing")]
    assert [p.name for p in preview.rows] == ["Ivo Ivić"]


def test_colleagues_may_share_an_address_and_nobody_is_taken_twice():
    preview = read_pasted("Ana A <x@example.org>\nIvo I <x@example.org>\nAna A <x@example.org>")
    assert [p.name for p in preview.rows] == ["Ana A", "Ivo I"]
    assert [(p.row_number, p.code) for p in preview.problems] == [
        (2, "email_shared"),
        (3, "duplicate_person"),
    ]


def test_nothing_pasted_is_refused():
    with pytest.raises(TableRefused) as refused:
        read_pasted(" \n ")
    assert refused.value.code == "file_empty"


def test_names_are_split_only_where_somebody_says_how():
    assert split_name("Nagy Anna Mária") == ("", "", "Nagy Anna Mária")
    assert split_name("Nagy Anna Mária", "family_first") == (
        "Anna Mária",
        "Nagy",
        "Anna Mária Nagy",
    )
    assert split_name("Nagy, Anna") == ("Anna", "Nagy", "Anna Nagy")
