"""Events and their parts as the API answers them."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import prefetch_related_objects

from events.interface.shapes import Moment, Shape, link
from events.kernel.actors import Actor
from events.places.models import Venue
from events.programme import policies
from events.programme.models import Event, Part, Slot


class Someone(Shape):
    """A person by id and name."""

    id: int
    name: str


class VenueShape(Shape):
    """Where people meet."""

    id: int
    name: str
    room: str
    address: str
    access: str


class PartShape(Shape):
    """What happens at a time and place; link and phone line only for those who run the event."""

    id: int
    order: int
    starts: Moment
    ends: Moment
    minutes: int
    mode: str
    venue: VenueShape | None
    uid: str
    sequence: int
    cancelled_at: datetime | None
    cancel_reason: str
    join_url: str | None
    dial_in: str | None
    links: dict[str, str]


class EventShape(Shape):
    """An event with its parts. States: draft, published, cancelled, closed."""

    id: int
    slug: str
    kind: str
    title: str
    summary: str
    language: str
    state: str
    audience: str
    country: str
    cluster_id: int | None
    programme_id: int | None
    host_school_id: int | None
    community_id: int | None
    series_id: int | None
    organiser: Someone
    certificate: bool
    recorded: bool
    starts: Moment
    ends: Moment
    registration_closes_at: datetime | None
    published_at: datetime | None
    changed_at: datetime
    cancel_reason: str
    parts: list[PartShape]
    links: dict[str, str]


class SlotShape(Shape):
    """A piece of the running order; without a presenter it is open or a break."""

    form: str
    minutes: int
    title: str
    presenter: Someone | None
    online: bool


RELATED = ("kind", "country", "organiser", "parts__venue")


def events(rows: Sequence[Event], *, by: Actor) -> list[EventShape]:
    """Events as a reader may see them; a constant number of queries for any number of rows."""
    prefetch_related_objects(list(rows), *RELATED)
    return [event(row, by=by) for row in rows]


def event(row: Event, *, by: Actor) -> EventShape:
    """One event as a reader may see it."""
    runs = policies.may_run(by, row)
    parts = list(row.parts.all())
    zone = parts[0].zone
    return EventShape(
        id=row.pk, slug=row.slug, kind=row.kind.code, title=row.title, summary=row.summary,
        language=row.language, state=row.state, audience=row.audience, country=row.country.code,
        cluster_id=row.cluster_id, programme_id=row.programme_id,
        host_school_id=row.host_school_id, community_id=row.community_id, series_id=row.series_id,
        organiser=Someone(id=row.organiser.pk, name=row.organiser.name),
        certificate=row.certificate, recorded=row.recorded, starts=Moment.of(row.starts_at, zone),
        ends=Moment.of(row.ends_at, zone), registration_closes_at=row.registration_closes_at,
        published_at=row.published_at, changed_at=row.changed_at, cancel_reason=row.cancel_reason,
        parts=[_part(one, row, runs=runs) for one in parts], links=_links(row),
    )  # fmt: skip


def _part(row: Part, event: Event, *, runs: bool) -> PartShape:
    return PartShape(
        id=row.pk, order=row.order, starts=Moment.of(row.starts_at, row.zone),
        ends=Moment.of(row.ends_at, row.zone), minutes=row.minutes, mode=row.mode,
        venue=venue(row.venue) if row.venue else None, uid=row.uid, sequence=row.sequence,
        cancelled_at=row.cancelled_at, cancel_reason=row.cancel_reason,
        join_url=row.join_url if runs else None, dial_in=row.dial_in if runs else None,
        links={"running_order": link("events", event.pk, "parts", row.pk, "running-order")},
    )  # fmt: skip


def venue(row: Venue) -> VenueShape:
    """One venue."""
    return VenueShape(
        id=row.pk, name=row.name, room=row.room, address=row.address, access=row.access
    )


def _links(row: Event) -> dict[str, str]:
    own = link("events", row.pk)
    names = ("places", "registration", "registrations", "board", "certificates")
    return {
        "self": own,
        "page": f"/events/{row.slug}/",
        **{name: f"{own}/{name}" for name in names},
    }


def slot(row: Slot) -> SlotShape:
    """One piece of a running order."""
    who = row.presenter
    return SlotShape(
        form=row.form, minutes=row.minutes, title=row.title,
        presenter=Someone(id=who.pk, name=who.name) if who else None, online=row.online,
    )  # fmt: skip
