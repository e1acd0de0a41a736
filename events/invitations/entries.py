"""Parts of events as calendar entries."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from events.backstage import addresses
from events.invitations.parts import CalendarPart, Status
from events.kernel.zones import instant, wall
from events.places.models import Venue
from events.programme import states
from events.programme.models import Event, Part

ALARM_MINUTES = 30


def place_of(venue: Venue | None) -> str:
    """A venue on one line: name, room, address."""
    if venue is None:
        return ""
    return ", ".join(piece for piece in (venue.name, venue.room, venue.address) if piece)


def way_in(part: Part) -> str:
    """The address that opens the online side of a part, fit for shared calendars; else nothing.

    Where the service has a door of its own (`/go/<part>`), calendars carry that and never the
    provider's address, so the meeting can be moved without a new mail.
    """
    if not part.join_url:
        return ""
    return addresses.absolute(addresses.first("go", args=(part.pk,))) or part.join_url


def entry_of(
    event: Event,
    part: Part,
    *,
    raised: int = 0,
    changed_at: datetime | None = None,
    organiser_name: str = "",
    organiser_address: str = "",
    online: bool = True,
    cancelled: bool = False,
) -> CalendarPart:
    """One part as a calendar entry: UID of the part, SEQUENCE of the part plus `raised`.

    `raised` is what one person's own changes add. `online=False` leaves the online side out, for
    somebody who comes to the room. The first line of the
    description is in the active language, the rest in the event's.
    """
    page = addresses.absolute(addresses.page_of(event.slug))
    over: bool = cancelled or event.state == states.CANCELLED or part.cancelled_at is not None
    status: Status = "CANCELLED" if over else "CONFIRMED"
    return CalendarPart(
        uid=part.uid,
        sequence=part.sequence + raised,
        summary=event.title,
        description=_description(event, page),
        start_local=part.wall,
        end_local=part.wall + timedelta(minutes=part.minutes),
        zone=part.zone,
        location=place_of(part.venue),
        url=page,
        join_url=way_in(part) if online else "",
        organizer_name=organiser_name,
        organizer_address=organiser_address,
        status=status,
        created_at=event.created_at,
        changed_at=max(event.changed_at, changed_at or event.changed_at),
        language=event.language,
        alarm_minutes=ALARM_MINUTES,
        recurrence_id=original_start(part, event.series.zone) if event.series else None,
    )


def original_start(part: Part, zone: str) -> datetime:
    """Which date of its series a part is: its original start, on the wall clock of its own zone."""
    start = datetime.fromisoformat(part.recurrence_id)
    return start if zone == part.zone else wall(instant(start, zone), part.zone)


def _description(event: Event, page: str) -> str:
    if event.state == states.CANCELLED:
        return event.cancel_reason
    give_back = _("To give your place back, open the mail about your place, or %(page)s") % {
        "page": page
    }
    return f"{give_back}\n\n{event.summary}".strip()
