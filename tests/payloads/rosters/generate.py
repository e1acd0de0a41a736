"""Writes the lists of schools and people that the tests read. Shares no code with the readers.

Run `python tests/payloads/rosters/generate.py` after a change; a test compares the result with the
files beside it. Every name and address is invented.
"""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent


def files() -> dict[str, bytes]:
    return {
        "hr_schools_cp1250_semicolon.csv": hr_schools().encode("cp1250"),
        "hr_schools_utf8_bom.csv": b"\xef\xbb\xbf" + hr_schools().encode(),
        "mk_schools_cp1251_comma.csv": mk_schools().encode("cp1251"),
        "pt_schools_cp1252_semicolon.csv": pt_schools().encode("cp1252"),
        "hu_people_cp1250_tab.csv": hu_people().encode("cp1250"),
        "sq_people_utf16le_tab.csv": b"\xff\xfe" + sq_people().encode("utf-16-le"),
        "sq_people_utf16be_no_mark.csv": sq_people().encode("utf-16-be"),
        "en_people_pipe.csv": en_people().encode(),
        "hr_people_traps.csv": hr_people().encode(),
        "de_pupils_with_roles.csv": de_pupils().encode(),
        "excel_sep_line.csv": b"sep=|\r\nName of school|Code\r\nNorth School|007\r\n",
        "quote_never_closed.csv": b'School name,Code\r\n"North,1\r\nSouth,2\r\n',
        "it_schools_titles_merged.xlsx": it_schools(),
        "rs_people_zeros.xlsx": rs_people(),
        "oneroster_11.zip": oneroster(),
    }


def lines(*rows: str) -> str:
    return "\r\n".join(rows) + "\r\n"


def hr_schools() -> str:
    return lines(
        "Šifra škole;Naziv škole;Mjesto;Adresa;Geografska širina;Geografska dužina;Vrsta škole",
        "00-012-001;Osnovna škola Čakovec Čička;Čakovec;Šetalište Đure Đurđića 3;46,38440;16,43390;osnovna škola",
        '00-012-002;"Gimnazija ""Ćiril i Žeravica"", Križevci";Križevci;Trg žrtava 1;46,02210;16,54240;gimnazija',
        "",
        "00-012-001;Osnovna škola Druga Čička;Đakovo;;;;osnovna škola",
        "00-012-004;;Knin;;;;",
        "00-012-005;Srednja škola Šibenčica;Šibenik;;91,5;15,9;nešto drugo",
        "Ukupno;5",
    )


def mk_schools() -> str:
    return lines(
        "Име на училиште,Општина,Адреса,Ниво,Јазик",
        "ОУ „Ѓорѓи Измислен“,Куманово,Ќосева 4,основно,македонски",
        "СОУ „Љупчо Џепароски“,Битола,Ѕвездена 9,средно училиште,македонски",
        "ОУ „Ѓорѓи Измислен“,Штип,,основно,шваба",
        "ОУ „ѓорѓи измислен“,КУМАНОВО,,основно,",
    )


def pt_schools() -> str:
    return lines(
        "Código;Nome da escola;Concelho;Nível de ensino",
        "161001;Escola Básica de São João da Invenção;Évora;Ensino Básico",
        "161002;Escola Secundária Conceição Leitão;Viseu;Ensino Secundário",
        "161003;Agrupamento da Nação Portuguesa;Guimarães;",
    )


def hu_people() -> str:
    return lines(
        "Vezetéknév\tKeresztnév\tE-mail cím\tIskola neve\tOktatási azonosító\tTantárgy",
        "Kőműves\tGyöngyvér\tkomuves.gyongyver@example.org\tŰrhajós Általános Iskola\t71234567897\tfizika",
        "Szűcs\tŐrs\tszucs.ors@example.org\tŰrhajós Általános Iskola\t71234567898\tének",
    )


def sq_people() -> str:
    return lines(
        "Emri\tMbiemri\tEmail\tShkolla\tLënda\tGjuha",
        "Çlirim\tGjergji\tclirim.gjergji@example.org\tShkolla “Ëndrra”\tMatematikë\tshqip",
        "Ëngjëll\tXhaferi\tengjell.xhaferi@example.org\tShkolla “Ëndrra”\tFizikë\tshqip",
    )


def en_people() -> str:
    return lines(
        "Full name|E-mail|Job title|School|Initial password",
        "O'Hara, Mary|mary.ohara@EXAMPLE.org|Teacher|North School|Secret-1",
        "Tom Reed|office@example.org|Student counselor|North School|Secret-2",
        "Ann Reed|office@example.org|Parent liaison|North School|Secret-3",
        "Kim Lee|kim.lee@example.org|Student|North School|Secret-4",
        "Pat Lee|pat.lee@example.org|Parent|North School|Secret-5",
        "mary.ohara@example.org|mary.ohara@example.org|Teacher|North School|Secret-6",
        "Mary O'Hara|mary.ohara@example.org|Teacher|North School|Secret-7",
    )


def hr_people() -> str:
    return lines(
        "Popis nastavnika 2026./2027.",
        "",
        "Ime,Prezime,OIB,E-mail,Škola,Lozinka",
        "Ana,Horvatić,33392005961,ana.horvatic@example.org,OŠ Čička,tajna",
        "Ivo,Perić,33392005962,ivo.peric@example.org,OŠ Čička,tajna",
        "Iva,Perić,,iva.peric(at)example.org,OŠ Čička,tajna",
        "Eva,Novak,33392005961,eva.novak@example.org,OŠ Čička,tajna",
        ",,,nitko@example.org,OŠ Čička,tajna",
        "Ana,Horvatić,,ANA.HORVATIC@example.org,OŠ Čička,tajna",
        "Mia,Marić,,,OŠ Čička,tajna",
        "Mia,Marić,,,OŠ Čička,tajna",
        "Rea,Reić,3.33920E+10,rea@example.org,OŠ Čička,tajna",
        "Ime,Prezime,OIB,E-mail,Škola,Lozinka",
    )


def de_pupils() -> str:
    return lines(
        "Vorname;Name;Klasse;Rolle",
        "Max;Beispiel;1A;Schüler",
        "Mia;Beispiel;1A;Schülerin",
        "Uta;Lehrreich;1A;Klassenlehrerin",
    )


def workbook() -> tuple[io.BytesIO, xlsxwriter.Workbook]:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
    return out, book


def it_schools() -> bytes:
    out, book = workbook()
    hidden = book.add_worksheet("Nascosto")
    hidden.write_row(0, 0, ["Denominazione", "Comune"])
    hidden.write_row(1, 0, ["Scuola nascosta", "Roma"])
    sheet = book.add_worksheet("Scuole")
    sheet.activate()
    sheet.set_first_sheet()
    hidden.hide()
    sheet.merge_range("A1:D1", "Elenco delle scuole 2026/2027")
    sheet.write("A2", "aggiornato al 1º settembre")
    sheet.write_row(3, 0, ["Codice meccanografico", "Denominazione", "Comune", "Grado"])
    sheet.write_row(4, 0, ["TOIC000001", "Istituto «Perché No»", None, "primaria"])
    sheet.write_row(5, 0, ["TOIC000002", "Liceo Virtù", None, "secondaria II grado"])
    sheet.merge_range("C5:C6", "Torino")
    sheet.write_row(8, 0, ["TOIC000003", "Scuola Più Su", "Asti", "asilo di notte"])
    notes = book.add_worksheet("Note")
    notes.write(0, 0, "Niente")
    book.close()
    return out.getvalue()


def rs_people() -> bytes:
    out, book = workbook()
    sheet = book.add_worksheet("Наставници")
    zeros = book.add_format({"num_format": "00000000"})
    sheet.write_row(0, 0, ["Име и презиме", "Шифра школе", "ЈМБГ", "Радно место", "Лозинка"])
    sheet.write_row(1, 0, ["Љиљана Џинић"])
    sheet.write_number(1, 1, 12345, zeros)
    sheet.write_string(1, 2, "0101990450014")
    sheet.write_row(1, 3, ["наставник", "тајна"])
    sheet.write_row(2, 0, ["Ђорђе Њежић", 12345])
    sheet.write_number(2, 2, 101990450014)
    sheet.write_row(2, 3, ["педагог", "тајна"])
    sheet.write_row(3, 0, ["Мали Ђак", "00012345", "", "ученик", "тајна"])
    book.close()
    return out.getvalue()


def oneroster() -> bytes:
    orgs = lines(
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
        "d1,active,2026-01-01,District,district,,",
        "s1,active,2026-01-01,North School,school,,d1",
        "s2,active,2026-01-01,South School,school,,d1",
    )
    users = lines(
        "sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,email,password",
        'u1,active,true,"s1,s2",teacher,tina,Tina,Teach,tina@example.org,x',
        "u2,active,true,s1,student,sam,Sam,Small,sam@example.org,x",
        "u3,active,true,s2,guardian,gus,Gus,Guard,gus@example.org,x",
        "u4,active,true,s2,plumber,pia,Pia,Pipe,pia@example.org,x",
        "u5,active,true,d1,administrator,ada@example.org,Ada,Admin,,x",
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("export/users.csv", users), ("export/orgs.csv", orgs)):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
        archive.writestr(
            zipfile.ZipInfo("__MACOSX/export/._users.csv", (2026, 1, 1, 0, 0, 0)), b"\0"
        )
    return out.getvalue()


if __name__ == "__main__":
    for name, data in files().items():
        (HERE / name).write_bytes(data)
