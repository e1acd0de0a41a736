"""Who keeps the attendance of an event."""

from typing import TYPE_CHECKING

from events.kernel.actors import Actor
from events.kernel.errors import NotAllowed
from events.programme import policies as programme

if TYPE_CHECKING:
    from events.programme.models import Event


def may_keep(by: Actor, event: "Event") -> bool:
    """Whoever runs the event records, corrects and closes."""
    return programme.may_run(by, event)


def require_may_keep(by: Actor, event: "Event") -> None:
    """Raise NotAllowed unless the actor keeps the attendance."""
    if not may_keep(by, event):
        raise NotAllowed
