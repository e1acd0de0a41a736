"""Say who somebody in a report is. Similar names are suggested, only a person decides."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.presence import commands, finding, policies, queries, remembering
from attendance.presence.evidence import Mode
from attendance.presence.matching import Kind
from attendance.presence.models import SightingRow
from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.programme import queries as programme
from events.registration import commands as registration
from events.registration import queries as registered

if TYPE_CHECKING:
    from events.programme.models import Event


def _keeping(event_id: int, *, by: Actor) -> "Event":
    event = programme.seen(event_id, by=by)
    policies.require_may_keep(by, event)
    commands.lock(event_id)
    return event


def _rows(event_id: int, row_id: int) -> list[SightingRow]:
    """All rows of the person of a report that one row stands for; raises Missing."""
    rows = SightingRow.objects.filter(event_id=event_id, withdrawn_at__isnull=True)
    one = rows.filter(pk=row_id, source=SightingRow.Source.REPORT).first()
    if one is None:
        raise Missing
    return list(rows.filter(report_id=one.report_id, seen_key=one.seen_key).order_by("pk"))


def _set(
    rows: Iterable[SightingRow], person_id: int | None, how: str, *, by: Actor, at: datetime
) -> None:
    found = list(rows)
    SightingRow.objects.filter(pk__in=[row.pk for row in found]).update(
        person_id=person_id, matched_by=how
    )
    remembering.note(found[0], person_id, by=by, at=at)
    audit("sighting_named", by=by, at=at, thing="event", thing_id=found[0].event_id,
          changes={"sighting": [None, found[0].pk], "person": [found[0].person_id, person_id],
                   "how": [found[0].matched_by, how]})  # fmt: skip


@transaction.atomic
def match(event_id: int, row_id: int, *, person_id: int, by: Actor, at: datetime) -> None:
    """Say that somebody in a report is this person; one without a place is registered, online."""
    event = _keeping(event_id, by=by)
    rows = _rows(event_id, row_id)
    if person_id not in {entry.person_id for entry in registered.roster(event_id)}:
        _register(event, person_id, by=by, at=at)
    _set(rows, person_id, finding.BY_HAND, by=by, at=at)
    commands.judge_again(event_id, by=by, at=at)


def _register(event: "Event", person_id: int, *, by: Actor, at: datetime) -> None:
    """Whoever was in the meeting is taken in like a walk-in; only people the event invites."""
    if not registered.audience_of(event, on=at).filter(pk=person_id).exists():
        raise commands.NotOnRoster
    ways = {place.way for place in registered.places_of(event.pk)}
    way = Mode.ONLINE if Mode.ONLINE in ways else Mode.ROOM
    registration.register(event.pk, person_id=person_id, way=way, by=by, at=at, walk_in=True)


@transaction.atomic
def match_exact_names(event_id: int, *, by: Actor, at: datetime) -> int:
    """Match everybody whose whole name is that of exactly one registered person; returns how many."""
    event = _keeping(event_id, by=by)
    waiting = [
        rows
        for rows in finding.groups(queries.unmatched(event_id))
        if rows[0].matched_by != finding.STRANGER
    ]
    certain = finding.exact(event_id, waiting, finding.Crowd(event, at=at))
    for rows in waiting:
        if choice := certain.get(rows[0].pk):
            _set(rows, choice.person_id, Kind.EXACT_NAME.value, by=by, at=at)
    if certain:
        commands.judge_again(event_id, by=by, at=at)
    return len(certain)


@transaction.atomic
def set_aside(event_id: int, row_id: int, *, by: Actor, at: datetime) -> None:
    """Say that somebody in a report is not one of ours; the record stays and counts for nobody."""
    _keeping(event_id, by=by)
    _set(_rows(event_id, row_id), None, finding.STRANGER, by=by, at=at)
    commands.judge_again(event_id, by=by, at=at)


@transaction.atomic
def forget(event_id: int, row_id: int, *, by: Actor, at: datetime) -> None:
    """Undo a match or a setting aside: the person of the report waits to be named again."""
    _keeping(event_id, by=by)
    _set(_rows(event_id, row_id), None, "", by=by, at=at)
    commands.judge_again(event_id, by=by, at=at)
