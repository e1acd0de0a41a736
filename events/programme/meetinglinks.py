"""Which events use a video link, for those who are about to use it too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Value, When

from events.kernel.actors import Actor
from events.programme import states
from events.programme.models import Part
from events.programme.queries import ids_visible_to

MOST = 50


@dataclass(frozen=True)
class Used:
    """A part that has a link. `title` is empty where the reader may not know the event."""

    event_id: int
    title: str
    join_url: str
    starts_at: datetime
    ends_at: datetime


def used_between(
    first: datetime, end: datetime, *, holding: Sequence[str], besides: int | None, by: Actor
) -> list[Used]:
    """Online parts of drafts and published events in the half-open span, in order of time.

    Only those whose link contains all texts of `holding`, at most 50; the parts of the event
    `besides` are left out. One query.
    """
    rows = Part.objects.filter(
        starts_at__lt=end, ends_at__gt=first, cancelled_at=None,
        event__state__in=[states.DRAFT, states.PUBLISHED],
    ).exclude(event_id=besides or 0)  # fmt: skip
    for text in holding:
        rows = rows.filter(join_url__icontains=text)
    known = When(event_id__in=ids_visible_to(by), then="event__title")
    values = rows.annotate(title=Case(known, default=Value(""))).values_list(
        "event_id", "title", "join_url", "starts_at", "ends_at"
    )
    return [Used(*row) for row in values.order_by("starts_at", "pk")[:MOST]]
