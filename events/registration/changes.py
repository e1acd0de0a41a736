"""What mails say when an event changes or is cancelled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from events.backstage.post import Draft
from events.notices import sheets
from events.notices.sheets import Detail, Sheet
from events.registration import occasions
from events.registration.models import PersonalLink, Registration
from events.registration.occasions import Occasion
from events.registration.places import cancelled_entry, place_sheet, request
from events.registration.readers import Reader


def change_purpose(this: Occasion) -> str:
    """The beginning of what names letters about one change of a part of an event."""
    return f"change:{this.event.pk}:{this.part.pk}.{this.part.sequence}:"


def changed(
    this: Occasion, reader: Reader, link: PersonalLink, row: Registration, *, moved: Sequence[str],
    was: Sequence[str] = (), at: datetime,
) -> Draft:  # fmt: skip
    """Says what became different, in the subject; the same UID, a higher SEQUENCE.

    `was` is the time before, as in `EventChanged`; it stands beside the new one.
    """
    held, gone = row.state == Registration.State.REGISTERED, "cancelled" in moved
    said = {
        True: _("You need not register again: your place stays yours."),
        False: _("You keep your number on the waiting list."),
    }[held]
    subject, news = change_words(this, moved)
    why = (reason_given(this.part.cancel_reason),) if gone else ()
    sheet = place_sheet(this, reader, link, row, subject=subject, said=(news, *why, said))
    sheet = replace(sheet, details=beside(sheet.details, was))
    purpose = f"{change_purpose(this)}{reader.address.person_id}"
    entry = cancelled_entry if gone else request
    enclosed = entry(this, reader, row, at=at) if held else sheets.NOTHING_ENCLOSED
    return occasions.drafted(this, reader, sheet, purpose=purpose, kind="change", enclosed=enclosed)


def beside(details: tuple[Detail, ...], was: Sequence[str]) -> tuple[Detail, ...]:
    """The facts of an event with the time before right after the new time, where it is known."""
    if not was:
        return details
    start, end, zone = was
    former = occasions.span_words(datetime.fromisoformat(start), datetime.fromisoformat(end), zone)
    return (*details[:1], Detail(_("It was planned for"), former), *details[1:])


def change_words(this: Occasion, moved: Sequence[str]) -> tuple[str, str]:
    """Subject and first sentence about a change: the one thing that moved, or that several did."""
    values = {
        "title": this.event.title,
        "when": occasions.when(this.part),
        "place": occasions.place_words(this.event, this.part),
    }
    time, place, link = {"starts", "zone", "minutes"}, {"venue_id"}, {"join_url", "dial_in"}
    what = set(moved)
    if "added" in what:
        subject = _("One more part: %(title)s, %(when)s") % values
        return subject, _("This event has one more part. Your place is for all parts.")
    if "cancelled" in what:
        subject = _("One part is cancelled: %(title)s, %(when)s") % values
        return subject, _("This part will not take place. The other parts stay as they are.")
    if what and what <= time:
        return _("New time: %(title)s, %(when)s") % values, _("This event has a new time.")
    if what and what <= place and values["place"]:
        return _("New place: %(title)s, %(place)s") % values, _("This event has a new place.")
    if what and what <= link:
        subject = _("New way to join online: %(title)s, %(when)s") % values
        return subject, _("The way to join this event online is new.")
    return _("Changed: %(title)s, %(when)s") % values, _("Look at all facts: several have changed.")


def reason_given(reason: str) -> str:
    """Why something was called off, in the words of whoever did."""
    return _("Reason given: %(reason)s") % {"reason": reason}


def cancel_purpose(event_id: int) -> str:
    """The beginning of what names letters about the cancelling of an event."""
    return f"event-cancelled:{event_id}:"


def taken_back(this: Occasion, reader: Reader) -> Draft:
    """Says to somebody invited, in short, that nobody needs to answer any more."""
    named = {"title": this.event.title, "day": occasions.day(this.part)}
    sheet = Sheet(
        subject=_("Cancelled: %(title)s, %(day)s") % named,
        title=this.title,
        opening=occasions.for_whom(reader),
        said=(
            _("You were invited. This event will not take place, and you need not answer."),
            _("Reason given: %(reason)s") % {"reason": this.event.cancel_reason},
        ),
        foot=occasions.foot(this)[1:],
    )
    purpose = f"{cancel_purpose(this.event.pk)}{reader.address.person_id}"
    return occasions.drafted(this, reader, sheet, purpose=purpose, kind="cancelled")


def called_off(this: Occasion, reader: Reader, row: Registration, *, at: datetime) -> Draft:
    """Says that an event will not take place and why; clears the calendar."""
    named = {"title": this.event.title, "day": occasions.day(this.part)}
    why = reason_given(this.event.cancel_reason)
    sheet = Sheet(
        subject=_("Cancelled: %(title)s, %(day)s") % named,
        title=this.title,
        opening=occasions.for_whom(reader),
        said=(_("This event will not take place."), why),
        details=tuple(Detail(_("It was planned for"), occasions.when(p)) for p in this.parts),
        foot=occasions.foot(this)[1:],
    )
    held = row.state == Registration.State.REGISTERED
    enclosed = cancelled_entry(this, reader, row, at=at) if held else sheets.NOTHING_ENCLOSED
    purpose = f"{cancel_purpose(this.event.pk)}{reader.address.person_id}"
    return occasions.drafted(
        this, reader, sheet, purpose=purpose, kind="cancelled", enclosed=enclosed
    )
