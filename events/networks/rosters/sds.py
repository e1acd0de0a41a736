"""School Data Sync 2.1 and OneRoster 1.1: several tables that belong together by ids.

Pupils, their guardians and everybody without a role of staff are left out. Passwords are dropped
when each table is read. https://learn.microsoft.com/schooldatasync/sds-v2.1-csv-file-format
"""

import posixpath
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from events.networks.rosters.archives import open_archive
from events.networks.rosters.people import PeoplePreview
from events.networks.rosters.schools import SchoolsPreview
from events.networks.rosters.sds_people import people_of
from events.networks.rosters.sds_schools import Orgs
from events.networks.rosters.sds_tables import column_named, roles_of_users, shape_of, tables_of
from events.networks.rosters.sentences import TableRefused

_NEEDED = ("orgs", "users", "roles")


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
    return {"orgs", "users"} <= {
        shape for shape in map(shape_of, tables_of(files).values()) if shape
    }


def read_sds(files: MappingOf[str, bytes], *, country: str = "") -> SdsPreview:
    """Read schools and staff from the files of one folder, in any order and under any names.

    A department's people belong to the college or school above it; authorities are no schools.
    Raises `TableRefused` naming what is missing.
    """
    tables = tables_of(files)
    found = {shape: table for table in tables.values() if (shape := shape_of(table))}
    users = found.get("users")
    if users and column_named(users, "role") is not None and "roles" not in found:
        found["roles"] = roles_of_users(users)
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        raise TableRefused("sds_incomplete", files=", ".join(f"{name}.csv" for name in missing))
    orgs = Orgs(found["orgs"])
    return SdsPreview(
        orgs.schools(country),
        people_of(found, orgs, country),
        tuple(sorted(name for name in files if name not in tables or not shape_of(tables[name]))),
    )
