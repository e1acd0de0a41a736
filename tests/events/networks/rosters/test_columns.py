import pytest

from events.networks.rosters.columns import guess_columns
from events.networks.rosters.grid import Row, Table
from events.networks.rosters.mapping import FIELDS
from events.networks.rosters.sentences import TableRefused
from events.networks.rosters.tables import read_table


def table(header, *rows):
    return Table(
        tuple(header), tuple(Row(at, tuple(r)) for at, r in enumerate(rows, start=2)), header_row=1
    )


def fields(mapping):
    return [guess.field for guess in mapping.columns]


SCHOOLS = ["name", "code", "place", "address", "phone", "email", "level"]


@pytest.mark.parametrize(
    "header",
    [
        "School name,School code,City,Address,Phone,E-mail,School level",
        "Naziv škole,Šifra škole,Mjesto,Adresa,Telefon,E-pošta,Vrsta škole",
        "Emri i shkollës,Kodi,Qyteti,Adresa,Telefoni,Posta elektronike,Niveli",
        "Име на училиште,Шифра,Општина,Адреса,Телефон,Е-пошта,Ниво",
        "Назив школе,Шифра школе,Место,Адреса,Телефон,Електронска пошта,Ниво",
        "Naziv škole,Šifra škole,Opština,Adresa,Telefon,Elektronska pošta,Nivo",
        "Iskola neve,OM azonosító,Település,Cím,Telefonszám,E-mail cím,Intézménytípus",
        "Název školy,RED_IZO,Obec,Adresa,Telefon,E-mail,Typ školy",
        "Denominazione Scuola,Codice meccanografico,Comune,Indirizzo,Telefono,Posta elettronica,Grado",
        "Naam school,BRIN,Plaats,Adres,Telefoonnummer,E-mailadres,Onderwijsniveau",
        "Nome da escola,Código,Concelho,Morada,Telefone,Correio eletrónico,Nível de ensino",
        "Schulname,Schulkennzahl,Ort,Anschrift,Telefonnummer,E-Mail-Adresse,Schulart",
        "Nom de l'établissement,UAI,Commune,Adresse,Téléphone,Courriel,Type d’établissement",
        "Nazwa szkoły,RSPO,Miejscowość,Adres,Numer telefonu,Adres e-mail,Typ szkoły",
        "Denumirea unității,Cod SIIIR,Localitate,Adresa,Telefon,E-mail,Nivel",
        "Ime šole,Šifra zavoda,Kraj,Naslov,Telefonska številka,Elektronska pošta,Vrsta šole",
    ],
)
def test_columns_of_schools_are_found_in_every_language(header):
    row = [
        "Škola Izmišljena",
        "01-123",
        "Izmislengrad",
        "Ulica 1",
        "+385 1 234",
        "a@example.org",
        "x",
    ]
    mapping = guess_columns(table(header.split(","), row), "schools")
    assert fields(mapping) == SCHOOLS
    assert not mapping.questions


PEOPLE = ["given_name", "family_name", "email", "school", "role", "subject"]


@pytest.mark.parametrize(
    "header",
    [
        "First name,Last name,E-mail address,School,Job title,Subject",
        "Ime,Prezime,E-pošta,Škola,Radno mjesto,Predmet",
        "Emri,Mbiemri,Email,Shkolla,Pozicioni,Lënda",
        "Име,Презиме,Е-пошта,Училиште,Работно место,Предмет",
        "Име,Презиме,Електронска пошта,Школа,Радно место,Предмет",
        "Keresztnév,Vezetéknév,E-mail cím,Iskola,Munkakör,Tantárgy",
        "Jméno,Příjmení,E-mail,Škola,Funkce,Předmět",
        "Nome,Cognome,Indirizzo e-mail,Scuola,Ruolo,Materia",
        "Voornaam,Achternaam,E-mailadres,School,Functie,Vak",
        "Nome,Apelido,E-mail,Escola,Função,Disciplina",
        "Vorname,Nachname,E-Mail,Schule,Funktion,Fach",
        "Vorname,Name,E-Mail,Schule,Funktion,Fach",
        "Prénom,Nom,Courriel,Établissement,Fonction,Matière",
        "Imię,Nazwisko,Adres e-mail,Szkoła,Stanowisko,Przedmiot",
        "Prenume,Nume,E-mail,Școala,Funcția,Specialitatea",
        "Ime,Priimek,E-pošta,Šola,Delovno mesto,Predmet",
        "givenName,familyName,email,school,role,subject",
    ],
)
def test_columns_of_people_are_found_in_every_language(header):
    row = ["Ana", "Horvatić", "ana@example.org", "Škola Izmišljena", "učitelj", "fizika"]
    mapping = guess_columns(table(header.split(","), row), "people")
    assert fields(mapping) == PEOPLE
    assert not mapping.questions


def test_a_lone_name_is_the_whole_name():
    for header in ("Name", "Ime", "Név", "Nom", "Име", "Ime i prezime", "Cognome e nome"):
        assert fields(guess_columns(table([header], ["Ana Horvatić"]), "people")) == ["full_name"]


def test_remarks_in_brackets_do_not_hide_a_name():
    mapping = guess_columns(
        table(["Naziv škole (puni)", "E-mail *"], ["Škola", "a@example.org"]), "schools"
    )
    assert fields(mapping) == ["name", "email"]


def test_addresses_are_seen_without_a_name_of_the_column():
    mapping = guess_columns(
        table(["Ime i prezime", "Xyz"], ["Ana Horvatić", "ana@example.org"]), "people"
    )
    assert fields(mapping) == ["full_name", "email"]
    assert mapping.columns[1].evidence == "values"


def test_a_required_column_that_is_not_known_is_asked_for():
    mapping = guess_columns(table(["Xyz", "Mjesto"], ["Škola", "Knin"]), "schools")
    assert [(q.code, q.field, q.columns, q.blocking) for q in mapping.questions] == [
        ("which_column", "name", (0,), True)
    ]
    assert mapping.blocked


def test_half_a_name_is_asked_for():
    mapping = guess_columns(table(["Prezime", "Xyz"], ["Horvatić", "Ana"]), "people")
    assert [(q.field, q.blocking) for q in mapping.questions] == [("given_name", True)]


def test_two_equal_columns_are_asked_about_and_neither_is_taken():
    two = table(["Naziv škole", "E-mail", "Mail"], ["Škola", "a@example.org", "b@example.org"])
    mapping = guess_columns(two, "schools")
    assert fields(mapping) == ["name", "", ""]
    assert [(q.code, q.field, q.columns) for q in mapping.questions] == [
        ("which_column", "email", (1, 2))
    ]


def test_of_two_columns_the_one_that_holds_something_is_taken():
    two = table(["Naziv škole", "E-mail", "Mail"], ["Škola", "", "b@example.org"])
    assert fields(guess_columns(two, "schools")) == ["name", "", "email"]


def test_values_that_contradict_a_name_are_asked_about():
    mapping = guess_columns(
        table(["Naziv škole", "E-mail"], ["Škola", "ne"], ["Druga", "da"]), "schools"
    )
    assert fields(mapping) == ["name", ""]
    assert [(q.field, q.columns, q.blocking) for q in mapping.questions] == [("email", (1,), False)]


def test_the_user_outranks_names_and_values():
    schools = table(["Naziv škole", "Puni naziv", "Mjesto"], ["OŠ 1", "Osnovna škola 1", "Knin"])
    mapping = guess_columns(schools, "schools", {1: "name", 2: ""})
    assert fields(mapping) == ["", "name", ""]
    assert not mapping.questions


@pytest.mark.parametrize(
    "choices", [{9: "name"}, {0: "password"}, {0: "name", 1: "name"}, {-1: "name"}]
)
def test_a_choice_that_does_not_exist_is_refused(choices):
    with pytest.raises(TableRefused) as refused:
        guess_columns(table(["A", "B"], ["x", "y"]), "schools", choices)
    assert refused.value.code == "column_choice_unknown"


def test_an_identifier_of_unknown_scheme_is_asked_about_and_not_read():
    mapping = guess_columns(
        table(["Ime i prezime", "Personal number"], ["Ana Horvatić", "123"]), "people"
    )
    assert fields(mapping) == ["full_name", ""]
    assert [(q.code, q.columns) for q in mapping.questions] == [("which_identifier", (1,))]


def test_the_hungarian_code_is_the_person_s_or_the_school_s_by_its_length():
    person = table(["Név", "OM azonosító"], ["Kiss Anna", "71234567897"])
    school = table(["Név", "OM azonosító"], ["Kiss Anna", "031234"])
    assert fields(guess_columns(person, "people")) == ["full_name", "identifier:hu.om"]
    assert fields(guess_columns(school, "people")) == ["full_name", "school_code"]


def test_no_field_can_hold_a_password():
    assert not any("pass" in name for names in FIELDS.values() for name in names)


@pytest.mark.parametrize(
    "header",
    ["password", "Lozinka", "Лозинка", "Fjalëkalimi", "Jelszó", "Heslo", "Wachtwoord", "Palavra-passe",
     "Passwort", "Mot de passe", "Hasło", "Parola", "Geslo", "password1", "Initial password (temporary)"],
)  # fmt: skip
def test_passwords_are_gone_before_anybody_sees_the_table(header):
    read = read_table(f"Name,{header},E-mail\nAna Horvatić,tajna123,ana@example.org\n".encode())
    assert read.header == ("Name", "E-mail")
    assert "tajna123" not in repr(read)
    assert [w.code for w in read.warnings] == ["password_dropped"]
