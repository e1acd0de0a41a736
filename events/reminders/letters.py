"""What a reminder says, in its reader's language and with the reader's own clock."""

from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from events.backstage import addresses
from events.backstage.post import Draft
from events.notices.sheets import Action, Detail
from events.registration import occasions
from events.registration.models import PersonalLink, Registration, Way
from events.registration.occasions import Occasion
from events.registration.places import place_sheet
from events.registration.readers import Reader
from events.reminders import queries, rules


def reminder(
    this: Occasion, reader: Reader, link: PersonalLink, row: Registration, offset: rules.Offset
) -> Draft:
    """Brings one part to mind; the last line says where reminders are turned off."""
    values = {"title": this.event.title, "when": occasions.when(this.part)}
    subject = _("Reminder: %(title)s, %(when)s") % values
    said = _you_come(row)
    if offset is rules.SOON:
        subject = _("Join online: %(title)s, %(when)s") % values
        said = _("It starts in a few minutes. The link opens by itself.")
    sheet = place_sheet(this, reader, link, row, subject=subject, said=(said,))
    off = Action(_("Turn reminders off"), addresses.absolute(addresses.first("my_data")))
    sheet = replace(
        sheet,
        details=(*_own_clock(this, reader), *sheet.details),
        links=(*sheet.links, off),
        foot=(*sheet.foot, _("Reminders can be turned off under My details; receipts still come.")),
    )
    purpose = f"{queries.prefix_of(this.part, offset)}{row.pk}"
    return occasions.drafted(this, reader, sheet, purpose=purpose, kind="reminder")


def _you_come(row: Registration) -> str:
    if row.way == Way.ONLINE:
        return _("You have a place, online.")
    return _("You have a place in the room.")


def _own_clock(this: Occasion, reader: Reader) -> tuple[Detail, ...]:
    values = {"part": this.part, "zone": reader.address.zone}
    words = render_to_string("mail/elsewhere.txt", values).strip()
    return (Detail(_("By your clock"), words),) if words else ()
