"""Operations on recordings that lie at the video service of an event: look, and fetch one."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from events.backstage import edge
from events.interface.operations import Operations
from events.interface.shapes import Id, List, Shape, link
from events.kernel.errors import Missing
from events.programme import policies
from events.programme import queries as programme
from integrations.harvest import fetches, keeping, queries, rules
from integrations.harvest.models import HarvestRow

router = Operations(tags=["recordings"])
VIDEO = "video"
HELD = "/events/{event_id}/held-recordings"


class HeldShape(Shape):
    """A recording at its service. State: there, coming, waits, done, refused or gone (over there).

    `ready` says that the service has finished it, `fetchable` that it can be fetched now. `percent`
    is null where nobody knows how many bytes there are. `recording` is the page of what it became here.
    """

    id: int
    part_id: int
    provider: str
    state: str
    ready: bool
    fetchable: bool
    percent: int | None
    wrong: str
    recording: str
    links: dict[str, str]


def _items(request: HttpRequest, event_id: int) -> list[HeldShape]:
    policies.require_may_run(edge.actor(request), programme.seen(event_id, by=edge.actor(request)))
    return [
        _shape(row, one)
        for row in queries.of_event(event_id)
        for one in getattr(row, "held", ())
        if one["kind"] == VIDEO
    ]


def _shape(row: HarvestRow, one: Mapping[str, Any]) -> HeldShape:
    kept = keeping.kept(one, row, may_fetch=True)
    ready = one["state"] in rules.READY
    return HeldShape(
        id=kept.held_id, part_id=row.part_id, provider=row.account.provider, state=kept.look,
        ready=ready, fetchable=ready and kept.may_fetch, percent=kept.percent,
        wrong=kept.reason if one["error"] else "",
        recording=reverse("recording", args=[kept.slug]) if kept.slug else "",
        links={
            "fetch": link("events", row.part.event_id, "held-recordings", kept.held_id, "fetch")
        },
    )  # fmt: skip


@router.read(HELD, List[HeldShape], scope="recordings:read")
def list_held_recordings(request: HttpRequest, event_id: Id) -> List[HeldShape]:
    """Recordings of an event at its video services, and how far fetching them is."""
    return List(items=_items(request, event_id))


@router.act(f"{HELD}/{{held_id}}/fetch", HeldShape, scope="recordings:write")
def fetch_held_recording(request: HttpRequest, event_id: Id, held_id: Id) -> HeldShape:
    """Fetch a recording from its service, or try again; what was fetched already stays as it is."""
    if held_id not in {one.id for one in _items(request, event_id)}:
        raise Missing
    fetches.begin(held_id, event_id=event_id, by=edge.actor(request), at=edge.moment(request))
    return next(one for one in _items(request, event_id) if one.id == held_id)
