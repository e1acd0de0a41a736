"""The words of the papers for the door."""

from datetime import datetime

from django.utils.translation import gettext, gettext_noop

from attendance.certificates import sheets
from attendance.certificates.wording.tongue import Sheet, Tongue, active, day, document, primary
from events.kernel import zones

_SIGN_IN_COLUMNS = (
    gettext_noop("No."),
    gettext_noop("Name"),
    gettext_noop("School"),
    gettext_noop("Signature"),
)


def sign_in(sheet: sheets.SignInSheet) -> Sheet:
    """Everything the template of a sign-in sheet prints; empty lines have an empty name."""
    tongue = Tongue.of(sheet.occasion.language)
    photo = tongue.say(lambda: gettext("Send a photo of this sheet"))
    guests = [{"name": guest.name, "school": guest.school} for guest in sheet.guests]
    return {
        **tongue.say(lambda: _occasion(sheet.occasion, gettext("Sign-in sheet"))),
        "columns": tongue.say(lambda: [gettext(each) for each in _SIGN_IN_COLUMNS]),
        "guests": guests + [{"name": "", "school": ""}] * sheet.spare,
        "photo": photo if sheet.photo_url else "",
    }


def cards(sheet: sheets.TicketCards) -> Sheet:
    """The document around the cards of a sheet; the caller adds the cards."""
    tongue = Tongue.of(sheet.occasion.language)
    return tongue.say(lambda: _occasion(sheet.occasion, gettext("Ticket card")))


def card(occasion: sheets.Occasion, one: sheets.TicketCard, name: str) -> Sheet:
    """The words of one card in the language of its holder; the caller adds name, code and QR code."""
    return Tongue.of(one.language or occasion.language).say(lambda: _card(occasion, one, name))


def _card(occasion: sheets.Occasion, one: sheets.TicketCard, name: str) -> Sheet:
    said = _occasion(occasion, gettext("Ticket card"))
    return {
        **{key: said[key] for key in ("lang", "paper", "time")},
        "place": "" if one.online else said["place"],
        "way": _way_to_join(one) if one.online else "",
        "hint": "" if one.online else gettext("Show this card at the door."),
        "alt": gettext("QR code to check in: %(name)s") % {"name": name},
    }


def _way_to_join(one: sheets.TicketCard) -> str:
    if one.dial_in:
        return gettext("By phone: %(number)s") % {"number": one.dial_in}
    return gettext("Join with the link: ask %(organiser)s") % {"organiser": one.organiser}


def _occasion(occasion: sheets.Occasion, paper: str) -> Sheet:
    first, last = (
        zones.wall(each, occasion.zone) for each in (occasion.starts_at, occasion.ends_at)
    )
    return {
        "lang": primary(active()),
        "region": occasion.country,
        "document": document(paper, occasion.title),
        "paper": paper,
        "title": occasion.title,
        "title-lang": primary(occasion.title_language),
        "time": _hours_of_day(first, last),
        "zone": gettext("Times of %(zone)s") % {"zone": occasion.zone},
        "place": occasion.place,
    }


def _hours_of_day(first: datetime, last: datetime) -> str:
    if first.date() == last.date():
        return gettext("%(date)s, %(start)s to %(end)s") % {
            "date": day(first.date()),
            "start": f"{first:%H:%M}",
            "end": f"{last:%H:%M}",
        }
    return gettext("%(first)s, %(start)s to %(last)s, %(end)s") % {
        "first": day(first.date()),
        "start": f"{first:%H:%M}",
        "last": day(last.date()),
        "end": f"{last:%H:%M}",
    }
