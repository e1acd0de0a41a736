"""What every page about the attendance of one event starts from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from attendance.presence import policies
from events.backstage import edge
from events.kernel.actors import Actor
from events.kernel.errors import NotAllowed
from events.programme import queries as programme
from events.programme import states

if TYPE_CHECKING:
    from events.programme.models import Event, Part

OPENS = timedelta(minutes=15)
BIGINT_DIGITS = 18
KEPT = ("show", "sort", "page")


@dataclass(frozen=True)
class Scene:
    """The event, its part, who asks and when."""

    event: "Event"
    part: "Part"
    by: Actor
    at: datetime
    parts: "tuple[Part, ...]" = ()

    @property
    def several(self) -> bool:
        """Whether the event has more than one part."""
        return len(self.parts) > 1

    @property
    def opens_at(self) -> datetime:
        """From when on the board shows people."""
        return self.event.starts_at - OPENS

    @property
    def phase(self) -> str:
        """unpublished, cancelled, coming, open, ended or closed."""
        state = self.event.state
        if state != states.PUBLISHED:
            return {states.DRAFT: "unpublished"}.get(state, state)
        if self.at < self.opens_at:
            return "coming"
        return "ended" if self.at >= self.event.ends_at else "open"

    @property
    def both(self) -> bool:
        """Whether one may take part in the room and online."""
        return any(part.mode == "hybrid" for part in self.parts or (self.part,))


def opened(request: HttpRequest, event_id: int) -> Scene:
    """The scene for who keeps the attendance; raises Missing, NotAllowed."""
    by, at = edge.actor(request), edge.moment(request)
    event = programme.seen(event_id, by=by)
    if not policies.may_keep(by, event):
        raise NotAllowed
    parts = programme.parts_of(event_id)
    return Scene(event, _asked(request, parts), by, at, tuple(parts))


def _asked(request: HttpRequest, parts: "list[Part]") -> "Part":
    """The part a form or address names, else the first."""
    wanted = request.POST.get("part") or request.GET.get("part", "")
    return next((part for part in parts if str(part.pk) == wanted), parts[0])


def number(request: HttpRequest, name: str) -> int:
    """An id from a form; 0 for anything else."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < BIGINT_DIGITS else 0


def board_address(request: HttpRequest, event_id: int, *, place: str = "") -> str:
    """Back to the board as it was shown: tab, order and page come with the form."""
    address = reverse("board", args=[event_id])
    kept = {name: request.POST.get(name, "") for name in KEPT}
    known = "&".join(
        f"{name}={value}" for name, value in kept.items() if value.strip("-").isalnum()
    )
    return f"{address}{'?' if known else ''}{known}{place}"
