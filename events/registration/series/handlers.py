"""What follows from facts about series: letters. Handlers read the present."""

from datetime import datetime, timedelta

from events.backstage import jobs, post
from events.kernel.actors import Actor
from events.people import queries as people
from events.people.models import Person
from events.programme import commands as programme
from events.programme.facts import (
    SeriesCancelled,
    SeriesChanged,
    SeriesPublished,
    SeriesSplit,
)
from events.programme.models import Event, Series
from events.registration import occasions
from events.registration import readers as everybody
from events.registration.models import Registration
from events.registration.series import calendars, letters, readers
from events.registration.series.facts import SeriesJoined

REGISTERED, WAITING = Registration.State.REGISTERED, Registration.State.WAITING


def invite_audience(fact: SeriesPublished, *, at: datetime) -> None:
    """Start inviting to a series, unless publishing was undone."""
    row = Series.objects.get(pk=fact.series_id)
    since = row.published_at
    if since is None or at < since + timedelta(seconds=programme.UNDO_SECONDS):
        return
    parts = readers.coming(row, at=at)
    if not parts:
        return
    jobs.start(
        "invite_series", key=f"{row.pk}", params={"series_id": row.pk},
        by=Actor(person_id=parts[0].event.organiser_id), at=at,
        total=readers.to_invite(row, at=at).count(),
    )  # fmt: skip


def tell_change(fact: SeriesChanged, *, at: datetime) -> None:
    """Start telling everybody with a date that changed."""
    params = {"event_ids": list(fact.event_ids), "cancelled": list(fact.cancelled)}
    _start(fact.series_id, fact.sequence, params, at=at)


def tell_split(fact: SeriesSplit, *, at: datetime) -> None:
    """Start telling everybody whose dates went over to a new series."""
    params = {
        "event_ids": [item[0] for item in fact.was], "cancelled": list(fact.cancelled),
        "was": [list(item) for item in fact.was], "former_id": fact.former_id,
    }  # fmt: skip
    _start(fact.series_id, fact.sequence, params, at=at)


def tell_cancellation(fact: SeriesCancelled, *, at: datetime) -> None:
    """Hold back invitations to what no longer takes place, and tell who has a place or waits."""
    row = Series.objects.get(pk=fact.series_id)
    if not readers.coming(row, at=at):
        post.withdraw(letters.invitation_purpose(row.pk))
    params: dict[str, list[object]] = {"event_ids": [], "cancelled": list(fact.event_ids)}
    _start(fact.series_id, fact.sequence, params, at=at)


def _start(series_id: int, sequence: int, params: object, *, at: datetime) -> None:
    if not isinstance(params, dict):
        raise TypeError
    row = Series.objects.get(pk=series_id)
    ids = [*params["event_ids"], *params["cancelled"]]
    organiser = Event.objects.filter(pk__in=ids).values_list("organiser_id", flat=True).first()
    values = {**params, "series_id": row.pk, "sequence": sequence, "before": at.isoformat()}
    jobs.start(
        "tell_series", key=f"{row.pk}:{sequence}", params=values, by=Actor(person_id=organiser),
        at=at, total=None,
    )  # fmt: skip


def confirm(fact: SeriesJoined, *, at: datetime) -> None:
    """Send one receipt for all dates somebody asked for at once."""
    person = Person.objects.get(pk=fact.person_id)
    rows = list(
        calendars.with_parts(Registration.objects.filter(pk__in=list(fact.registration_ids)))
    )
    held = [one for one in rows if one.state in {REGISTERED, WAITING}]
    if not held or not people.address(person).reachable:
        return
    reader = everybody.reader(person)
    row = Series.objects.get(pk=held[0].event.series_id or fact.series_id)
    told = readers.told(row, reader, held[0].event_id, at=at)
    with occasions.speaking_to(reader):
        enclosed = calendars.request(row, reader, told.this, at=at)
        taken, waiting = (
            readers.parts_of([one for one in held if one.state == state])
            for state in (REGISTERED, WAITING)
        )
        post.queue(letters.receipt(told, taken, waiting, enclosed, key=fact.key), at=at)
