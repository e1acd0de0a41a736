"""Who keeps the attendance of an event."""

from typing import TYPE_CHECKING

from events.kernel.actors import Actor, Role
from events.kernel.errors import NotAllowed
from events.programme import policies as programme

if TYPE_CHECKING:
    from events.programme.models import Event

KEEPERS = (
    Role.SCHOOL_COORDINATOR, Role.CLUSTER_COORDINATOR, Role.NATIONAL_COORDINATOR, Role.HOST,
)  # fmt: skip


def may_keep(by: Actor, event: "Event") -> bool:
    """Whoever runs the event records, corrects and closes."""
    return programme.may_run(by, event)


def require_may_keep(by: Actor, event: "Event") -> None:
    """Raise NotAllowed unless the actor keeps the attendance."""
    if not may_keep(by, event):
        raise NotAllowed


def keeps(by: Actor) -> bool:
    """Whether there can be any event whose attendance the actor keeps."""
    return by.is_a(*KEEPERS)
