"""Who may give which role."""

from events.kernel.actors import Actor, Role
from events.kernel.errors import NotAllowed

GIVES: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role) - {Role.TEACHER, Role.PRESENTER, Role.HOST, Role.EXPERT},
    Role.NATIONAL_COORDINATOR: frozenset(
        {Role.CLUSTER_COORDINATOR, Role.SCHOOL_COORDINATOR, Role.SCHOOL_LEADER}
    ),
    Role.CLUSTER_COORDINATOR: frozenset(
        {Role.CLUSTER_COORDINATOR, Role.SCHOOL_COORDINATOR, Role.SCHOOL_LEADER}
    ),
    Role.SCHOOL_COORDINATOR: frozenset({Role.SCHOOL_COORDINATOR, Role.SCHOOL_LEADER}),
}
# What a role is given for; a role of a school given for a cluster would reach all its schools.
SCOPES: dict[Role, str] = {
    Role.SCHOOL_COORDINATOR: "school",
    Role.SCHOOL_LEADER: "school",
    Role.CLUSTER_COORDINATOR: "cluster",
    Role.NATIONAL_COORDINATOR: "country",
    Role.MINISTRY_OFFICER: "country",
    Role.HELPDESK: "world",
    Role.ADMINISTRATOR: "world",
}
PLURAL = {"country": "countries", "cluster": "clusters", "school": "schools", "event": "events"}


def may_grant(by: Actor, *, role: Role, scope: str, scope_id: int) -> bool:
    """Roles are given by somebody above, within what that person's own grants reach."""
    if by.system:
        return True
    if SCOPES.get(role) != scope:
        return False
    for standing in by.standings:
        if role not in GIVES.get(standing.role, frozenset()):
            continue
        if standing.world or (scope in PLURAL and scope_id in getattr(standing, PLURAL[scope])):
            return True
    return False


def require_may_grant(by: Actor, *, role: Role, scope: str, scope_id: int, to: int | None) -> None:
    """Raise NotAllowed unless `by` may give the role; nobody gives a role to themselves."""
    if not may_grant(by, role=role, scope=scope, scope_id=scope_id):
        raise NotAllowed(role=role)
    if to is not None and to == by.person_id:
        raise NotAllowed(role=role)


def may_look_after(by: Actor) -> bool:
    """Administrators and the helpdesk see how the installation is doing."""
    return by.is_a(Role.ADMINISTRATOR, Role.HELPDESK)


def require_self(by: Actor, person_id: int) -> None:
    """Raise NotAllowed unless the actor is that person."""
    if not by.system and by.person_id != person_id:
        raise NotAllowed


def require_may_look_after(by: Actor) -> None:
    """Raise NotAllowed unless the actor looks after the installation."""
    if not may_look_after(by):
        raise NotAllowed
