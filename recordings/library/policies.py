"""Who may look after a recording, and who may watch it."""

from datetime import datetime

from events.kernel.actors import Actor
from events.kernel.errors import Missing, NotAllowed
from events.programme import policies as programme
from events.registration import queries as registration
from recordings.library.models import Recording, Visibility


def may_manage(by: Actor, recording: Recording) -> bool:
    """Add, publish, withdraw, cut and remove: whoever runs the event."""
    return programme.may_run(by, recording.event)


def require_may_manage(by: Actor, recording: Recording) -> None:
    """Raise NotAllowed for whoever may only watch; for everybody else it is not there: Missing."""
    if may_manage(by, recording):
        return
    registered = by.person_id is not None and registration.has_ever_joined(
        recording.event_id, by.person_id
    )
    watched = recording.is_up and _reaches(by, recording, registered=registered)
    raise NotAllowed if watched else Missing


def reach_of(recording: Recording) -> str:
    """Who may watch at most: without captions a recording stays within its cluster."""
    return recording.visibility if recording.captioned else Visibility.CLUSTER


def may_watch(by: Actor, recording: Recording, *, registered: bool, at: datetime) -> bool:
    """The same answer as `queries.visible_to`, for one recording.

    `registered` says whether the person is or was registered at the event.
    """
    if may_manage(by, recording):
        return True
    return recording.watchable(at) and _reaches(by, recording, registered=registered)


def _reaches(by: Actor, recording: Recording, *, registered: bool) -> bool:
    reach = reach_of(recording)
    if reach == Visibility.PUBLIC or registered:
        return True
    if by.person_id is None:
        return False
    if reach == Visibility.NETWORK and by.home_schools:
        return True
    return programme.is_near(by, recording.event)
