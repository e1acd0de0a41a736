"""What mails about an event and a place say, each in its reader's language.

Callers queue what these functions return. Texts follow the present: a letter made late says what
is true then.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.backstage import addresses
from events.backstage.post import Draft
from events.notices.sheets import Action, Enclosed, Quote, Sheet
from events.people.models import Person
from events.registration import links, occasions, readers
from events.registration.models import PersonalLink, Registration, Way
from events.registration.occasions import Occasion
from events.registration.places import place_sheet, request
from events.registration.readers import Reader


def invitation(this: Occasion, reader: Reader, link: PersonalLink) -> Draft:
    """Asks somebody to come; a button for each way, no calendar part (nothing is agreed yet)."""
    ways = (Way.ROOM, Way.ONLINE) if this.part.mode == "hybrid" else (this.part.mode,)
    labels = {Way.ROOM: _("I come in person"), Way.ONLINE: _("I join online")}
    page = addresses.absolute(links.programme_of(link))
    said = _("You are invited by: %(name)s") % {"name": this.organiser.name}
    sheet = Sheet(
        subject=_("Invitation: %(title)s, %(day)s")
        % {"title": this.event.title, "day": occasions.day(this.part)},
        title=this.title,
        opening=occasions.for_whom(reader),
        said=(said,),
        quote=Quote(this.event.summary, this.event.language) if this.event.summary else None,
        details=occasions.details(this),
        buttons=tuple(Action(labels[Way(way)], occasions.link_address(link, way)) for way in ways),
        links=(
            Action(_("I cannot come"), occasions.link_address(link, "no")),
            Action(_("Look at the programme"), page),
        ),
        foot=occasions.foot(this),
    )
    purpose = readers.purpose_of_invitation(this.event.pk, reader.address.person_id)
    return occasions.drafted(this, reader, sheet, purpose=purpose, kind="invitation")


def receipt(
    this: Occasion,
    reader: Reader,
    link: PersonalLink,
    row: Registration,
    *,
    news: str,
    at: datetime,
) -> Draft:
    """Says that somebody has a place, with the calendar entry (iTIP REQUEST).

    `news` is `registered`, `switched` or `drawn_in` (a place became free for who waited).
    """
    subjects = {
        "registered": _("You are registered: %(title)s, %(day)s"),
        "drawn_in": _("A place is free and yours: %(title)s, %(day)s"),
        "switched": _("Now online: %(title)s, %(day)s")
        if row.way == Way.ONLINE
        else _("Now in the room: %(title)s, %(day)s"),
    }
    subject = subjects[news] % {"title": this.event.title, "day": occasions.day(this.part)}
    drawn_in = (_("A place became free, and it is yours."),) if news == "drawn_in" else ()
    said = (*drawn_in, _taking_part(row))
    sheet = place_sheet(this, reader, link, row, subject=subject, said=said)
    enclosed = request(this, reader, row, at=at)
    return occasions.drafted(
        this,
        reader,
        sheet,
        purpose=place_purpose(row),
        kind="receipt",
        enclosed=enclosed,
    )


def _taking_part(row: Registration) -> str:
    if row.way == Way.ONLINE:
        return _("You are registered, online. The attached entry puts it into your calendar.")
    return _("You are registered, in the room. The attached entry puts it into your calendar.")


def place_purpose(row: Registration) -> str:
    """What names the letter about a place as it is now."""
    return f"place:{row.pk}:{row.sequence}"


def waiting(
    this: Occasion, reader: Reader, link: PersonalLink, row: Registration, position: int
) -> Draft:
    """Says where somebody stands in the waiting list; nothing for the calendar."""
    named = {"title": this.event.title, "day": occasions.day(this.part)}
    said = {
        Way.ROOM: _("You are number %(number)s on the waiting list for the room."),
        Way.ONLINE: _("You are number %(number)s on the waiting list for joining online."),
    }[Way(row.way)] % {"number": position}
    sheet = Sheet(
        subject=_("On the waiting list: %(title)s, %(day)s") % named,
        title=this.title,
        opening=occasions.for_whom(reader),
        said=(said, _("When a place becomes free it is yours, and we write to you at once.")),
        details=occasions.details(this, way=row.way),
        buttons=(Action(_("Look at my place"), occasions.link_address(link)),),
        links=(Action(_("Leave the waiting list"), occasions.link_address(link, "no")),),
        foot=occasions.foot(this),
    )
    return occasions.drafted(this, reader, sheet, purpose=wait_purpose(row), kind="waiting")


def wait_purpose(row: Registration) -> str:
    """What names the letter about a wait."""
    return f"waiting:{row.pk}:{row.sequence}"


def given_back(
    this: Occasion, reader: Reader, link: PersonalLink, row: Registration, enclosed: Enclosed
) -> Draft:
    """Confirms that a place was given back."""
    named = {"title": this.event.title, "day": occasions.day(this.part)}
    sheet = Sheet(
        subject=_("Your place is given back: %(title)s, %(day)s") % named,
        title=this.title,
        opening=occasions.for_whom(reader),
        said=(
            _("Your place is given back, and somebody else can have it."),
            *((_("The attached entry clears your calendar."),) if enclosed.ics else ()),
        ),
        details=occasions.details(this, way=row.way),
        buttons=(Action(_("I can come after all"), occasions.link_address(link)),),
        foot=occasions.foot(this),
    )
    return occasions.drafted(
        this,
        reader,
        sheet,
        purpose=place_purpose(row),
        kind="given-back",
        enclosed=enclosed,
    )


def unreached(this: Occasion, reader: Reader, missed: Sequence[Person], school_id: int) -> Draft:
    """Names to a coordinator the colleagues whom no mail reaches."""
    number = len(missed)
    page = addresses.absolute(addresses.first("colleagues", args=(this.event.slug,)))
    values = {"number": number, "title": this.event.title}
    sheet = Sheet(
        subject=ngettext(
            "No mail reaches %(number)s colleague: %(title)s",
            "No mail reaches %(number)s colleagues: %(title)s",
            number,
        )
        % values,
        title=this.title,
        opening=occasions.for_whom(reader),
        said=(_("They have no e-mail address, or mail to it comes back. Ask them and register them."),),
        details=occasions.details(this),
        names=tuple(person.name for person in missed),
        buttons=(Action(_("Register these colleagues"), f"{page}?school={school_id}"),),
        foot=occasions.foot(this)[1:],
    )  # fmt: skip
    purpose = f"unreached:{this.event.pk}:{school_id}:{reader.address.person_id}"
    return occasions.drafted(this, reader, sheet, purpose=purpose, kind="unreached")
