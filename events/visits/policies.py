"""Who looks after a visit at the host school."""

from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing, NotAllowed
from events.programme import policies as programme
from events.programme.models import Event

HOSTS = (Role.SCHOOL_COORDINATOR, Role.SCHOOL_LEADER)


def may_host(by: Actor, event: Event) -> bool:
    """Whoever runs the event, and the host school's coordinator and leader."""
    return programme.may_run(by, event) or event.host_school_id in by.reach("schools", *HOSTS)


def require_may_host(by: Actor, event: Event) -> None:
    """Raise Missing for who must not know of the event, NotAllowed for who only sees it."""
    if not programme.may_see(by, event):
        raise Missing
    if not may_host(by, event):
        raise NotAllowed
