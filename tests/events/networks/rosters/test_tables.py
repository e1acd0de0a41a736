import contextlib
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from events.networks.rosters import grid, workbooks
from events.networks.rosters.delimited import separator_of
from events.networks.rosters.encodings import decode
from events.networks.rosters.sentences import TableRefused
from events.networks.rosters.tables import read_table


def refused(data, **options):
    with pytest.raises(TableRefused) as caught:
        read_table(data, **options)
    assert caught.value.sentence % caught.value.data
    return caught.value.code


def codes(reasons):
    return [reason.code for reason in reasons]


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def workbook(fill):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(book)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator_in_every_unicode_encoding(encoding, separator):
    text = (
        separator.join(["Naziv škole", "Mjesto"]) + "\r\n" + separator.join(["OŠ Čička", "Đakovo"])
    )
    table = read_table(text.encode(encoding))
    assert (table.header, table.rows[0].cells) == (
        ("Naziv škole", "Mjesto"),
        ("OŠ Čička", "Đakovo"),
    )
    assert (table.separator, table.warnings) == (separator, ())


WORDS = {
    "windows-1250": [
        "Čović Ćosić Đurđević Žarko Šimić Kovačić Perić Čakovec Križevci",
        "Kőműves Szűcs Őrs Gyöngyvér Erdős Űrhajós Győr",
        "Wałęsa Łódź Żółkiewska Święty Ślązak Małgorzata Częstochowa",
        "Dvořák Jiří Novotný Růžena Děčín Plzeň Třebíč Žďár",
        "Bănescu Braşov Iaşi Ştefan Constanţa Mădălina Timişoara",
        "Čopič Žiga Škof Kranjčar Božič Nataša Gorišnica",
    ],
    "windows-1252": [
        "São João Conceição Évora Guimarães Educação Leitão",
        "Élodie François Hélène Château Lycée Collège Noël Évêque",
        "Perché Università Niccolò Città Forlì Virtù Così",
        "Müller Jäger Größe Straße Köln Österreich",
        "Çlirim Gërmenj Shkollë Ëndrra Çelës Vlorë",
        "Muñoz Peña Núñez España Íñigo Logroño",
    ],
    "windows-1251": [
        "Ђорђе Његош Љиљана Џинић Панчево Шабац Ћуприја школа",
        "Ѓорѓи Ќосев Ѕвезда Куманово Битола училиште",
    ],
}


@pytest.mark.parametrize(
    ("page", "words"), [(page, words) for page, lists in WORDS.items() for words in lists]
)
def test_code_pages_are_told_apart_and_the_guess_is_remarked_on(page, words):
    text, _, remarks = decode(words.encode(page))
    assert text == words
    assert all(remark.code.startswith("encoding_") for remark in remarks)
    assert remarks or words.encode("windows-1250", "replace") == words.encode(
        "windows-1252", "replace"
    )


def test_an_open_guess_shows_both_readings():
    _, encoding, remarks = decode("è".encode("windows-1252"))
    assert codes(remarks) == ["encoding_uncertain"]
    assert {remarks[0].values["encoding"], remarks[0].values["other"]} >= {encoding}
    assert {remarks[0].values["sample"], remarks[0].values["otherwise"]} >= {"è"} or True in {
        "è" in str(value) for value in remarks[0].values.values()
    }


def test_the_user_s_encoding_is_taken_and_held_to():
    data = "Name,Town\nè,x\n".encode("windows-1252")
    assert read_table(data, encoding="windows-1250").rows[0].cells == ("č", "x")
    assert refused(data, encoding="utf-8") == "encoding_unfit"
    assert refused(data, encoding="klingon") == "encoding_unfit"


def test_decimal_commas_do_not_pass_for_separators():
    assert separator_of("Naziv;Lat;Lon\nA;46,1;16,2\nB;46,3;16,4\n") == ";"


def test_a_single_column_has_no_separator_to_trip_over():
    table = read_table(b"Full name\nAna Horvat\nIvo Ivic\n")
    assert [row.cells for row in table.rows] == [("Ana Horvat",), ("Ivo Ivic",)]


def test_typographic_quotes_are_letters_and_straight_ones_are_syntax():
    data = 'Naziv,Mesto\n"ОШ „Вук, Караџић“",Шабац\nОШ "Доситеј" Панчево,Панчево\n'.encode()
    assert [row.cells[0] for row in read_table(data).rows] == [
        "ОШ „Вук, Караџић“",
        'ОШ "Доситеј" Панчево',
    ]


def test_odd_quotes_are_read_and_remarked_on():
    table = read_table('Naziv,Mesto\n"Вук" школа,Шабац\n'.encode())
    assert table.rows[0].cells == ("Вук школа", "Шабац")
    assert codes(table.warnings) == ["quotes_odd"]


def test_line_breaks_inside_a_cell_stay_inside_it():
    table = read_table(b'Name,Address\n"North","Street 1\nTown"\nSouth,Lane 2\n')
    assert [row.cells[1] for row in table.rows] == ["Street 1 Town", "Lane 2"]


def test_row_numbers_are_those_a_spreadsheet_shows():
    table = read_table(b"List of schools\n\nSchool name,City\nNorth,Oslo\n\nSouth,Rome\n")
    assert (table.header_row, [row.number for row in table.rows]) == (3, [4, 6])


def test_a_header_that_nobody_knows_is_assumed_aloud_and_can_be_denied():
    data = b"Aaa,Bbb\nNorth,1\nSouth,2\n"
    assert codes(read_table(data).warnings) == ["header_assumed"]
    denied = read_table(data, header_row=0)
    assert (denied.header, len(denied.rows), denied.header_row) == (("", ""), 3, 0)


def test_data_on_top_is_not_taken_for_a_header():
    table = read_table(b"Ana Horvat,ana@example.org\nIvo Ivic,ivo@example.org\n")
    assert (len(table.rows), codes(table.warnings)) == (2, ["header_none"])


def test_cells_beyond_the_header_are_remarked_on():
    assert codes(read_table(b"School name,City\nNorth,Oslo,what\n").warnings) == ["cells_beyond"]


def test_text_formulas_and_invisible_marks_are_undone():
    data = 'School name,Code\nNo\u00adrth\u200b\u00a0School,"=""007"""\n'.encode()
    assert read_table(data).rows[0].cells == ("North School", "007")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \r\n", "file_empty"),
        (b"School name,City\n", "rows_none"),
        (b"%PDF-1.7 x", "file_not_a_table"),
        (b"\x89PNG\r\n\x1a\nxxxx", "file_not_a_table"),
        (b"<html><table>", "file_not_a_table"),
        (b"a,b\x00\x00\x01c\n1,2\n" + b"x" * 100, "file_not_a_table"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "file_old_excel"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "file_locked"),
        (b"PK\x03\x04 cut off", "file_damaged"),
        (zipped({"word/document.xml": "<x/>"}), "file_not_a_table"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "file_open_document",
        ),
        (zipped({"xl/workbook.xml": "<oops"}), "file_damaged"),
        (b'School name,City\n"North,Oslo\nSouth,Rome\n', "quote_not_closed"),
        (b"School name,City\n" + b"x" * 2001 + b",Oslo\n", "cell_too_long"),
        (b"," * 250 + b"x\n", "columns_too_many"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(data, code):
    assert refused(data) == code


def test_too_many_rows_and_bytes_are_refused():
    assert refused(b"Name\n" + b"Ana\n" * 20_001) == "rows_too_many"
    assert len(read_table(b"Name\n" + b"Ana\n" * 20_000).rows) == 20_000
    assert refused(b"x" * (grid.MAX_BYTES + 1)) == "file_too_large"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = zipped({"xl/workbook.xml": b"0" * 30_000_000})
    assert len(bomb) < 40_000
    monkeypatch.setattr(workbooks, "load_workbook", None)
    assert refused(bomb) == "file_expands"
    assert (
        refused(zipped({f"f{n}": "" for n in range(2_001)} | {"xl/workbook.xml": ""}))
        == "file_expands"
    )


def test_entities_in_a_workbook_are_refused():
    honest = workbook(lambda book: book.add_worksheet().write_row(0, 0, ["Name"]))
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    sheet = entries["xl/worksheets/sheet1.xml"].decode()
    evil = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    entries["xl/worksheets/sheet1.xml"] = sheet.replace("?>", f"?>{evil}", 1).encode()
    assert refused(zipped(entries)) == "file_damaged"


def test_sheets_can_be_chosen_and_the_others_are_named():
    def fill(book):
        book.add_worksheet("Empty")
        for name in ("First", "Second"):
            book.add_worksheet(name).write_column(0, 0, ["School name", f"School {name}"])

    data = workbook(fill)
    table = read_table(data)
    assert (table.sheet, table.sheets) == ("First", ("Empty", "First", "Second"))
    assert table.warnings[0].values == {"sheet": "First", "others": "Empty, Second"}
    assert read_table(data, sheet="Second").rows[0].cells == ("School Second",)
    assert refused(data, sheet="Third") == "sheet_unknown"
    assert refused(data, sheet="Empty") == "file_empty"


def test_a_workbook_wider_than_any_list_is_refused():
    def fill(book, column):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["School name", "City"])
        sheet.write(5, column, "far away")

    assert refused(workbook(lambda book: fill(book, 16_383))) == "columns_too_many"
    assert refused(workbook(lambda book: fill(book, 300))) == "columns_too_many"


def test_numbers_dates_and_errors_of_a_workbook():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Code", "Since", "Share", "Open"])
        sheet.write(1, 0, "Ana")
        sheet.write_number(1, 1, 1234567890123)
        sheet.write_number(1, 2, 45000, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(1, 3, 0.5)
        sheet.write_boolean(1, 4, True)
        sheet.write_formula(2, 1, "=1/0", value="#DIV/0!")
        sheet.write(2, 0, "Ivo")

    table = read_table(workbook(fill))
    assert table.rows[0].cells == ("Ana", "1234567890123", "2023-03-15", "0.5", "True")
    assert table.rows[0].numeric == frozenset({1, 3})
    assert (table.rows[1].cells, codes(table.warnings)) == (("Ivo",), ["cells_broken"])


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_do_more_than_be_refused(data):
    with contextlib.suppress(TableRefused):
        assert read_table(data).rows
