"""Which events ask their organisers for a look at the attendance."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from attendance.presence.models import SightingRow
from events.kernel.actors import Actor
from events.programme import queries as programme
from events.programme import states
from events.registration import queries as registration

SOON = timedelta(days=1)
SHOWN = 50
CLOSED_SHOWN = 12


@dataclass(frozen=True)
class Line:
    """One event with what its attendance looks like."""

    outline: programme.Outline
    registered: int
    unmatched: int


@dataclass(frozen=True)
class Attention:
    """The three lists: to look through and close, running or soon, closed last."""

    waiting: list[Line]
    soon: list[Line]
    closed: list[Line]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.waiting or self.soon or self.closed)


def of(by: Actor, *, at: datetime) -> Attention:
    """The events an actor runs, in five queries however many they are."""
    run = programme.run_by(by)
    published = run.filter(state=states.PUBLISHED)
    waiting = published.filter(ends_at__lte=at).order_by("ends_at", "pk")[:SHOWN]
    soon = published.filter(ends_at__gt=at, starts_at__lte=at + SOON).order_by("starts_at", "pk")
    closed = run.filter(state=states.CLOSED).order_by("-ends_at", "pk")[:CLOSED_SHOWN]
    groups = [[row.pk for row in rows] for rows in (waiting, soon[:SHOWN], closed)]
    lines = _lines([pk for group in groups for pk in group])
    return Attention(*([lines[pk] for pk in group] for group in groups))


def _lines(event_ids: list[int]) -> dict[int, Line]:
    outlines = programme.outlines(event_ids)
    counts = registration.counts(event_ids)
    rows = SightingRow.objects.filter(
        event_id__in=event_ids, person_id__isnull=True, matched_by="", withdrawn_at__isnull=True
    )
    waiting = dict(
        rows.values("event_id")
        .annotate(people=Count("seen_key", distinct=True))
        .values_list("event_id", "people")
    )
    return {
        pk: Line(outlines[pk], sum(counts.get(pk, {}).values()), waiting.get(pk, 0))
        for pk in event_ids
    }
