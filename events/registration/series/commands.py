"""Take places on several dates of a series at once."""

import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from events.backstage.commands import record
from events.kernel.actors import Actor
from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop
from events.programme import seriesdates, states
from events.programme.models import Part
from events.registration import commands, links, queries
from events.registration.models import Registration
from events.registration.series.facts import SeriesJoined


class NoDatesChosen(BadInput):
    """Nothing was ticked."""

    code = "no_dates_chosen"
    sentence = gettext_noop("Tick at least one date.")


@transaction.atomic
def register(
    series_id: int, *, event_ids: Collection[int], person_id: int, way: str, by: Actor, at: datetime
) -> list[Registration]:
    """Give a person places (or waiting numbers) on dates of one series, told in one receipt.

    Where a date is not offered that way, its own way is taken; what the person holds already stays
    as it is. Dates of another series, and those that are closed for registration, are left out.
    Raises NoDatesChosen, and what `commands.register` raises.
    """
    chosen = _chosen(series_id, event_ids, person_id=person_id, way=way, at=at)
    if not chosen:
        raise NoDatesChosen
    commands.lock_pools(chosen)
    rows = [
        commands.register(pk, person_id=person_id, way=offered, by=by, at=at, together=True)
        for pk, offered in chosen.items()
    ]
    for pk in chosen:
        links.link_for(event_id=pk, person_id=person_id, at=at)
    fact = SeriesJoined(series_id, person_id, tuple(row.pk for row in rows), secrets.token_hex(8))
    record(fact, at=at)
    return rows


@transaction.atomic
def register_across(
    dates: Mapping[int, int], *, person_id: int, way: str, by: Actor, at: datetime
) -> list[Registration]:
    """The same for dates of several series that follow each other; `dates` maps events to series.

    Each series has its own receipt. Raises NoDatesChosen when nothing is left to take.
    """
    rows: list[Registration] = []
    for series_id in sorted(set(dates.values())):
        ids = [event_id for event_id, of in dates.items() if of == series_id]
        with suppress(NoDatesChosen):
            rows += register(series_id, event_ids=ids, person_id=person_id, way=way, by=by, at=at)
    if not rows:
        raise NoDatesChosen
    return rows


def _chosen(
    series_id: int, event_ids: Collection[int], *, person_id: int, way: str, at: datetime
) -> dict[int, str]:
    """The way of each date that is new to the person and can be had, by id."""
    held = queries.held_of(person_id, event_ids)
    dates = [
        part
        for part in seriesdates.dates_for_work(series_id)
        if part.event_id in event_ids and part.event_id not in held and dates_open(part, at=at)
    ]
    return {part.event_id: _offered(part.mode, way) for part in sorted(dates, key=_by_event)}


def _by_event(part: Part) -> int:
    return part.event_id


def dates_open(part: Part, *, at: datetime) -> bool:
    """Whether one can still register for a date."""
    closes = part.event.registration_closes_at or part.event.ends_at
    return part.event.state == states.PUBLISHED and at < min(closes, part.event.ends_at)


def _offered(mode: str, way: str) -> str:
    return way if way in commands.WAYS[mode] else commands.WAYS[mode][0]
