"""Who asks: one person a role, two of them also without the second step, and a former everything."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from events.kernel.actors import Role
from events.networks import commands as networks
from events.people.models import Person
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, join, make_person
from tests.matrix.asking import Quick
from tests.matrix.places import NOW, Place, give

ROLES = tuple(Role)
ANONYMOUS, FORMER = "anonymous", "former"
COLUMNS = (ANONYMOUS, *(role.value for role in ROLES), FORMER)
STEPPED = frozenset({Role.MINISTRY_OFFICER, Role.ADMINISTRATOR})
# A role that is given for an event is given for all events of the own place.
SCOPES = {
    Role.PRESENTER: "event", Role.HOST: "event", Role.EXPERT: "event",
    Role.SCHOOL_COORDINATOR: "school", Role.SCHOOL_LEADER: "school",
    Role.CLUSTER_COORDINATOR: "cluster", Role.NATIONAL_COORDINATOR: "country",
    Role.MINISTRY_OFFICER: "country", Role.HELPDESK: "world", Role.ADMINISTRATOR: "world",
}  # fmt: skip
# Places are own school, sibling school, sibling cluster, other country; asked where a role can tell.
ALL, OWN = (0, 1, 2, 3), (0,)
# When the roles of the former one went over to those who have them now.
CHANGE = NOW - timedelta(days=1)
ASKED = {"event": (0, 1), "world": (0, 3)}


def asked_at(column: str) -> tuple[int, ...]:
    """The places at which somebody of a column is asked."""
    if column in {ANONYMOUS, FORMER}:
        return OWN
    return ASKED.get(SCOPES.get(Role(column), ""), ALL)


@dataclass(frozen=True)
class Asker:
    """A client, signed in or not; `way` is here, or without the second step."""

    column: str
    way: str
    client: Quick

    def __str__(self) -> str:
        """For messages of failures."""
        return f"{self.column}, {self.way}"


def make_askers(own: Place) -> list[Asker]:
    """Everybody who asks; their roles are for the own place."""
    found = [Asker(ANONYMOUS, "here", Quick()), Asker(FORMER, "here", _former(own))]
    for role in ROLES:
        person = own.teacher if role == Role.TEACHER else make_person(role.value)
        _give(person, role, own, starts_at=CHANGE)
        found.append(Asker(role.value, "here", sign_in(Quick(), person, second_step=True)))
        if role in STEPPED:
            found.append(Asker(role.value, "without", sign_in(Quick(), person)))
    return found


def _former(own: Place) -> Quick:
    """Was a teacher of the school and held every role; all of it is over."""
    person = make_person("Former everything")
    join(person, own.school)
    networks.leave_school(
        person_id=person.pk, school_id=own.school.pk, ended_on=date(2026, 11, 20), by=SYSTEM, at=AT
    )
    for role in ROLES:
        _give(person, role, own, ends_at=CHANGE)
    return sign_in(Quick(), person, second_step=True)


def _give(person: Person, role: Role, own: Place, **dates: datetime) -> None:
    scope = SCOPES.get(role, "")
    ids = {
        "event": [event.pk for event in own.events.values()], "school": [own.school.pk],
        "cluster": [own.world.cluster.pk], "country": [own.world.country.pk], "world": [0],
    }  # fmt: skip
    for scope_id in ids.get(scope, []):
        give(person, role, scope, scope_id, **dates)
