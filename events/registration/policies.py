"""Who may register whom."""

from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing, NotAllowed
from events.programme import policies as programme
from events.programme.models import Event

KEEPERS = (Role.SCHOOL_COORDINATOR, Role.CLUSTER_COORDINATOR, Role.NATIONAL_COORDINATOR)
READERS = frozenset({Role.HELPDESK})


def may_register(by: Actor, event: Event, person_id: int, school_id: int | None) -> bool:
    """Oneself, somebody of a school one keeps, or anybody at an event one runs.

    The helpdesk reads and changes nothing: what it sees by that role alone takes no place of it.
    """
    if by.person_id == person_id and programme.may_see(by.without(READERS), event):
        return True
    if programme.may_run(by, event):
        return True
    if school_id in event.visitors and school_id in by.reach("schools", *programme.ESCORTS):
        return True
    return school_id is not None and school_id in by.reach("schools", *KEEPERS)


def require_may_register(by: Actor, event: Event, person_id: int, school_id: int | None) -> None:
    """Raise Missing for a hidden event, NotAllowed for somebody else's registration."""
    if not by.system and not programme.may_see(by, event):
        raise Missing
    if not may_register(by, event, person_id, school_id):
        raise NotAllowed
