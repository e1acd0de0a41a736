"""What deeds on a series have in common: its locked dates, and what is written for each deed."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from events.backstage.commands import audit, record
from events.kernel import chance
from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.kernel.transitions import step
from events.kernel.zones import ZoneUnknown, zone
from events.programme import occurrences, policies, states
from events.programme.commands import end_parts
from events.programme.facts import EventCancelled
from events.programme.models import Event, Part, Series
from events.programme.plans import Plan, slug_for
from events.programme.refusals import NoDatesLeft, TitleMissing, ZoneMissing

FOLLOWING, ALL = "following", "all"
LIVE = (states.DRAFT, states.PUBLISHED)


class Scene(NamedTuple):
    """A series locked with its dates by original start, and the date one acts on."""

    series: Series
    parts: list[Part]
    chosen: Part

    def coming(self, *, at: datetime) -> list[Part]:
        """Dates that have not begun, cancelled ones too."""
        return [part for part in self.parts if part.starts_at > at]

    def live(self, scope: str, *, at: datetime) -> list[Part]:
        """Coming dates of a scope that take place."""
        return [
            part
            for part in self.coming(at=at)
            if part.event.state in LIVE
            and (scope == ALL or part.recurrence_id >= self.chosen.recurrence_id)
        ]

    def reached(self, scope: str, *, by: Actor, at: datetime) -> list[Part]:
        """The same, every one of them the actor's to run; raises NoDatesLeft and NotAllowed."""
        live = self.live(scope, at=at)
        if not live:
            raise NoDatesLeft
        require_may_run(by, live)
        return live


def locked(event_id: int, *, by: Actor) -> Scene:
    """Lock the series of an event and its dates; raises Missing and NotAllowed."""
    event = Event.objects.filter(pk=event_id, series__isnull=False).first()
    if event is None:
        raise Missing
    policies.require_may_run(by, event)
    series = Series.objects.select_for_update(of=("self",), no_key=True).get(events=event)
    parts = dates(series)
    chosen = next((part for part in parts if part.event_id == event_id), None)
    if chosen is None:  # another edit took the date to a new series meanwhile
        raise Missing
    return Scene(series, parts, chosen)


def dates(series: Series) -> list[Part]:
    """The locked dates of a series by original start.

    Without their keys, so that nobody who registers and nobody who edits waits for the other twice.
    """
    rows = Event.objects.select_for_update(of=("self",), no_key=True).filter(series=series)
    events = {row.pk: row for row in rows.select_related("kind").order_by("pk")}
    parts = list(
        Part.objects.select_for_update(no_key=True)
        .filter(event__in=events)
        .order_by("recurrence_id")
    )
    for part in parts:
        part.event = events[part.event_id]
    return parts


def made(
    wish: Plan, *, rrule: str, exdates: Collection[datetime], at: datetime,
    follows: Series | None = None,
) -> Series:  # fmt: skip
    """Insert a series without its dates; raises TitleMissing and ZoneMissing."""
    _check(wish)
    return Series.objects.create(
        uid=f"{chance.uuid()}@kolega", slug=slug_for(wish.title), rrule=rrule,
        starts_wall=occurrences.stamp(wish.starts), zone=wish.zone, minutes=wish.minutes,
        exdates=[occurrences.stamp(one) for one in sorted(exdates)], shared=occurrences.shared_of(wish),
        follows=follows, published_at=follows.published_at if follows else None,
        changed_at=at, created_at=at,
    )  # fmt: skip


def _check(wish: Plan) -> None:
    if not wish.title.split():
        raise TitleMissing
    try:
        zone(wish.zone)
    except ZoneUnknown as error:
        raise ZoneMissing from error


def require_may_run(by: Actor, parts: Collection[Part]) -> None:
    """Raise NotAllowed unless every one of these dates is the actor's to run."""
    if not parts:
        raise Missing
    for part in parts:
        policies.require_may_run(by, part.event)


def call_off(event: Event, *, reason: str, by: Actor, at: datetime) -> bool:
    """Cancel one date as part of a deed on its series; whether it had been promised."""
    published = event.state == states.PUBLISHED
    event.state = step(states.EVENT, event.state, "cancel")
    event.cancel_reason, event.changed_at = reason.strip()[:300], at
    event.save(update_fields=["state", "cancel_reason", "changed_at"])
    end_parts(event)
    audit("event_cancelled", by=by, at=at, thing="event", thing_id=event.pk)
    if published:
        record(EventCancelled(event_id=event.pk, series_id=event.series_id), at=at)
    return published


def raise_sequence(series: Series, *, at: datetime) -> None:
    """Count an edit, above every SEQUENCE a date of the series has."""
    highest = max(
        Part.objects.filter(event__series=series).values_list("sequence", flat=True), default=0
    )
    series.sequence = max(series.sequence, highest) + 1
    series.changed_at = at
    series.save(update_fields=["sequence", "changed_at"])
