"""What a call of the API is about: a recording its caller may watch, or one the caller looks after."""

from collections.abc import Callable

from django.http import HttpRequest

from events.backstage import edge
from recordings.library import commands, queries
from recordings.library.models import Recording

Deed = Callable[..., object]


def seen(request: HttpRequest, recording_id: int) -> Recording:
    """The recording for whoever may watch it; else Missing."""
    return queries.seen_by_id(recording_id, by=edge.actor(request), at=edge.moment(request))


def managed(request: HttpRequest, recording_id: int) -> Recording:
    """The same for whoever runs its event, locked for a deed; Missing where it is hidden, else NotAllowed."""
    return commands.locked(recording_id, by=edge.actor(request))


def looked_after(request: HttpRequest, recording_id: int) -> Recording:
    """The same for whoever runs its event, to look at."""
    return queries.managed(recording_id, by=edge.actor(request))
