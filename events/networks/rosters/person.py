"""One row as a person."""

from dataclasses import dataclass, field

from events.networks.rosters.fullnames import Order, joined, split_name
from events.networks.rosters.problems import RowProblem, RowReader
from events.networks.rosters.sniffing import is_address
from events.networks.rosters.vocabulary import meaning
from events.people import identifiers

_NAME, _SHOWN = 120, 40


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


def person_of(reader: RowReader, usual_code: int, order: Order, country: str) -> PersonRow:
    """The person of a row; what is odd about it is noted on the reader."""
    own_country = meaning(reader.text("country"), "countries") or country
    email = _email(reader)
    given, family, name = _names_of(reader, order, own_country)
    return PersonRow(
        row_number=reader.row.number, name=name, given=given, family=family, email=email,
        school=reader.text("school", 200), school_code=reader.code("school_code", usual_code),
        role=reader.text("role", 80), subject=reader.text("subject", 80),
        class_name=reader.text("class", 40), language=_language(reader),
        phone=reader.text("phone", 60), country=own_country, identifiers=_identifiers(reader),
    )  # fmt: skip


def _email(reader: RowReader) -> str:
    email = reader.address()
    username = reader.text("username", 254)
    if not email and not reader.text("email") and is_address(username):
        reader.note("username", "email_from_username")
        return username
    return email


def _names_of(reader: RowReader, order: Order, country: str) -> tuple[str, str, str]:
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


def _language(reader: RowReader) -> str:
    written = reader.text("language", _SHOWN)
    code = meaning(written, "languages")
    if written and not code:
        reader.note("language", "language_unknown", value=written)
    return code


def _identifiers(reader: RowReader) -> tuple[tuple[str, str], ...]:
    found = []
    for guess in reader.mapping.columns:
        scheme = guess.field.removeprefix("identifier:")
        value = reader.row.cell(guess.column)
        if scheme == guess.field or not value:
            continue
        try:
            issued_in = identifiers.SCHEMES[scheme].country
            found.append((scheme, identifiers.check(scheme, issued_in, value)))
        except identifiers.IdentifierRefused as refused:
            reader.problems.append(
                RowProblem(reader.row.number, guess.header, refused.code, refused.data)
            )
    return tuple(found)
