"""What schools are told about a visit: the host school, and each school that comes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.backstage import addresses
from events.backstage.post import Draft
from events.notices import sheets
from events.notices.sheets import Action, Detail, Sheet
from events.people.queries import Address
from events.programme.models import VisitingSchool
from events.registration import changes, occasions
from events.registration.occasions import Occasion


def invited(this: Occasion, to: Address, row: VisitingSchool) -> Draft:
    """Asks who looks after a visiting school to choose who comes."""
    named = {"title": this.event.title, "day": occasions.day(this.part)}
    page = addresses.absolute(addresses.first("colleagues", args=(this.event.slug,)))
    host = occasions.host_of(this.event)
    sheet = Sheet(
        subject=_("Your school is invited: %(title)s, %(day)s") % named,
        title=this.title,
        said=(_places(row), _("Choose who comes and register these colleagues.")),
        details=(
            *occasions.details(this),
            *((Detail(_("Host school"), host),) if host else ()),
            Detail(_("Your school"), row.school.name),
        ),
        buttons=(Action(_("Register these colleagues"), f"{page}?school={row.school_id}"),),
        links=(Action(_("Look at the programme"), _page(this)),),
        foot=_foot(this),
    )
    purpose = f"visit-invited:{this.event.pk}:{row.school_id}:{row.places or 0}:{to.person_id}"
    return _drafted(this, to, sheet, purpose=purpose, kind="visit-invited")


def _places(row: VisitingSchool) -> str:
    if row.places is None:
        return _("Your school may send as many people as want to come.")
    said = ngettext(
        "Your school may send %(number)s person.", "Your school may send %(number)s people.",
        row.places,
    )  # fmt: skip
    return said % {"number": row.places}


def hosting(this: Occasion, to: Address, schools: Sequence[str]) -> Draft:
    """Tells the host school that the visit is promised, who is asked, and what to see to."""
    named = {"title": this.event.title, "day": occasions.day(this.part)}
    sheet = Sheet(
        subject=_("Your school hosts: %(title)s, %(day)s") % named,
        title=this.title,
        said=(_("The visit is published. These schools are asked to come:"),)
        if schools
        else (_("The visit is published."),),
        names=tuple(schools),
        details=occasions.details(this),
        buttons=(Action(_("See the checklist and who comes"), _host_page(this)),),
        foot=_foot(this),
    )
    purpose = f"visit-host:{this.event.pk}:{to.person_id}"
    return _drafted(this, to, sheet, purpose=purpose, kind="visit-host")


def changed(
    this: Occasion, to: Address, moved: Sequence[str], *, was: Sequence[str] = (), host: bool
) -> Draft:
    """Tells a school what became different; `was` is the time before, as in `EventChanged`."""
    subject, news = changes.change_words(this, moved)
    button = Action(_("See the checklist and who comes"), _host_page(this))
    sheet = Sheet(
        subject=subject,
        title=this.title,
        said=(news, _for_whom(host=host)),
        details=changes.beside(occasions.details(this), was),
        buttons=(button if host else Action(_("Look at the programme"), _page(this)),),
        foot=_foot(this),
    )
    purpose = f"visit-{changes.change_purpose(this)}{to.person_id}"
    return _drafted(this, to, sheet, purpose=purpose, kind="visit-change")


def called_off(this: Occasion, to: Address, *, host: bool) -> Draft:
    """Tells a school that the visit will not take place."""
    named = {"title": this.event.title, "day": occasions.day(this.part)}
    why = changes.reason_given(this.event.cancel_reason)
    sheet = Sheet(
        subject=_("Cancelled: %(title)s, %(day)s") % named,
        title=this.title,
        said=(_("This visit will not take place."), why, _for_whom(host=host)),
        details=tuple(Detail(_("It was planned for"), occasions.when(part)) for part in this.parts),
        foot=_foot(this),
    )
    purpose = f"visit-cancelled:{this.event.pk}:{to.person_id}"
    return _drafted(this, to, sheet, purpose=purpose, kind="visit-cancelled")


def _for_whom(*, host: bool) -> str:
    if host:
        return _("You read this because your school hosts the visit.")
    return _("You read this because your school is one of those that come.")


def _page(this: Occasion) -> str:
    return addresses.absolute(addresses.page_of(this.event.slug))


def _host_page(this: Occasion) -> str:
    return addresses.absolute(addresses.first("visit_host", args=(this.event.pk,)))


def _foot(this: Occasion) -> tuple[str, ...]:
    """Where an answer goes."""
    return occasions.foot(this)[1:]


def _drafted(this: Occasion, to: Address, sheet: Sheet, *, purpose: str, kind: str) -> Draft:
    return sheets.draft(
        sheet, to=to, purpose=purpose, kind=kind, event_id=this.event.pk,
        from_name=this.organiser.name, reply_to=this.reply_to,
    )  # fmt: skip
