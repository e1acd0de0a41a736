"""Operations at the door for people who were not registered."""

from typing import Annotated

from django.http import HttpRequest
from pydantic import Field

from attendance.doors import commands
from events.backstage import edge
from events.interface.operations import Operations
from events.interface.shapes import BodyId, Done, Id, Shape, Wanted
from events.networks.persons.asked import require_address
from events.programme import queries as programme
from events.registration.seeking import require_person

router = Operations(tags=["attendance"])
WRITE = "attendance:write"


class WalkIn(Wanted):
    """Somebody of the network who is not registered."""

    person_id: BodyId


class NewFace(Wanted):
    """Somebody nobody knew yet."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    email: Annotated[str, Field(max_length=254)] = ""
    school_id: BodyId


class Added(Shape):
    """Who was added."""

    person_id: int


@router.act("/events/{event_id}/walk-ins", Done, scope=WRITE, status=201)
def walk_in(request: HttpRequest, event_id: Id, body: WalkIn) -> Done:
    """Register somebody at the door and let them in, also into a full room."""
    by, at = edge.actor(request), edge.moment(request)
    programme.seen(event_id, by=by)
    require_person(body.person_id)
    commands.walk_in(event_id, person_id=body.person_id, by=by, at=at)
    return Done()


@router.act("/events/{event_id}/new-faces", Added, scope=WRITE, status=201)
def new_face(request: HttpRequest, event_id: Id, body: NewFace) -> Added:
    """Add somebody to a school of the cluster and let them in."""
    by, at = edge.actor(request), edge.moment(request)
    require_address(body.email)
    return Added(person_id=commands.new_face(event_id, by=by, at=at, **body.model_dump()))
