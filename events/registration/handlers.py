"""What follows from facts about events and places: letters. Handlers read the present."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from events.backstage import jobs, post
from events.backstage.models import Letter
from events.kernel.actors import Actor
from events.notices import sheets
from events.people import queries as people
from events.programme import commands as programme
from events.programme import queries as programmes
from events.programme import states
from events.programme.facts import EventCancelled, EventChanged, EventPublished
from events.programme.models import Event
from events.registration import (
    changes,
    drawn,
    further,
    letters,
    links,
    occasions,
    places,
    queries,
    readers,
)
from events.registration.facts import ModeSwitched, Registered, RegistrationCancelled, Waitlisted
from events.registration.models import PersonalLink, Registration
from events.registration.occasions import Occasion
from events.registration.readers import Reader

State = Registration.State


def invite_audience(fact: EventPublished, *, at: datetime) -> None:
    """Start inviting, unless publishing was undone; publishing anew starts its own ten seconds."""
    event = _standing(fact.event_id, at=at) if fact.series_id is None else None
    if event is None or event.published_at is None:
        return
    if at < event.published_at + timedelta(seconds=programme.UNDO_SECONDS):
        return
    total = readers.to_invite(event, at=at).count()
    _start("invite_audience", event, key=f"{event.pk}", params={}, total=total, at=at)


def tell_change(fact: EventChanged, *, at: datetime) -> None:
    """Start telling everybody with a place or a wait what changed."""
    event = _standing(fact.event_id, at=at) if fact.series_id is None else None
    if event is None:
        return
    params = {
        "sequence": fact.sequence, "moved": list(fact.moved), "part_id": fact.part_id,
        "was": list(fact.was),
    }  # fmt: skip
    count = queries.holding(event.pk).count()
    key = f"{event.pk}:{fact.part_id}:{fact.sequence}"
    _start("tell_change", event, key=key, params=params, total=count, at=at)


def tell_cancellation(fact: EventCancelled, *, at: datetime) -> None:
    """Hold invitations back that have not left, and start telling who has a place or waits."""
    event = Event.objects.filter(pk=fact.event_id, state=states.CANCELLED).first()
    if event is None or fact.series_id is not None or at >= event.ends_at:
        return
    post.withdraw(f"invite:{event.pk}:")
    invited = readers.invited_only(event, changes.cancel_purpose(event.pk)).count()
    _start(
        "tell_cancellation",
        event,
        key=f"{event.pk}",
        params={},
        total=queries.holding(event.pk).count() + invited,
        at=at,
    )


def _standing(event_id: int, *, at: datetime) -> Event | None:
    """The event if it is published and not over."""
    return Event.objects.filter(pk=event_id, state=states.PUBLISHED, ends_at__gt=at).first()


def _start(
    kind: str, event: Event, *, key: str, params: dict[str, object], total: int, at: datetime
) -> None:
    by = Actor(person_id=event.organiser_id)
    jobs.start(kind, key=key, params={"event_id": event.pk, **params}, by=by, at=at, total=total)


def confirm_place(fact: Registered | ModeSwitched, *, at: datetime) -> None:
    """Send the receipt of a place with its calendar entry."""
    if isinstance(fact, Registered) and fact.together:
        return
    if (found := _scene(fact.registration_id, State.REGISTERED, at=at)) is None:
        if isinstance(fact, Registered):
            drawn.tell_keepers(fact.registration_id, at=at)
        return
    this, reader, link, row = found
    with occasions.speaking_to(reader):
        post.queue(letters.receipt(this, reader, link, row, news=_news(fact, row), at=at), at=at)
        further.enter(this, reader, row, at=at)


def _news(fact: Registered | ModeSwitched, row: Registration) -> str:
    if isinstance(fact, ModeSwitched):
        return "switched"
    waited = Letter.objects.filter(purpose=letters.wait_purpose(row)).exists()
    return "drawn_in" if waited else "registered"


def confirm_wait(fact: Waitlisted, *, at: datetime) -> None:
    """Say where somebody stands in the waiting list."""
    if fact.together or (found := _scene(fact.registration_id, State.WAITING, at=at)) is None:
        return
    this, reader, link, row = found
    with occasions.speaking_to(reader):
        post.queue(letters.waiting(this, reader, link, row, queries.position_of(row)), at=at)


def confirm_return(fact: RegistrationCancelled, *, at: datetime) -> None:
    """Confirm that a place was given back; clears the calendar if an entry was sent.

    Also where the event was called off meanwhile: that is told only to those who hold a place.
    """
    in_force = (states.PUBLISHED, states.CANCELLED)
    if (found := _scene(fact.registration_id, State.CANCELLED, at=at, in_force=in_force)) is None:
        return
    this, reader, link, row = found
    with occasions.speaking_to(reader):
        entered = _has_entry(row, reader)
        enclosed = (
            places.cancelled_entry(this, reader, row, at=at) if entered else sheets.NOTHING_ENCLOSED
        )
        post.queue(letters.given_back(this, reader, link, row, enclosed), at=at)
        if entered:
            further.clear(this, reader, row, letters.place_purpose(row), at=at)
            off = programmes.called_off_parts(this.event.pk, after=at)
            further.clear_called_off(this, off, reader, row, at=at)


def _scene(
    registration_id: int,
    state: str,
    *,
    at: datetime,
    in_force: Collection[str] = (states.PUBLISHED,),
) -> tuple[Occasion, Reader, PersonalLink, Registration] | None:
    """All a letter about a place needs; None when the present no longer calls for it."""
    row = queries.registration_for_work(registration_id)
    over = row.event.state not in in_force or at >= row.event.ends_at
    if over or row.state != state or not people.address(row.person).reachable:
        return None
    link = links.link_for(event_id=row.event_id, person_id=row.person_id, at=at)
    return occasions.occasion(row.event_id), readers.reader(row.person), link, row


def _has_entry(row: Registration, reader: Reader) -> bool:
    """Whether a calendar holds an entry that is this person's alone.

    In a shared mailbox one entry stands for all colleagues, so it stays while one of them goes.
    """
    if reader.shared and queries.holding(row.event_id).filter(
        person__email=reader.address.email, state=State.REGISTERED
    ).exists():  # fmt: skip
        return False
    # One receipt may have told of many dates of a series.
    told_of = Event.objects.filter(Q(pk=row.event_id) | Q(series__events=row.event_id))
    return Letter.objects.filter(
        event_id__in=told_of.values("pk"), person_id=row.person_id, ics_method="REQUEST"
    ).exists()
