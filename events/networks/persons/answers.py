"""People as the API answers them; official identifiers never."""

from collections.abc import Sequence
from datetime import date, datetime

from events.interface.shapes import Shape, link
from events.networks import queries as networks
from events.networks.persons import roles
from events.networks.persons.roles import RoleLine
from events.people.models import Person


class RoleShape(Shape):
    """A role in force or to come, and what it reaches."""

    id: int
    role: str
    scope: str
    scope_id: int
    where: str
    starts_at: datetime
    ends_at: datetime | None


class PersonSchool(Shape):
    """A school a person belongs to."""

    name: str
    national_code: str
    since: date


class PersonShape(Shape):
    """Somebody, for themselves and for those who answer for them."""

    id: int
    handle: str
    name: str
    email: str
    mail_state: str
    language: str
    zone: str
    reminders: bool
    schools: list[PersonSchool]
    roles: list[RoleShape]
    links: dict[str, str]


class PersonLine(Shape):
    """Somebody in a list."""

    id: int
    handle: str
    name: str
    email: str
    school: str
    links: dict[str, str]


class RoleOffer(Shape):
    """A role that can be given, by the key that giving it takes."""

    key: str
    role: str
    where: str


def person(row: Person, *, at: datetime, own: bool = False) -> PersonShape:
    """One person with schools and roles."""
    records = [one for one in networks.school_records([row.pk]) if one.ended_on is None]
    this = link("me") if own else link("people", row.handle)
    return PersonShape(
        id=row.pk, handle=row.handle, name=row.name, email=row.email, mail_state=row.mail_state,
        language=row.language, zone=row.zone, reminders=row.reminders,
        schools=[
            PersonSchool(name=one.name, national_code=one.national_code, since=one.starts_on)
            for one in records
        ],
        roles=[role(one) for one in roles.of_person(row.pk, at=at)], links={"self": this},
    )  # fmt: skip


def role(line: RoleLine) -> RoleShape:
    """One role."""
    return RoleShape(
        id=line.grant_id, role=line.role, scope=line.scope, scope_id=line.scope_id,
        where=line.where, starts_at=line.starts_at, ends_at=line.ends_at,
    )  # fmt: skip


def lines(rows: Sequence[Person], *, on: date) -> list[PersonLine]:
    """People of a list with their schools, in one more query."""
    schools = networks.school_at([row.pk for row in rows], on=on)
    return [
        PersonLine(
            id=row.pk, handle=row.handle, name=row.name, email=row.email,
            school=schools[row.pk].name if row.pk in schools else "",
            links={"self": link("people", row.handle)},
        )
        for row in rows
    ]  # fmt: skip
