"""How one edit reaches the dates of a series: written, dropped, inserted, carried over."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from events.backstage.commands import audit, record
from events.kernel.actors import Actor
from events.kernel.zones import instant
from events.programme import occurrences, scenes, states
from events.programme.commands import TOLD
from events.programme.facts import EventChanged, EventPublished
from events.programme.locked import set_end
from events.programme.models import Event, Part, Series
from events.programme.occurrences import original_of
from events.programme.plans import Plan, present_plan, write_event, write_part
from events.programme.recurrence import Repeat
from events.programme.scenes import LIVE, Scene

Was = tuple[int, str, str, str, int, int]


@dataclass
class Outcome:
    """What an edit did: the series the dates stand in now, and ids of events.

    `promised` are the changed ones that were published, `cancelled` the published ones of those
    that were `dropped`.
    """

    series: Series
    former: Series | None = None
    changed: list[int] = field(default_factory=list)
    inserted: list[int] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    promised: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """What moved on any promised date."""
        return tuple(sorted(self.moved))


@dataclass(frozen=True)
class Edit:
    """What was typed for the chosen date, how far that moves it, and which names it changes."""

    typed: Plan
    delta: timedelta
    names: frozenset[str]
    repeat: Repeat | None
    reason: str
    by: Actor
    at: datetime

    def minutes(self, row: Series) -> int:
        """How long the dates of the series last from now on."""
        return self.typed.minutes if "minutes" in self.names else row.minutes

    def for_all(self, row: Series) -> dict[str, object]:
        """What the dates of the series share from now on."""
        asked = occurrences.shared_of(self.typed)
        keys = self.names | ({occurrences.BEFORE} if occurrences.CLOSES in self.names else set())
        return {**row.shared, **{key: asked[key] for key in keys if key in asked}}


def carry_over(
    scene: Scene, edit: Edit, outcome: Outcome, cut: datetime, pairs: dict[datetime, datetime]
) -> list[Was]:
    """Give the k-th remaining date of the old rule the k-th start of the new one.

    Returns what calendars know of the promised ones. Dates without a counterpart are cancelled and
    stay in the old series, as do those that have begun.
    """
    was: list[Was] = []
    for part in scene.coming(at=edit.at):
        original = original_of(part)
        if original in pairs:
            was += [_known(part)] if part.event.state == states.PUBLISHED else []
            _take_over(part, outcome.series, pairs[original])
            bring(part, outcome.series, scene, edit, outcome)
        elif original >= cut:
            drop(part, edit, outcome)
    return was


def _take_over(part: Part, row: Series, original: datetime) -> None:
    part.uid, part.recurrence_id = row.uid, occurrences.stamp(original)
    part.event.series = row
    part.sequence += 1


def _known(part: Part) -> Was:
    return (
        part.event_id, part.recurrence_id, part.starts_wall, part.zone, part.minutes, part.sequence,
    )  # fmt: skip


def bring(part: Part, row: Series, scene: Scene, edit: Edit, outcome: Outcome) -> None:
    """Write on one date what changed, except what was changed by hand on it."""
    event = part.event
    if event.state not in LIVE:
        part.save(update_fields=["uid", "recurrence_id", "sequence"])
        event.save(update_fields=["series"])
        return
    before = present_plan(event, part)
    typed = edit.typed if part.pk == scene.chosen.pk else None
    after, event.by_hand = occurrences.brought(part, row, names=_names(edit, outcome), typed=typed)
    moved = tuple(name for name in TOLD if getattr(before, name) != getattr(after, name))
    write_event(event, after, at=edit.at)
    part.sequence += bool(moved)
    write_part(part, after)
    audit("event_changed", by=edit.by, at=edit.at, thing="event", thing_id=event.pk,
          changes=dict(occurrences.as_changes(before, after, moved)))  # fmt: skip
    outcome.changed.append(event.pk)
    if event.state == states.PUBLISHED:
        outcome.promised.append(event.pk)
        _tell_moved(part, moved, edit, outcome)


def _tell_moved(part: Part, moved: tuple[str, ...], edit: Edit, outcome: Outcome) -> None:
    outcome.moved.update(moved)
    if moved:
        set_end(part)
        fact = EventChanged(
            part.event_id, part.sequence, moved, part_id=part.pk, series_id=outcome.series.pk
        )
        record(fact, at=edit.at)


def _names(edit: Edit, outcome: Outcome) -> frozenset[str]:
    return edit.names | frozenset(["starts"] if outcome.former is not None else [])


def drop(part: Part, edit: Edit, outcome: Outcome) -> None:
    """Cancel a date for which the new rule has no place."""
    if part.event.state not in LIVE:
        return
    outcome.dropped.append(part.event_id)
    if scenes.call_off(part.event, reason=edit.reason, by=edit.by, at=edit.at):
        outcome.cancelled.append(part.event_id)


def insert(
    row: Series, starts: Sequence[datetime], scene: Scene, edit: Edit, outcome: Outcome
) -> None:
    """Make the dates that are missing, promised when the series is."""
    chosen = scene.chosen.event
    state = states.PUBLISHED if row.published_at else states.DRAFT
    for start in starts:
        if instant(start + row.shift, row.zone) <= edit.at:
            continue
        event = occurrences.add(
            row, start, kind=chosen.kind, organiser_id=chosen.organiser_id, state=state, at=edit.at
        )
        outcome.inserted.append(event.pk)
        if state == states.PUBLISHED:
            _promised(event, row, at=edit.at)


def _promised(event: Event, row: Series, *, at: datetime) -> None:
    for part in event.parts.all():
        set_end(part)
    record(EventPublished(event_id=event.pk, series_id=row.pk), at=at)
