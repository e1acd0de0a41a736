"""What follows for schools from facts about visits. Handlers read the present."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import translation

from events.backstage import post
from events.notices import sheets
from events.people.queries import Address
from events.programme import commands as programme
from events.programme import queries as programmes
from events.programme import states
from events.programme.facts import EventCancelled, EventChanged, EventPublished
from events.programme.models import Event, VisitingSchool
from events.registration import occasions
from events.registration import queries as registration
from events.visits import letters, queries
from events.visits.facts import VisitorsChanged


def tell_schools(fact: EventPublished | VisitorsChanged, *, at: datetime) -> None:
    """Ask the visiting schools to choose who comes, and tell the host; each is told once."""
    event = _promised(fact.event_id, at=at)
    if event is None:
        return
    this, rows = occasions.occasion(event.pk), _visiting(event)
    for row in rows:
        for to in queries.escorts_of(event, row.school_id, at=at):
            with translation.override(sheets.tongue(to.language)):
                post.queue(letters.invited(this, to, row), at=at)
    if not (rows or event.kind.is_visit):
        return
    for to in queries.hosts_of(event, at=at):
        with translation.override(sheets.tongue(to.language)):
            post.queue(letters.hosting(this, to, [row.school.name for row in rows]), at=at)


def tell_change(fact: EventChanged, *, at: datetime) -> None:
    """Tell schools what moved; who has a place hears it in the mail about the place."""
    event = _promised(fact.event_id, at=at)
    if event is None or not _is_visit(event):
        return
    this = occasions.occasion(event.pk)
    if fact.part_id and (len(this.parts) > 1 or "cancelled" in fact.moved):
        this = occasions.about(this, programmes.part_for_work(fact.part_id))
    for to, host in _told(event, at=at):
        with translation.override(sheets.tongue(to.language)):
            post.queue(letters.changed(this, to, fact.moved, was=fact.was, host=host), at=at)


def tell_cancellation(fact: EventCancelled, *, at: datetime) -> None:
    """Tell schools that the visit will not take place."""
    event = programmes.event_for_work(fact.event_id)
    if event.state != states.CANCELLED or at >= event.ends_at or not _is_visit(event):
        return
    post.withdraw(f"visit-invited:{event.pk}:")
    this = occasions.occasion(event.pk)
    for to, host in _told(event, at=at):
        with translation.override(sheets.tongue(to.language)):
            post.queue(letters.called_off(this, to, host=host), at=at)


def _promised(event_id: int, *, at: datetime) -> Event | None:
    """The event while it is published, not over, and past the ten seconds of undo."""
    event = programmes.event_for_work(event_id)
    if event.state != states.PUBLISHED or event.published_at is None or at >= event.ends_at:
        return None
    settled = at >= event.published_at + timedelta(seconds=programme.UNDO_SECONDS)
    return event if settled else None


def _is_visit(event: Event) -> bool:
    return bool(event.visitors) or event.kind.is_visit


def _visiting(event: Event) -> list[VisitingSchool]:
    rows = VisitingSchool.objects.filter(event=event).select_related("school")
    return list(rows.order_by("school__sort_key", "pk"))


def _told(event: Event, *, at: datetime) -> Iterator[tuple[Address, bool]]:
    """Who is told for a school and has no place: hosts first; the flag says which."""
    placed = set(registration.holding(event.pk).values_list("person_id", flat=True))
    hosts = queries.hosts_of(event, at=at)
    escorts = [to for pk in event.visitors for to in queries.escorts_of(event, pk, at=at)]
    seen: set[int] = set(placed)
    for to, host in [*((to, True) for to in hosts), *((to, False) for to in escorts)]:
        if to.person_id not in seen:
            seen.add(to.person_id)
            yield to, host
