"""What a move of one part means for the others and for the people who are told."""

from datetime import UTC, datetime
from itertools import pairwise

from events.backstage.commands import record
from events.programme.facts import EventChanged
from events.programme.models import Event, Part
from events.programme.refusals import PartsOverlap


def require_apart(event: Event) -> None:
    """Raise PartsOverlap when two parts that take place share a moment: minutes count once."""
    rows = Part.objects.filter(event=event, cancelled_at=None).order_by("starts_at", "pk")
    if any(two.starts_at < one.ends_at for one, two in pairwise(rows)):
        raise PartsOverlap(field="start")


TIME = frozenset({"starts", "zone", "minutes"})


def times_of(part: Part) -> tuple[str, ...]:
    """When a part is, as a fact tells it once the part has moved (`EventChanged.was`)."""
    instants = (part.starts_at, part.ends_at)
    return (*(one.astimezone(UTC).isoformat() for one in instants), part.zone)


def tell_moved(
    event: Event, part: Part, moved: tuple[str, ...], *, was: tuple[str, ...] = (), at: datetime
) -> None:
    """Record that a part of a published event moved; `was` is what `times_of` said before."""
    fact = EventChanged(
        event_id=event.pk, sequence=part.sequence, moved=moved, part_id=part.pk,
        was=was if TIME.intersection(moved) else (),
    )  # fmt: skip
    record(fact, at=at)


def retitle_others(event: Event, part: Part, *, at: datetime) -> None:
    """A new title changes the calendar entries of all parts, so each of them is told."""
    others = Part.objects.select_for_update().filter(event=event, cancelled_at=None)
    for other in others.exclude(pk=part.pk).order_by("pk"):
        other.sequence += 1
        other.save(update_fields=["sequence"])
        tell_moved(event, other, ("title",), at=at)
