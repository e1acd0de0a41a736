"""Who acts, with everything a policy needs to decide."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """The one list of roles for code, API and pages."""

    TEACHER = "teacher"
    PRESENTER = "presenter"
    HOST = "host"
    SCHOOL_COORDINATOR = "school_coordinator"
    CLUSTER_COORDINATOR = "cluster_coordinator"
    SCHOOL_LEADER = "school_leader"
    NATIONAL_COORDINATOR = "national_coordinator"
    MINISTRY_OFFICER = "ministry_officer"
    EXPERT = "expert"
    HELPDESK = "helpdesk"
    ADMINISTRATOR = "administrator"


# They reach into everybody's data, so they count only after a second step of signing in.
GUARDED = frozenset({Role.MINISTRY_OFFICER, Role.ADMINISTRATOR})
NONE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Standing:
    """One grant in force, expanded to the ids it reaches."""

    role: Role
    world: bool = False
    countries: frozenset[int] = NONE
    clusters: frozenset[int] = NONE
    schools: frozenset[int] = NONE
    events: frozenset[int] = NONE


@dataclass(frozen=True)
class Actor:
    """A person (or a handler of ours) at one instant, frozen for the whole request."""

    person_id: int | None
    standings: tuple[Standing, ...] = ()
    home_schools: frozenset[int] = NONE
    home_clusters: frozenset[int] = NONE
    home_countries: frozenset[int] = NONE
    home_communities: frozenset[int] = NONE
    system: str = ""
    # Roles that are given but count only after a second step of signing in.
    dormant: frozenset[Role] = frozenset()

    def standing_as(self, *roles: Role) -> tuple[Standing, ...]:
        """The standings this actor has in any of the roles."""
        return tuple(item for item in self.standings if item.role in roles)

    def is_a(self, *roles: Role) -> bool:
        """Whether the actor has any of the roles, anywhere."""
        return bool(self.standing_as(*roles))

    def without(self, roles: frozenset[Role]) -> "Actor":
        """The same actor with these roles dormant: named, and of no effect."""
        held = frozenset(item.role for item in self.standings) & roles
        awake = tuple(item for item in self.standings if item.role not in roles)
        return replace(self, standings=awake, dormant=held)

    def reach(self, what: str, *roles: Role) -> frozenset[int]:
        """Ids of `countries`, `clusters`, `schools` or `events` reached in any of the roles."""
        return frozenset().union(*(getattr(item, what) for item in self.standing_as(*roles)))


ANONYMOUS = Actor(person_id=None)


def system(name: str) -> Actor:
    """A handler or task of ours; may do what the fact it reacts to calls for."""
    return Actor(person_id=None, system=name)
