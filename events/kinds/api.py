"""Operations on kinds of events."""

from django.http import HttpRequest

from events.interface.operations import Operations
from events.interface.shapes import List, Shape
from events.kinds import queries

router = Operations(tags=["events"])


class KindShape(Shape):
    """A bundle of defaults for events; `names` by language tag."""

    code: str
    names: dict[str, str]
    mode: str
    minutes: int
    certificate: bool
    recorded: bool
    offered: bool


@router.read("/kinds", List[KindShape], scope="events:read", public=True)
def list_kinds(request: HttpRequest) -> List[KindShape]:  # noqa: ARG001  as all views
    """All kinds of events in their order, also those no longer offered."""
    return List(
        items=[
            KindShape(
                code=row.code, names=row.names, mode=row.mode, minutes=row.minutes,
                certificate=row.certificate, recorded=row.recorded, offered=row.offered,
            )
            for row in queries.known()
        ]
    )  # fmt: skip
