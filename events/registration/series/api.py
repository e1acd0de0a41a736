"""The operation that takes places on several dates of a series."""

from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from events.backstage import edge
from events.interface.operations import Operations
from events.interface.shapes import BodyId, Id, List, Wanted
from events.kernel.errors import Missing
from events.programme import queries as programme
from events.registration import answers
from events.registration.answers import RegistrationShape
from events.registration.series import commands

router = Operations(tags=["registrations"])


class DatesWanted(Wanted):
    """Which dates of a series, and how to take part."""

    event_ids: Annotated[list[BodyId], Field(min_length=1, max_length=100)]
    way: Literal["room", "online"]


@router.act(
    "/series/{series_id}/registrations", List[RegistrationShape], scope="registrations:write"
)
def register_me_for_dates(
    request: HttpRequest, series_id: Id, body: DatesWanted
) -> List[RegistrationShape]:
    """Take places on several dates at once; those you hold stay as they are."""
    by, at = edge.actor(request), edge.moment(request)
    seen = programme.visible_to(by).filter(series_id=series_id, pk__in=body.event_ids)
    event_ids = list(seen.values_list("pk", flat=True))
    if not event_ids or by.person_id is None:
        raise Missing
    rows = commands.register(
        series_id, event_ids=event_ids, person_id=by.person_id, way=body.way, by=by, at=at
    )
    return List(items=[answers.registration(row) for row in rows])
