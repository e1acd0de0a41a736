"""A table of people who work at schools, read row by row. Children are never read as people."""

from dataclasses import dataclass, field
from typing import Literal

from events.kernel.fold import search_key
from events.kernel.words import Reason
from events.networks.rosters.columns import Mapping
from events.networks.rosters.grid import Row, Table
from events.networks.rosters.problems import (
    LeftOut,
    RowProblem,
    RowReader,
    is_noise,
    longest,
    ready,
)
from events.networks.rosters.sniffing import is_address
from events.networks.rosters.vocabulary import is_role, key_of, meaning
from events.people import identifiers

Order = Literal["as_written", "family_first"]
_NAME, _SHOWN = 120, 40
_FAMILY_FIRST = {"HU"}
_COURSES = ("course", "cohort", "group")


@dataclass(frozen=True)
class PersonRow:
    """A person as a file says it; `name` is how it is shown.

    `given` and `family` are "" where the file has one name and its order is not known. Identifiers
    are (scheme, normalised value) and stay out of the representation.
    """

    row_number: int
    name: str
    given: str = ""
    family: str = ""
    email: str = ""
    school: str = ""
    school_code: str = ""
    role: str = ""
    subject: str = ""
    class_name: str = ""
    language: str = ""
    phone: str = ""
    country: str = ""
    identifiers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    other_school_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PeoplePreview:
    """What an import would take, what is odd about it and who is left out, with the reason."""

    rows: tuple[PersonRow, ...]
    problems: tuple[RowProblem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[Reason, ...] = ()

    @property
    def left_out_by_reason(self) -> dict[str, int]:
        """How many rows were left out for each reason."""
        counts: dict[str, int] = {}
        for row in self.left_out:
            counts[row.reason.code] = counts.get(row.reason.code, 0) + 1
        return counts


def read_people(
    table: Table,
    mapping: Mapping,
    *,
    staff: bool = False,
    order: Order = "as_written",
    country: str = "",
) -> PeoplePreview:
    """Read people who work at schools.

    `staff` is the user's word that a list of classes names staff; without it nobody of such a list
    is taken. Whoever is written as pupil, parent or guardian is left out always. `order` says how a
    single column of names is written, `country` (ISO 3166-1) stands in where a row names none.
    Raises `TableRefused` while no column of names is known.
    """
    ready(mapping, _name_columns(mapping))
    rows: list[PersonRow] = []
    problems: list[RowProblem] = []
    left_out: list[LeftOut] = []
    class_list = not staff and any(q.code == "are_these_staff" for q in mapping.questions)
    doubles = _Doubles()
    usual_code = longest(table, mapping.column_of("school_code"))
    for row in table.rows:
        if reason := _reason_out(row, table, mapping, class_list=class_list):
            left_out.append(LeftOut(row.number, reason))
            continue
        reader = RowReader(row, mapping)
        person = _person(reader, usual_code, order, country)
        doubles.note(reader, person)
        problems += reader.problems
        if not reader.dropped:
            rows.append(person)
    warnings = table.warnings + _who_are_these(table, mapping, staff=staff)
    return PeoplePreview(tuple(rows), tuple(problems), tuple(left_out), warnings)


def _name_columns(mapping: Mapping) -> tuple[str, ...]:
    if mapping.column_of("full_name") is not None:
        return ("full_name",)
    return ("given_name", "family_name")


def _reason_out(row: Row, table: Table, mapping: Mapping, *, class_list: bool) -> Reason | None:
    if noise := is_noise(row, table):
        return Reason(noise)
    role = row.cell(mapping.column_of("role"))
    for outsider in ("pupil", "relative"):
        if is_role(role, outsider):
            return Reason(outsider)
    return Reason("class_list") if class_list else None


def _person(reader: RowReader, usual_code: int, order: Order, country: str) -> PersonRow:
    own_country = meaning(reader.text("country"), "countries") or country
    email = _email(reader)
    given, family, name = _names(reader, order, own_country)
    return PersonRow(
        row_number=reader.row.number,
        name=name,
        given=given,
        family=family,
        email=email,
        school=reader.text("school", 200),
        school_code=reader.code("school_code", usual_code),
        role=reader.text("role", 80),
        subject=reader.text("subject", 80),
        class_name=reader.text("class", 40),
        language=_language(reader),
        phone=reader.text("phone", 60),
        country=own_country,
        identifiers=_identifiers(reader),
    )


def _email(reader: RowReader) -> str:
    email = reader.address()
    username = reader.text("username", 254)
    if not email and not reader.text("email") and is_address(username):
        reader.note("username", "email_from_username")
        return username
    return email


def _names(reader: RowReader, order: Order, country: str) -> tuple[str, str, str]:
    given, family = reader.text("given_name", _NAME), reader.text("family_name", _NAME)
    column = "family_name" if reader.mapping.column_of("family_name") is not None else "full_name"
    full = reader.text("full_name", _NAME)
    if not (given or family):
        given, family, full = split_name(full, order)
    name = full or joined(given, family, country)
    if not name:
        reader.note(column, "name_missing", drops_row=True)
    elif "@" in name or not any(char.isalpha() for char in name):
        reader.note(column, "name_odd", drops_row=True, value=name[:_SHOWN])
    elif len(name) > _NAME:
        reader.note(column, "too_long", drops_row=True, limit=_NAME)
    return given, family, name


def split_name(full: str, order: Order = "as_written") -> tuple[str, str, str]:
    """Return given name, family name and the name to show.

    A comma says that the family name stands first. Otherwise only `family_first` splits, after the
    first word; nothing is guessed, because names do not tell.
    """
    family, comma, given = (part.strip() for part in full.partition(","))
    if comma and family and given:
        return given, family, f"{given} {family}"
    words = full.split()
    if order == "family_first" and len(words) > 1:
        given, family = " ".join(words[1:]), words[0]
        return given, family, f"{given} {family}"
    return "", "", full


def joined(given: str, family: str, country: str = "") -> str:
    """One name for two columns, in the order of the country."""
    parts = (family, given) if country in _FAMILY_FIRST else (given, family)
    return " ".join(part for part in parts if part)


def _language(reader: RowReader) -> str:
    written = reader.text("language", _SHOWN)
    code = meaning(written, "languages")
    if written and not code:
        reader.note("language", "language_unknown", value=written)
    return code


def _identifiers(reader: RowReader) -> tuple[tuple[str, str], ...]:
    found = []
    for guess in reader.mapping.columns:
        if not guess.field.startswith("identifier:"):
            continue
        scheme = guess.field.removeprefix("identifier:")
        value = reader.row.cell(guess.column)
        if not value:
            continue
        try:
            issued_in = identifiers.SCHEMES[scheme].country
            found.append((scheme, identifiers.check(scheme, issued_in, value)))
        except identifiers.IdentifierRefused as refused:
            reader.problems.append(
                RowProblem(reader.row.number, guess.header, refused.code, refused.data)
            )
    return tuple(found)


class _Doubles:
    """Who was in the list before."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, ...], int] = {}
        self._identifiers: dict[tuple[str, str], int] = {}
        self._addresses: dict[str, int] = {}
        self._names: dict[tuple[str, ...], int] = {}

    def note(self, reader: RowReader, person: PersonRow) -> None:
        """Drop the same person, and point at shared addresses and equal names."""
        number = reader.row.number
        if reader.dropped:
            return
        for identifier in person.identifiers:
            first = self._identifiers.setdefault(identifier, number)
            if first != number:
                reader.note(
                    f"identifier:{identifier[0]}",
                    "duplicate_identifier",
                    drops_row=True,
                    other=first,
                )
                return
        name = search_key(person.name)
        place = (search_key(person.school), person.school_code)
        if person.email:
            self._note_address(reader, person.email.lower(), name)
        elif not person.identifiers:
            first = self._names.setdefault((name, *place), number)
            if first != number:
                reader.note("full_name", "same_name", other=first)

    def _note_address(self, reader: RowReader, address: str, name: str) -> None:
        number = reader.row.number
        first = self._people.setdefault((address, name), number)
        shared = self._addresses.setdefault(address, number)
        if first != number:
            reader.note("email", "duplicate_person", drops_row=True, other=first)
        elif shared != number:
            reader.note("email", "email_shared", other=shared)


def _who_are_these(table: Table, mapping: Mapping, *, staff: bool) -> tuple[Reason, ...]:
    """A file of course accounts without roles may hold pupils; say so rather than assume."""
    courses = any(key_of(name).rstrip("0123456789 ") in _COURSES for name in table.header)
    if courses and not staff and mapping.column_of("role") is None:
        return (Reason("roles_not_given"),)
    return ()
