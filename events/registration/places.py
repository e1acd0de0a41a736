"""What letters about one person's place have in common, and its calendar entry."""

from datetime import datetime

from django.utils.translation import gettext as _

from events.invitations import entries, writer
from events.invitations.parts import CalendarPart
from events.notices.sheets import Action, Detail, Enclosed, Sheet
from events.registration import occasions, queries
from events.registration.models import PersonalLink, Registration, Way
from events.registration.occasions import Occasion
from events.registration.readers import Reader


def place_sheet(
    this: Occasion,
    reader: Reader,
    link: PersonalLink,
    row: Registration,
    *,
    subject: str,
    said: tuple[str, ...],
) -> Sheet:
    online = queries.way_in(this.part, row.way) == Way.ONLINE
    give_back = Action(
        _("Cannot come after all? Give your place back"), occasions.link_address(link, "no")
    )
    place = Action(_("Look at my place"), occasions.link_address(link))
    join = occasions.join_address(link, this.part) if online else ""
    buttons = (Action(_("Join online"), join), place) if join else (place,)
    dial_in = (
        (Detail(_("By phone, or with a code"), this.part.dial_in),)
        if online and this.part.dial_in
        else ()
    )
    missing = online and not this.part.join_url and this.part.cancelled_at is None
    later = (occasions.link_promised(this.part),) if missing else ()
    return Sheet(
        subject=subject,
        title=this.title,
        opening=(*occasions.for_whom(reader), give_back),
        said=said,
        details=(
            *occasions.details(this, way=queries.way_in(this.part, row.way)),
            *later,
            *dial_in,
        ),
        buttons=buttons,
        foot=occasions.foot(this),
    )


def request(this: Occasion, reader: Reader, row: Registration, *, at: datetime) -> Enclosed:
    """The calendar entry of one person's place; SEQUENCE counts the event's changes and theirs."""
    ics = writer.request(
        _entry(this, row), attendee_name=reader.address.name,
        attendee_address=reader.address.email, stamp=at,
    )  # fmt: skip
    return Enclosed(ics, "REQUEST")


def cancelled_entry(this: Occasion, reader: Reader, row: Registration, *, at: datetime) -> Enclosed:
    """Takes the entry out of one person's calendar again."""
    ics = writer.cancel(
        _entry(this, row), attendee_name=reader.address.name,
        attendee_address=reader.address.email, stamp=at,
    )  # fmt: skip
    return Enclosed(ics, "CANCEL")


def _entry(this: Occasion, row: Registration) -> CalendarPart:
    return entries.entry_of(
        this.event,
        this.part,
        raised=row.sequence,
        changed_at=row.changed_at,
        organiser_name=this.organiser.name,
        organiser_address=this.sender,
        online=queries.way_in(this.part, row.way) == Way.ONLINE,
    )
