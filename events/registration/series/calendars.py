"""What somebody holds of a series, as one calendar object."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from events.invitations import entries, seriesentries, writer
from events.invitations.parts import CalendarPart, CalendarSeries
from events.invitations.seriesentries import Held
from events.notices.sheets import NOTHING_ENCLOSED, Enclosed
from events.programme import states
from events.programme.models import Part, Series
from events.registration import queries
from events.registration.models import Registration, Way
from events.registration.occasions import Occasion
from events.registration.readers import Reader

State = Registration.State


def rows_of(row: Series, reader: Reader) -> list[Registration]:
    """A reader's places on the dates of a series, those of who shares the mailbox included.

    In a shared mailbox one entry stands for all colleagues.
    """
    mine = Q(person_id=reader.address.person_id)
    if reader.shared:
        mine |= Q(person__email=reader.address.email, person__is_active=True)
    found = with_parts(Registration.objects.filter(mine, event__series=row, state=State.REGISTERED))
    return list(found.exclude(event__state__in=(states.CANCELLED, states.DRAFT)))


def with_parts(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """The registrations with all that an entry needs, in the order the dates take place."""
    parts = Part.objects.select_related("venue")
    return (
        rows.select_related("event", "event__kind", "event__series", "event__host_school", "pool")
        .prefetch_related(Prefetch("event__parts", queryset=parts))
        .order_by("event__starts_at", "pk")
    )


def part_of(registration: Registration) -> Part:
    """The one part of a date."""
    part: Part = registration.event.parts.all()[0]
    part.event = registration.event
    return part


def entry_of(registration: Registration, this: Occasion | None = None) -> CalendarPart:
    """The entry of one date."""
    part = part_of(registration)
    gone = registration.state == State.CANCELLED
    return entries.entry_of(
        registration.event,
        part,
        raised=registration.sequence,
        changed_at=registration.changed_at,
        organiser_name=this.organiser.name if this else "",
        organiser_address=this.sender if this else "",
        online=queries.way_in(part, registration.way) == Way.ONLINE,
        cancelled=gone,
    )


def series_of(
    row: Series, rows: Sequence[Registration], this: Occasion | None = None
) -> CalendarSeries:
    """The dates of some registrations as one object."""
    held: Held = [(part_of(one), entry_of(one, this)) for one in rows]
    return seriesentries.series_of(
        row,
        held,
        organiser_name=this.organiser.name if this else "",
        organiser_address=this.sender if this else "",
        online=any(one.way == Way.ONLINE for one in rows),
    )


def request(row: Series, reader: Reader, this: Occasion, *, at: datetime) -> Enclosed:
    """An iTIP REQUEST with everything a reader holds in a series; nothing if that is nothing."""
    rows = rows_of(row, reader)
    if not rows:
        return NOTHING_ENCLOSED
    ics = writer.request(
        series_of(row, rows, this), attendee_name=reader.address.name,
        attendee_address=reader.address.email, stamp=at,
    )  # fmt: skip
    return Enclosed(ics, "REQUEST")


def gone(entries_: Sequence[CalendarPart], reader: Reader, *, at: datetime) -> Enclosed:
    """One iTIP CANCEL for several dates; nothing if there is none."""
    if not entries_:
        return NOTHING_ENCLOSED
    ics = writer.cancel_dates(
        entries_, attendee_name=reader.address.name, attendee_address=reader.address.email,
        stamp=at,
    )  # fmt: skip
    return Enclosed(ics, "CANCEL")


def by_series(rows: Iterable[Registration]) -> Mapping[Series | None, list[Registration]]:
    """Registrations by series, those of single events under None."""
    found: dict[Series | None, list[Registration]] = {}
    for one in rows:
        found.setdefault(one.event.series, []).append(one)
    return found
