"""Who asks: one person a role, one whose role has expired, and one without the second step."""

from dataclasses import dataclass
from datetime import date, timedelta

from events.kernel.actors import Role
from events.networks import commands as networks
from events.people.models import Person
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, join, make_person
from tests.matrix.asking import Quick
from tests.matrix.places import NOW, Place, give

ROLES = tuple(Role)
ANONYMOUS = "anonymous"
COLUMNS = (ANONYMOUS, *(role.value for role in ROLES))
STEPPED = (Role.MINISTRY_OFFICER, Role.ADMINISTRATOR)
# A role that is given for an event is given for all events of the own place.
SCOPES = {
    Role.PRESENTER: "event", Role.HOST: "event", Role.EXPERT: "event",
    Role.SCHOOL_COORDINATOR: "school", Role.SCHOOL_LEADER: "school",
    Role.CLUSTER_COORDINATOR: "cluster", Role.NATIONAL_COORDINATOR: "country",
    Role.MINISTRY_OFFICER: "country", Role.HELPDESK: "world", Role.ADMINISTRATOR: "world",
}  # fmt: skip


@dataclass(frozen=True)
class Asker:
    """A signed-in client; `way` is here, expired or without (the second step)."""

    column: str
    way: str
    client: Quick
    person: Person | None = None

    def __str__(self) -> str:
        """For messages of failures."""
        return f"{self.column}, {self.way}"


def make_askers(own: Place) -> list[Asker]:
    """Everybody who asks; their roles are for the own place."""
    found = [Asker(ANONYMOUS, "here", Quick())]
    for role in ROLES:
        found += [_asker(role, "here", own), _asker(role, "expired", own)]
        if role in STEPPED:
            found.append(_asker(role, "without", own))
    return found


def _asker(role: Role, way: str, own: Place) -> Asker:
    person = _teacher(way, own) if role == Role.TEACHER else make_person(f"{role} {way}")
    dates = {"ends_at": NOW - timedelta(days=1)} if way == "expired" else {}
    for scope_id in _scope_ids(role, own):
        give(person, role, SCOPES[role], scope_id, **dates)
    client = sign_in(Quick(), person, second_step=way != "without")
    return Asker(role.value, way, client, person)


def _teacher(way: str, own: Place) -> Person:
    """Being a teacher of a school is a membership; the one who is here holds the papers."""
    if way == "here":
        return own.teacher
    person = make_person("Former teacher")
    join(person, own.school)
    networks.leave_school(
        person_id=person.pk, school_id=own.school.pk, ended_on=date(2026, 11, 20), by=SYSTEM, at=AT
    )
    return person


def _scope_ids(role: Role, own: Place) -> list[int]:
    match SCOPES.get(role, ""):
        case "event":
            return [event.pk for event in own.events.values()]
        case "school":
            return [own.school.pk]
        case "cluster":
            return [own.world.cluster.pk]
        case "country":
            return [own.world.country.pk]
        case "world":
            return [0]
        case _:
            return []
