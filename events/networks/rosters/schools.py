"""A table of schools, read row by row."""

from dataclasses import dataclass

from events.kernel.fold import search_key
from events.kernel.words import Reason
from events.networks.rosters.coordinates import coordinates
from events.networks.rosters.grid import Table
from events.networks.rosters.mapping import Mapping
from events.networks.rosters.problems import (
    LeftOut,
    RowProblem,
    RowReader,
    is_noise,
    longest,
    ready,
)
from events.networks.rosters.vocabulary import meaning

_NAME, _PLACE, _SHOWN = 200, 120, 40


@dataclass(frozen=True)
class SchoolRow:
    """A school as a file says it.

    `country` ISO 3166-1 (two letters), `language` BCP 47, coordinates in decimal degrees (WGS 84),
    `level` one of preschool, primary, lower_secondary, secondary, vocational, specialised, tertiary
    or "", `ownership` public, private or "". `*_written` is what stood there.
    """

    row_number: int
    name: str
    code: str = ""
    place: str = ""
    address: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    language: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    level: str = ""
    level_written: str = ""
    ownership: str = ""


@dataclass(frozen=True)
class SchoolsPreview:
    """What an import would take, what is odd about it and which rows are no schools."""

    rows: tuple[SchoolRow, ...]
    problems: tuple[RowProblem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[Reason, ...] = ()


def read_schools(table: Table, mapping: Mapping, *, country: str = "") -> SchoolsPreview:
    """Read schools; `country` stands in where the row names none.

    A code used twice, or without codes the same name at the same place, drops the later row. Raises
    `TableRefused` while the column of names is unknown.
    """
    ready(mapping, ["name"])
    rows: list[SchoolRow] = []
    problems: list[RowProblem] = []
    left_out: list[LeftOut] = []
    seen: dict[tuple[str, ...], int] = {}
    usual = longest(table, mapping.column_of("code"))
    for row in table.rows:
        if noise := is_noise(row, table):
            left_out.append(LeftOut(row.number, Reason(noise)))
            continue
        reader = RowReader(row, mapping)
        school = _school(reader, country, usual)
        _refuse_double(reader, school, seen)
        problems += reader.problems
        if not reader.dropped:
            rows.append(school)
    return SchoolsPreview(tuple(rows), tuple(problems), tuple(left_out), table.warnings)


def _school(reader: RowReader, country: str, usual_code: int) -> SchoolRow:
    latitude, longitude = coordinates(reader)
    level_written = reader.text("level", _PLACE)
    return SchoolRow(
        row_number=reader.row.number, name=_name(reader), code=reader.code("code", usual_code),
        place=reader.text("place", _PLACE), address=_address(reader),
        country=_known(reader, "country", "countries") or country, latitude=latitude,
        longitude=longitude, language=_known(reader, "language", "languages"),
        phone=reader.text("phone", 60), email=reader.address(), website=reader.text("website"),
        level=_known(reader, "level", "levels"), level_written=level_written,
        ownership=meaning(reader.text("ownership"), "ownership"),
    )  # fmt: skip


def _name(reader: RowReader) -> str:
    name = reader.text("name", _NAME)
    if not name:
        reader.note("name", "name_missing", drops_row=True)
    elif not any(char.isalpha() for char in name):
        reader.note("name", "name_odd", drops_row=True, value=name[:_SHOWN])
    return name


def _address(reader: RowReader) -> str:
    street, postal_code = reader.text("address"), reader.text("postal_code", 12)
    return ", ".join(part for part in (street, postal_code) if part)


def _known(reader: RowReader, field: str, table: str) -> str:
    value = reader.text(field, _PLACE)
    code = meaning(value, table)
    if value and not code:
        reader.note(field, f"{field}_unknown", value=value[:_SHOWN])
    return code


def _refuse_double(reader: RowReader, school: SchoolRow, seen: dict[tuple[str, ...], int]) -> None:
    """The same name in two places is two schools; a code names one."""
    if school.code:
        key: tuple[str, ...] = ("code", school.country, school.code.upper())
        code = "duplicate_code"
    else:
        key = ("name", school.country, search_key(school.name), search_key(school.place))
        code = "duplicate_school"
    if reader.dropped:
        return
    first = seen.setdefault(key, reader.row.number)
    if first != reader.row.number:
        field = "code" if school.code else "name"
        reader.note(field, code, drops_row=True, other=first)
