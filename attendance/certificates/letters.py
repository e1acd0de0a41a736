"""What mails about certificates say, each in its reader's language."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.certificates import states
from attendance.certificates.wording import certificate, reasons, shortfalls
from events.backstage import addresses
from events.backstage.post import Draft
from events.notices.sheets import Action, Detail, Quote, Sheet
from events.registration import occasions

if TYPE_CHECKING:
    from attendance.certificates.facts import CertificateFacts
    from attendance.certificates.models import Certificate
    from attendance.presence.models import VerdictRow
    from events.registration.occasions import Occasion
    from events.registration.readers import Reader


def ready(
    this: "Occasion", reader: "Reader", row: "Certificate", says: "CertificateFacts"
) -> Draft:
    """Says that a certificate is there, where anybody can check it and where it lies."""
    sheet = Sheet(
        subject=_("Your certificate is ready: %(title)s") % {"title": says.title},
        title=Quote(says.title, says.title_language),
        opening=occasions.for_whom(reader),
        said=(_("Your certificate is ready. Print it or send its number: anybody can check it."),),
        details=_details(says),
        buttons=_buttons(says),
        foot=_foot(this),
    )
    return _drafted(this, reader, sheet, purpose=f"certificate:{row.pk}:ready", kind="certificate")


def ended(
    this: "Occasion",
    reader: "Reader",
    row: "Certificate",
    says: "CertificateFacts",
    newer: "CertificateFacts | None",
) -> Draft:
    """Says that a certificate holds no more, why, and which one took its place."""
    subject, said = _("Your certificate was withdrawn: %(title)s"), _withdrawn(row)
    if row.state == states.SUPERSEDED:
        subject, said = _("Your certificate was replaced: %(title)s"), _replaced(row)
    sheet = Sheet(
        subject=subject % {"title": says.title},
        title=Quote(says.title, says.title_language),
        opening=occasions.for_whom(reader),
        said=said,
        details=(Detail(_("Number that no longer holds"), row.number), *(_details(newer) if newer else ())),
        buttons=_buttons(newer or says),
        foot=_foot(this),
    )  # fmt: skip
    return _drafted(this, reader, sheet, purpose=f"certificate:{row.pk}:ended", kind="certificate")


def _withdrawn(row: "Certificate") -> tuple[str, ...]:
    return (
        reasons.ended(row.end_reason),
        _("Its hours are taken back. Whoever checks the number reads that it was withdrawn."),
    )


def _replaced(row: "Certificate") -> tuple[str, ...]:
    return (
        reasons.ended(row.end_reason),
        _("Use the newer one. Whoever checks the former number reads that it was replaced."),
    )


def short(this: "Occasion", reader: "Reader", row: "VerdictRow") -> Draft:
    """Says how far somebody was from a certificate, and where to say that something is wrong."""
    missing = shortfalls.short_by(row.reasons)
    named = {"title": this.event.title, "minutes": missing}
    subject = ngettext(
        "%(minutes)s minute short: %(title)s", "%(minutes)s minutes short: %(title)s", missing
    )
    if not missing:
        subject = _("No certificate this time: %(title)s")
    counted = _("%(counted)s of %(planned)s minutes were counted.")
    sheet = Sheet(
        subject=subject % named,
        title=this.title,
        opening=occasions.for_whom(reader),
        said=(
            counted % {"counted": row.minutes_counted, "planned": row.minutes_planned},
            _("That is not enough for a certificate."),
            _("If you were there longer, tell the organiser: the times can be corrected."),
        ),
        details=(Detail(_("When"), occasions.when(this.part)),),
        names=tuple(shortfalls.besides_time(row.reasons)),
        buttons=_learning(),
        foot=_foot(this),
    )
    purpose = f"short:{this.event.pk}:{row.person_id}:{row.version}"
    return _drafted(this, reader, sheet, purpose=purpose, kind="short")


def _details(says: "CertificateFacts") -> tuple[Detail, ...]:
    return (
        Detail(_("Name"), says.holder_name),
        Detail(_("Took part"), certificate.days(says)),
        Detail(_("Time counted"), certificate.minutes(says)),
        Detail(_("Number"), says.number),
    )


def _buttons(says: "CertificateFacts") -> tuple[Action, ...]:
    check = addresses.absolute(reverse("check_number", args=[says.number]))
    return (*_learning(), Action(_("Look at the check page"), check))


def _learning() -> tuple[Action, ...]:
    page = addresses.absolute(addresses.first("learning"))
    return (Action(_("Open My learning"), page),) if page else ()


def _foot(this: "Occasion") -> tuple[str, ...]:
    asks = _("Questions? Answer this mail; it goes to: %(name)s") % {"name": this.organiser.name}
    return (asks,) if this.reply_to else ()


def _drafted(this: "Occasion", reader: "Reader", sheet: Sheet, *, purpose: str, kind: str) -> Draft:
    return occasions.drafted(this, reader, sheet, purpose=purpose, kind=kind)
