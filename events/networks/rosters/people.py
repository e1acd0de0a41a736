"""A table of people who work at schools, read row by row. Children are never read as people."""

from dataclasses import dataclass

from events.kernel.words import Reason
from events.networks.rosters.doubles import Doubles
from events.networks.rosters.fullnames import Order
from events.networks.rosters.grid import Row, Table
from events.networks.rosters.mapping import Mapping
from events.networks.rosters.person import PersonRow, person_of
from events.networks.rosters.problems import (
    LeftOut,
    RowProblem,
    RowReader,
    is_noise,
    longest,
    ready,
)
from events.networks.rosters.vocabulary import is_role, key_of

_COURSES = ("course", "cohort", "group")


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
    doubles = Doubles()
    usual_code = longest(table, mapping.column_of("school_code"))
    for row in table.rows:
        if reason := _reason_out(row, table, mapping, class_list=class_list):
            left_out.append(LeftOut(row.number, reason))
            continue
        reader = RowReader(row, mapping)
        person = person_of(reader, usual_code, order, country)
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


def _who_are_these(table: Table, mapping: Mapping, *, staff: bool) -> tuple[Reason, ...]:
    """A file of course accounts without roles may hold pupils; say so rather than assume."""
    courses = any(key_of(name).rstrip("0123456789 ") in _COURSES for name in table.header)
    if courses and not staff and mapping.column_of("role") is None:
        return (Reason("roles_not_given"),)
    return ()
