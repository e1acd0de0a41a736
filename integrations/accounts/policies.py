"""Who may connect, change and see which account."""

from dataclasses import dataclass

from events.kernel.actors import NONE, Actor, Role
from events.kernel.errors import Missing, NotAllowed
from events.planner import policies as planner

SCHOOL = (Role.SCHOOL_COORDINATOR,)


@dataclass(frozen=True)
class Ground:
    """Whose events an account serves; `countries` are those a programme runs in."""

    scope: str
    scope_id: int = 0
    countries: frozenset[int] = NONE


def may_manage(by: Actor, ground: Ground) -> bool:
    """Each account is managed by who answers for the events it serves, and by nobody above."""
    if by.system:
        return True
    national = by.reach("countries", Role.NATIONAL_COORDINATOR)
    match ground.scope:
        case "world":
            return by.is_a(Role.ADMINISTRATOR)
        case "country":
            return by.is_a(Role.ADMINISTRATOR) or ground.scope_id in national
        case "programme":
            everywhere = bool(ground.countries) and ground.countries <= national
            return by.is_a(Role.ADMINISTRATOR) or everywhere
        case "school":
            return ground.scope_id in by.reach("schools", *SCHOOL)
        case _:
            return by.person_id is not None and ground.scope_id == by.person_id


def may_see(by: Actor, ground: Ground) -> bool:
    """How an account fares is also seen by those who look after the installation."""
    return may_manage(by, ground) or by.is_a(Role.ADMINISTRATOR, Role.HELPDESK)


def may_switch_off(by: Actor, ground: Ground) -> bool:
    """An administrator can always stop an account, also one whose owner has left."""
    return may_manage(by, ground) or by.is_a(Role.ADMINISTRATOR)


def connects(by: Actor) -> bool:
    """Whether the pages of connections are for this reader."""
    own = Role.ADMINISTRATOR, Role.HELPDESK, Role.NATIONAL_COORDINATOR, Role.SCHOOL_COORDINATOR
    return by.is_a(*own) or planner.plans(by)


def require_connects(by: Actor) -> None:
    """Raise NotAllowed unless the actor may plan events or manage an account."""
    if not connects(by):
        raise NotAllowed


def require_may_manage(by: Actor, ground: Ground) -> None:
    """Raise NotAllowed for somebody who only sees the account, Missing for everybody else."""
    if not may_manage(by, ground):
        raise NotAllowed if may_see(by, ground) else Missing


def require_may_switch_off(by: Actor, ground: Ground) -> None:
    """Raise NotAllowed for somebody who only sees the account, Missing for everybody else."""
    if not may_switch_off(by, ground):
        raise NotAllowed if may_see(by, ground) else Missing
