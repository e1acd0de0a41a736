"""The staff of a School Data Sync folder; pupils and guardians are left out."""

from dataclasses import replace

from events.kernel.words import Reason
from events.networks.rosters.columns import guess_columns
from events.networks.rosters.grid import Table
from events.networks.rosters.mapping import Mapping
from events.networks.rosters.people import PeoplePreview, read_people
from events.networks.rosters.person import PersonRow
from events.networks.rosters.problems import LeftOut
from events.networks.rosters.sds_schools import Orgs
from events.networks.rosters.sds_tables import column_named, value_of
from events.networks.rosters.vocabulary import is_role


def people_of(found: dict[str, Table], orgs: Orgs, country: str) -> PeoplePreview:
    """The staff with their schools and roles; everybody else with the reason for leaving them out."""
    users, staff = found["users"], []
    left_out = []
    posts = _posts(found["roles"])
    relatives = _relatives(found.get("relationships"))
    for row in users.rows:
        user = value_of(users, row, "sourced id")
        if reason := _reason_out(posts.get(user, []), related=user in relatives):
            left_out.append(LeftOut(row.number, reason))
        else:
            staff.append(row)
    read = read_people(replace(users, rows=tuple(staff)), _mapping(users), country=country)
    by_row = {row.number: posts[value_of(users, row, "sourced id")] for row in staff}
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
        post = (value_of(roles, row, "org sourced id"), value_of(roles, row, "role"))
        posts.setdefault(value_of(roles, row, "user sourced id"), []).append(post)
    return posts


def _relatives(table: Table | None) -> set[str]:
    at = column_named(table, "relationship user sourced id") if table else None
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


def _placed(person: PersonRow, posts: list[tuple[str, str]], orgs: Orgs) -> PersonRow:
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
