"""The tables of a School Data Sync folder, told by their columns."""

from collections.abc import Mapping as MappingOf

from events.networks.rosters.grid import Row, Table
from events.networks.rosters.sentences import TableRefused
from events.networks.rosters.tables import read_table
from events.networks.rosters.vocabulary import key_of

_SHAPES = {
    "orgs": {"sourced id", "name", "type"},
    "users": {"sourced id", "given name", "family name"},
    "roles": {"user sourced id", "org sourced id", "role"},
    "relationships": {"user sourced id", "relationship role"},
    "enrollments": {"class sourced id", "user sourced id", "role"},
}


def tables_of(files: MappingOf[str, bytes]) -> dict[str, Table]:
    """The tables by file name; files without rows are left out."""
    tables = {}
    for name, data in files.items():
        try:
            tables[name] = read_table(data, file_name=name, header_row=1)
        except TableRefused as refused:
            if refused.code not in ("rows_none", "file_empty"):
                raise
    return tables


def shape_of(table: Table) -> str:
    """Which table of the format this is, "" for none."""
    keys = {key_of(name) for name in table.header}
    return next((shape for shape, needed in _SHAPES.items() if needed <= keys), "")


def column_named(table: Table, name: str) -> int | None:
    """The column of that name, None without one."""
    return next((at for at, header in enumerate(table.header) if key_of(header) == name), None)


def value_of(table: Table, row: Row, name: str) -> str:
    """The cell of a row under that name."""
    return row.cell(column_named(table, name))


def roles_of_users(users: Table) -> Table:
    """OneRoster 1.1 keeps the role and the organisations inside the table of users."""
    rows = []
    for row in users.rows:
        orgs = value_of(users, row, "org sourced ids") or value_of(users, row, "org sourced id")
        rows += [
            Row(
                row.number,
                (value_of(users, row, "sourced id"), org.strip(), value_of(users, row, "role")),
            )
            for org in orgs.split(",")
        ]
    return Table(("userSourcedId", "orgSourcedId", "role"), tuple(rows))
