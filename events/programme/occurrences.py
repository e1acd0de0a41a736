"""The dates of a series: made from what they share, changed together, changed by hand."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import datetime, timedelta

from events.kernel.zones import instant, wall
from events.kinds.models import Kind
from events.programme.models import Event, Part, Series
from events.programme.plans import Plan, fill_slots, present_plan, slug_for, write_event, write_part

CLOSES = "registration_closes_at"
# Whatever else a coordinator enters is the same on every date.
SHARED = tuple(
    field.name for field in fields(Plan) if field.name not in {"starts", "zone", "minutes", CLOSES}
)
FIELDS = (*SHARED, "starts", "zone", "minutes", CLOSES)
BEFORE = "closes_before"


def shared_of(wish: Plan) -> dict[str, object]:
    """What every date has in common, as it is kept; the end of registration as minutes before."""
    closes = wish.registration_closes_at
    before = wish.starts - wall(closes, wish.zone) if closes else None
    kept = {name: getattr(wish, name) for name in SHARED}
    return {**kept, BEFORE: int(before.total_seconds() // 60) if before is not None else None}


def original_of(part: Part) -> datetime:
    """The original start of a date, a naive wall clock in the series' zone."""
    return datetime.fromisoformat(part.recurrence_id)


def wish_for(series: Series, original: datetime) -> Plan:
    """What a date nobody changed by hand stands for."""
    starts = original + series.shift
    kept = {name: series.shared[name] for name in SHARED if name in series.shared}
    return Plan(
        **kept, starts=starts, zone=series.zone, minutes=series.minutes,
        registration_closes_at=closing(series, starts),
    )  # fmt: skip


def closing(series: Series, starts: datetime) -> datetime | None:
    """When registration for a date with that shown start ends."""
    before = series.shared[BEFORE]
    return None if before is None else instant(starts - timedelta(minutes=before), series.zone)


def stamp(original: datetime) -> str:
    """An original start as it is kept."""
    return original.isoformat(timespec="minutes")


def add(
    series: Series, original: datetime, *, kind: Kind, organiser_id: int, state: str, at: datetime
) -> Event:
    """Insert one date with its part and the running order of its kind."""
    wish = wish_for(series, original)
    event = Event(
        kind=kind, organiser_id=organiser_id, created_at=at, slug=slug_for(wish.title),
        series=series, state=state, published_at=series.published_at,
    )  # fmt: skip
    write_event(event, wish, at=at)
    part = Part(event=event, uid=series.uid, recurrence_id=stamp(original))
    write_part(part, wish)
    fill_slots(part, kind)
    return event


def brought(
    part: Part, series: Series, *, names: Collection[str], typed: Plan | None
) -> tuple[Plan, list[str]]:
    """What a date becomes when `names` change for its series, and what stays by hand on it.

    Fields changed by hand before survive. `typed` is what was entered for this very date: it gets
    exactly that, and only what still differs from the series stays by hand.
    """
    event, wanted, present = part.event, wish_for(series, original_of(part)), None
    if typed is None:
        present = present_plan(event, part)
        taken = set(names) - set(event.by_hand)
        after = replace(present, **{name: getattr(wanted, name) for name in taken - {CLOSES}})
        kept = list(event.by_hand)
    else:
        own = typed.starts if "starts" in event.by_hand else wanted.starts
        after = replace(typed, starts=own)
        own_names = {*set(event.by_hand).difference(FIELDS), *different(after, wanted)}
        kept = [name for name in event.by_hand if name in own_names]
    if CLOSES not in kept and (present is None or {"starts", CLOSES} & set(names)):
        after = replace(after, registration_closes_at=closing(series, after.starts))
    return after, kept


def different(one: Plan, other: Plan) -> set[str]:
    """The names of FIELDS in which two wishes differ."""
    return {name for name in FIELDS if getattr(one, name) != getattr(other, name)}


def by_hand(event: Event, before: Plan, after: Plan) -> list[str]:
    """The names changed by hand on a date, those of an edit of it included."""
    return sorted({*event.by_hand, *different(before, after)})


def as_changes(before: Plan, after: Plan, names: Collection[str]) -> Mapping[str, object]:
    """Fields as [before, after], for the audit."""
    return {name: [str(getattr(before, name)), str(getattr(after, name))] for name in names}
