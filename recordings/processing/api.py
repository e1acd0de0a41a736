"""Operations on the making of sizes: how far it is, begin, stop."""

from django.http import HttpRequest

from events.backstage import edge
from events.interface.operations import Operations
from events.interface.shapes import Id
from recordings.library import called
from recordings.library.answers import NAMED
from recordings.processing import answers, commands
from recordings.processing.answers import MakingShape

router = Operations(tags=["recordings"])
READ, WRITE = "recordings:read", "recordings:write"
MAKING = f"{NAMED}/making"


@router.read(MAKING, MakingShape, scope=READ)
def get_making(request: HttpRequest, recording_id: Id) -> MakingShape:
    """How far the sizes of a recording are, for whoever runs its event."""
    return answers.making(called.looked_after(request, recording_id))


@router.act(MAKING, MakingShape, scope=WRITE)
def make_sizes(request: HttpRequest, recording_id: Id) -> MakingShape:
    """Make the sizes that are not there yet; while that runs already, nothing changes."""
    row = called.managed(request, recording_id)
    commands.begin(recording_id, by=edge.actor(request), at=edge.moment(request))
    return answers.making(row)


@router.act(f"{MAKING}/stop", MakingShape, scope=WRITE)
def stop_making(request: HttpRequest, recording_id: Id) -> MakingShape:
    """Stop making sizes after the present step; those that are ready stay."""
    row = called.managed(request, recording_id)
    commands.stop(recording_id, by=edge.actor(request), at=edge.moment(request))
    return answers.making(row)
