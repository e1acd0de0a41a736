"""School Data Sync 2.1 and OneRoster 1.1: several tables that belong together by ids.

Pupils, their guardians and everybody without a role of staff are left out. Passwords are dropped
when each table is read. https://learn.microsoft.com/schooldatasync/sds-v2.1-csv-file-format
"""

import posixpath
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace

from events.kernel.words import Reason
from events.networks.rosters.columns import Mapping, guess_columns
from events.networks.rosters.grid import Row, Table
from events.networks.rosters.people import PeoplePreview, PersonRow, read_people
from events.networks.rosters.problems import LeftOut
from events.networks.rosters.schools import SchoolRow, SchoolsPreview
from events.networks.rosters.sentences import TableRefused
from events.networks.rosters.tables import read_table
from events.networks.rosters.vocabulary import is_role, key_of
from events.networks.rosters.workbooks import open_archive

_SCHOOLS = {"school": "", "college": "tertiary", "university": "tertiary", "adulteducation": ""}
_PARTS = {"department", "program", "class", "grade", "division"}
_SHAPES = {
    "orgs": {"sourced id", "name", "type"},
    "users": {"sourced id", "given name", "family name"},
    "roles": {"user sourced id", "org sourced id", "role"},
    "relationships": {"user sourced id", "relationship role"},
    "enrollments": {"class sourced id", "user sourced id", "role"},
}
_NEEDED = ("orgs", "users", "roles")
_DEEPEST = 12


@dataclass(frozen=True)
class SdsPreview:
    """Schools and staff of one folder; `ignored` names files that hold nothing we need."""

    schools: SchoolsPreview
    people: PeoplePreview
    ignored: tuple[str, ...] = ()


def files_of_zip(data: bytes) -> dict[str, bytes]:
    """The CSV files of a zip archive by name, wherever they lie in it. Raises `TableRefused`."""
    archive = open_archive(data)
    names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
    plain = [name for name in names if not name.startswith("__MACOSX/")]
    return {posixpath.basename(name): archive.read(name) for name in plain}


def is_sds(files: MappingOf[str, bytes]) -> bool:
    """Whether files together are such a folder: organisations and users, told by their columns."""
    return {"orgs", "users"} <= {shape for shape in map(_shape, _tables(files).values()) if shape}


def read_sds(files: MappingOf[str, bytes], *, country: str = "") -> SdsPreview:
    """Read schools and staff from the files of one folder, in any order and under any names.

    A department's people belong to the college or school above it; authorities are no schools.
    Raises `TableRefused` naming what is missing.
    """
    tables = _tables(files)
    found = {shape: table for table in tables.values() if (shape := _shape(table))}
    users = found.get("users")
    if users and _at(users, "role") is not None and "roles" not in found:
        found["roles"] = _roles_of_users(users)
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        raise TableRefused("sds_incomplete", files=", ".join(f"{name}.csv" for name in missing))
    orgs = _Orgs(found["orgs"])
    return SdsPreview(
        orgs.schools(country),
        _people(found, orgs, country),
        tuple(sorted(name for name in files if name not in tables or not _shape(tables[name]))),
    )


def _tables(files: MappingOf[str, bytes]) -> dict[str, Table]:
    tables = {}
    for name, data in files.items():
        try:
            tables[name] = read_table(data, file_name=name, header_row=1)
        except TableRefused as refused:
            if refused.code not in ("rows_none", "file_empty"):
                raise
    return tables


def _shape(table: Table) -> str:
    keys = {key_of(name) for name in table.header}
    return next((shape for shape, needed in _SHAPES.items() if needed <= keys), "")


def _at(table: Table, name: str) -> int | None:
    return next((at for at, header in enumerate(table.header) if key_of(header) == name), None)


def _value(table: Table, row: Row, name: str) -> str:
    return row.cell(_at(table, name))


def _roles_of_users(users: Table) -> Table:
    """OneRoster 1.1 keeps the role and the organisations inside the table of users."""
    rows = []
    for row in users.rows:
        orgs = _value(users, row, "org sourced ids") or _value(users, row, "org sourced id")
        rows += [
            Row(
                row.number,
                (_value(users, row, "sourced id"), org.strip(), _value(users, row, "role")),
            )
            for org in orgs.split(",")
        ]
    return Table(("userSourcedId", "orgSourcedId", "role"), tuple(rows))


class _Orgs:
    """The tree of organisations."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._rows = {_value(table, row, "sourced id"): row for row in table.rows}

    def _get(self, org: str, name: str) -> str:
        row = self._rows.get(org)
        return _value(self._table, row, name) if row else ""

    def kind(self, org: str) -> str:
        return key_of(self._get(org, "type")).replace(" ", "")

    def name(self, org: str) -> str:
        return self._get(org, "name")

    def school_of(self, org: str) -> str:
        """The school an organisation is or belongs to, "" above schools."""
        for _ in range(_DEEPEST):
            if self.kind(org) in _SCHOOLS:
                return org
            if self.kind(org) not in _PARTS:
                return ""
            org = self._get(org, "parent sourced id")
        return ""

    def schools(self, country: str) -> SchoolsPreview:
        rows, left_out = [], []
        for org, row in self._rows.items():
            if self.kind(org) in _SCHOOLS:
                level = _SCHOOLS[self.kind(org)]
                rows.append(
                    SchoolRow(row.number, self.name(org), org, country=country, level=level)
                )
                continue
            school = self.name(self.school_of(org))
            reason = (
                Reason("org_department", {"school": school}) if school else Reason("org_authority")
            )
            left_out.append(LeftOut(row.number, reason))
        return SchoolsPreview(tuple(rows), (), tuple(left_out), self._table.warnings)


def _people(found: dict[str, Table], orgs: _Orgs, country: str) -> PeoplePreview:
    users, staff = found["users"], []
    left_out = []
    posts = _posts(found["roles"])
    relatives = _relatives(found.get("relationships"))
    for row in users.rows:
        user = _value(users, row, "sourced id")
        if reason := _reason_out(posts.get(user, []), related=user in relatives):
            left_out.append(LeftOut(row.number, reason))
        else:
            staff.append(row)
    read = read_people(replace(users, rows=tuple(staff)), _mapping(users), country=country)
    by_row = {row.number: posts[_value(users, row, "sourced id")] for row in staff}
    rows = tuple(_placed(person, by_row[person.row_number], orgs) for person in read.rows)
    return replace(read, rows=rows, left_out=(*left_out, *read.left_out))


def _mapping(users: Table) -> Mapping:
    """Nothing but the columns this format defines; a role is read from the table of roles."""
    mapping = guess_columns(users, "people")
    own = tuple(replace(g, field="") if g.field == "role" else g for g in mapping.columns)
    return Mapping("people", own)


def _posts(roles: Table) -> dict[str, list[tuple[str, str]]]:
    posts: dict[str, list[tuple[str, str]]] = {}
    for row in roles.rows:
        post = (_value(roles, row, "org sourced id"), _value(roles, row, "role"))
        posts.setdefault(_value(roles, row, "user sourced id"), []).append(post)
    return posts


def _relatives(table: Table | None) -> set[str]:
    at = _at(table, "relationship user sourced id") if table else None
    return set(table.column(at)) if table and at is not None else set()


def _reason_out(posts: list[tuple[str, str]], *, related: bool) -> Reason | None:
    """One role as a pupil outweighs any other: a child that helps out stays a child."""
    roles = [role for _, role in posts]
    for outsider in ("pupil", "relative"):
        if any(is_role(role, outsider) for role in roles):
            return Reason(outsider)
    if any(is_role(role, "staff") for role in roles):
        return None
    if roles:
        return Reason("role_unknown", {"value": roles[0][:40]})
    return Reason("relative") if related else Reason("role_none")


def _placed(person: PersonRow, posts: list[tuple[str, str]], orgs: _Orgs) -> PersonRow:
    schools = list(dict.fromkeys(filter(None, (orgs.school_of(org) for org, _ in posts))))
    role = next(role for _, role in posts if is_role(role, "staff"))
    first, *others = schools or [""]
    return replace(
        person,
        role=role,
        school=orgs.name(first),
        school_code=first,
        other_school_codes=tuple(others),
    )
